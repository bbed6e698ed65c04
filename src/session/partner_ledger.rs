//! The ledger of a partner.

use super::handle::Session;
use crate::engine::PartnerLine;
use crate::store::Fault;
use ledger::id::Id;

impl Session {
    /// Every entry that moved commission of a partner, with running balances; `None` if `goes_on` said no. `progress` is the
    /// number of entries that were read so far.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn partner_ledger(
        self,
        partner: &Id,
        progress: impl Fn(u64),
        goes_on: impl Fn() -> bool,
    ) -> Result<Option<Vec<PartnerLine>>, Fault> {
        self.open_engine()?.partner_ledger(partner, progress, goes_on).await
    }
}
