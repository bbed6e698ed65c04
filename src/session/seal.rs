//! *Seal the day*, taking the last seal back, and the entries that arrived too late for one.

use super::handle::Session;
use crate::engine::{Late, LateRow, NotRecorded, Recorded};
use crate::store::Fault;
use ledger::date::Date;
use ledger::id::Id;
use ledger::rules::{Act, Command};
use leptos::prelude::*;

impl Session {
    /// The entries that arrived too late for a seal and the seals that do not count, each without a note.
    #[must_use]
    pub fn late(self) -> Signal<Vec<Late>> {
        self.late.into()
    }

    /// At most `limit` of them as screens show them.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn late_rows(self, limit: usize) -> Result<Vec<LateRow>, Fault> {
        self.open_engine()?.late_rows(limit).await
    }

    /// Seals a day, under an id that was created with the form.
    ///
    /// # Errors
    ///
    /// A refusal or a fault; nothing was written.
    pub async fn seal_day(self, id: Id, day: Date) -> Result<Vec<Recorded>, NotRecorded> {
        let act = self.open_engine()?.seal_day(day).await?;
        self.record_of_shop(id, act).await
    }

    /// Takes the last seal back.
    ///
    /// # Errors
    ///
    /// A refusal or a fault; nothing was written.
    pub async fn unseal_day(self, id: Id, day: Date, reason: String) -> Result<Vec<Recorded>, NotRecorded> {
        let act = self.open_engine()?.unseal_day(day, Some(reason)).await?;
        self.record_of_shop(id, act).await
    }

    pub(super) async fn record_of_shop(self, id: Id, act: Act) -> Result<Vec<Recorded>, NotRecorded> {
        self.record_all(vec![Command { id, customer: None, on: None, act }]).await
    }
}
