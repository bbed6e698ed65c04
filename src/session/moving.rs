//! Moving the shop to another server, or to none.

use super::handle::Session;
use crate::engine::{Engine, NotRecorded};
use crate::replica::NotConnected;
use crate::replica::web::endpoint_origin;
use crate::store::{Fault, IndexedDb};
use ledger::entry::{Address, EntryKind, MoveShop};
use ledger::money::Money;
use ledger::rules::Act;

impl Session {
    /// Moves the shop to the server with an address, or to none. The counters follow when they have the entry from the server that they
    /// know.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]; nothing was written.
    pub async fn move_shop(self, address: Option<Address>) -> Result<(), NotRecorded> {
        let act = Act::MoveShop(MoveShop { address });
        self.record_of_shop(Self::new_id(), act).await?;
        // A server that takes no more entries still takes where the shop is.
        self.exchange_now();
        Ok(())
    }

    /// Before a shop that has left its server is connected again: the owner's entry that says where it is now. Without it, a counter
    /// leaves again as soon as it has read the log.
    ///
    /// # Errors
    ///
    /// [`NotConnected::Fault`]; nothing was written.
    pub(super) async fn move_here(self, engine: &Engine<IndexedDb>) -> Result<(), NotConnected> {
        let (shop, actor) = (engine.shop(), self.author().actor);
        let here = Address::new(endpoint_origin());
        let is_here = shop.moved.as_ref().is_none_or(|moved| moved.address == here);
        if is_here || !shop.may(&actor, EntryKind::ShopMoved.name(), Money::ZERO) {
            return Ok(());
        }
        self.move_shop(here).await.map_err(|why| match why {
            NotRecorded::Fault(fault) => fault.into(),
            NotRecorded::Refused(why) => Fault::Other(format!("{why:?}")).into(),
        })
    }
}
