//! Finds documents by their printed number or reference.

use super::hit::Hit;
use super::number_query::number_beginnings;
use super::open::Engine;
use crate::normalize::{digits, normalize};
use crate::store::{Fault, Store};
use journal::Line;
use ledger::entry::EntryKind;
use ledger::id::Id;
use std::collections::HashSet;

/// The fewest digits that are looked up as a telephone number.
const LEAST_DIGITS: usize = 4;

impl<S: Store> Engine<S> {
    /// Returns at most `limit` documents: those whose number has the text as its count, in any notation, then those whose
    /// number, reference, part of a reference or contact person begins with it.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn documents(&self, text: &str, limit: u32) -> Result<Vec<Hit>, Fault> {
        let word = normalize(text);
        if word.is_empty() {
            return Ok(Vec::new());
        }
        let letter = self.state.borrow().device.letter.clone();
        let mut hits: Vec<Hit> = Vec::new();
        for beginning in number_beginnings(&word, &letter).into_iter().chain(phone(&word)).chain([word]) {
            let left = (limit as usize).saturating_sub(hits.len());
            if left == 0 {
                break;
            }
            let found = self.store.with_word(&beginning, limit).await?;
            let found = found.iter().filter_map(|stored| self.document(&stored.bytes));
            let known: HashSet<Id> = hits.iter().map(|hit| hit.id.clone()).collect();
            hits.extend(found.filter(|hit| !known.contains(&hit.id)).take(left));
        }
        Ok(hits)
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

/// The digits of what looks like a telephone number with spaces or marks.
fn phone(word: &str) -> Option<String> {
    let is_of_phone = |c: char| c.is_ascii_digit() || " +-()/.".contains(c);
    let digits = digits(word);
    (word.chars().all(is_of_phone) && digits.len() >= LEAST_DIGITS && digits != word).then_some(digits)
}
