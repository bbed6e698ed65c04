//! Cards that a customer has saved at the card processor.

use super::handle::Session;
use crate::replica::web::{DeviceKey, Web};
use crate::replica::{self, NotConnected};
use sync::wire::Cards;

impl Session {
    /// The cards of a customer at the processor, by the number that it gives the customer.
    ///
    /// # Errors
    ///
    /// When the endpoint does not answer, or this device does not know one.
    pub async fn cards_at_processor(self, number: &str) -> Result<Cards, NotConnected> {
        let engine = self.open_engine().map_err(NotConnected::from)?;
        let key = DeviceKey::stored(engine.store()).await?.ok_or(NotConnected::NoKey)?;
        replica::cards(&engine, &Web::new(key), number).await
    }
}
