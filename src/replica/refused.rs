//! The places of entries that the endpoint has refused, kept as a value of the shop: searching the journal for them would read all of
//! it.

use crate::store::{ChainPosition, Fault, Store};
use journal::Line;
use serde::{Deserialize, Serialize};
use sync::client::OwnedRecord;

/// The name of the value.
const REFUSED: &str = "sync-refused";

/// The place of a refused entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    device: String,
    chain: u32,
    seq: u64,
}

/// The value with the refused ones among some records; `None` if nothing is new.
pub(super) async fn noted(
    store: &impl Store,
    records: &[OwnedRecord],
) -> Result<Option<(String, String)>, Fault> {
    let mut new = of_records(records);
    if new.is_empty() {
        return Ok(None);
    }
    let mut all = read(store).await?;
    new.retain(|refused| !all.contains(refused));
    all.extend(new);
    value(&all).map(Some)
}

/// The places of the refused ones among the records of a new book.
#[derive(Debug, Default)]
pub(super) struct Refused(Vec<Place>);

impl Refused {
    /// Notes the refused ones among more records.
    pub fn note(&mut self, records: &[OwnedRecord]) {
        self.0.extend(of_records(records));
    }

    /// The value for the book.
    pub fn value(&self) -> Result<(String, String), Fault> {
        value(&self.0)
    }
}

/// The places.
///
/// # Errors
///
/// When the store cannot be read.
pub async fn refused_places(store: &impl Store) -> Result<Vec<ChainPosition>, Fault> {
    let all = read(store).await?;
    Ok(all.into_iter().map(|one| ChainPosition::new(&one.device, one.chain, one.seq)).collect())
}

fn of_records(records: &[OwnedRecord]) -> Vec<Place> {
    let refused = records.iter().filter(|record| !record.verdict.is_ok());
    let place = |record: &OwnedRecord| {
        let line = Line::envelope(record.text.as_bytes()).ok()?;
        Some(Place { device: line.device.to_owned(), chain: line.chain, seq: line.seq })
    };
    refused.filter_map(place).collect()
}

async fn read(store: &impl Store) -> Result<Vec<Place>, Fault> {
    let Some(text) = store.meta(REFUSED).await? else { return Ok(Vec::new()) };
    serde_json::from_str(&text).map_err(|why| Fault::corrupt(REFUSED, why))
}

fn value(all: &[Place]) -> Result<(String, String), Fault> {
    let text = serde_json::to_string(all).map_err(|why| Fault::Other(why.to_string()))?;
    Ok((REFUSED.to_owned(), text))
}
