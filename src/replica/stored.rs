//! What the exchange stores beside the journal, as values of the shop.

use crate::engine::Engine;
use crate::store::{Fault, Store};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sync::client::{Kept, Saved};

/// The name of the value that connects a book with an endpoint. A book without it, or with an empty one, stands alone.
pub const LINK: &str = "sync";

/// The name of the value that holds the kept places of the log. It is written only when they change.
const KEPT: &str = "sync-kept";

/// The connection of a book with an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The address of the endpoint without a path.
    pub origin: String,
    /// The state of the exchange.
    pub saved: Saved,
}

impl Link {
    /// The values to store; the kept places only if they are given.
    pub fn values(&self, kept: Option<&[Kept]>) -> Result<Vec<(String, String)>, Fault> {
        let mut values = vec![(LINK.to_owned(), text(self)?)];
        if let Some(kept) = kept {
            values.push((KEPT.to_owned(), text(kept)?));
        }
        Ok(values)
    }

    /// Reads the connection of a book; `None` if it stands alone.
    pub async fn read<S: Store>(engine: &Engine<S>) -> Result<Option<(Self, Vec<Kept>)>, Fault> {
        let Some(link) = value(engine, LINK).await? else { return Ok(None) };
        Ok(Some((link, value(engine, KEPT).await?.unwrap_or_default())))
    }
}

fn text(value: &(impl Serialize + ?Sized)) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|why| Fault::Other(why.to_string()))
}

async fn value<S: Store, T: DeserializeOwned>(engine: &Engine<S>, name: &str) -> Result<Option<T>, Fault> {
    let stored = engine.store().meta(name).await?;
    let Some(text) = stored.filter(|text| !text.is_empty()) else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|why| Fault::corrupt(name, why))
}
