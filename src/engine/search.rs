//! Finds documents by their printed number or reference.

use super::hit::Hit;
use super::open::Engine;
use crate::normalize::normalize;
use crate::store::{Fault, Store};
use journal::Line;
use ledger::entry::EntryKind;
use ledger::id::Id;

impl<S: Store> Engine<S> {
    /// Returns at most `limit` documents whose number or reference begins with the text.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn documents(&self, text: &str, limit: u32) -> Result<Vec<Hit>, Fault> {
        let word = normalize(text);
        if word.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.store.with_word(&word, limit).await?;
        Ok(found.iter().filter_map(|stored| self.document(&stored.bytes)).collect())
    }

    /// Returns the customer whose account contains an id.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn owner(&self, id: &Id) -> Result<Option<Id>, Fault> {
        let found = self.store.with_id(id.as_str()).await?;
        let mut lines = found.iter().filter_map(|stored| Line::parse(stored.bytes.as_bytes()).ok());
        Ok(lines.find_map(|line| Id::new(line.account?).ok()))
    }

    fn document(&self, bytes: &str) -> Option<Hit> {
        let line = Line::parse(bytes.as_bytes()).ok()?;
        let customer = Id::new(line.account?).ok()?;
        let name = self.rows().get(&customer)?.row.name.clone();
        let (id, no) = (Id::new(line.id).ok()?, line.no.map(Into::into));
        let kind = EntryKind::named(line.kind).unwrap_or(EntryKind::Unknown);
        Some(Hit { customer, name, id, no, kind })
    }
}
