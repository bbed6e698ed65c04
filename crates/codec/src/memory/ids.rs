//! Finds the records of an id. The texts of all ids are in one string: a book of a million records has a million ids.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use ledger::id::Id;
use std::hash::BuildHasher;

/// The index in the log of the first record, in book order, of every id.
#[derive(Debug, Clone, Default)]
pub(super) struct IdIndex {
    table: HashTable<IdRow>,
    texts: String,
}

#[derive(Debug, Clone, Copy)]
struct IdRow {
    /// The offset of the id in `texts`.
    at: u32,
    length: u8,
    /// The index in the log.
    row: u32,
}

impl IdIndex {
    /// The index in the log of the first record with this id.
    pub(super) fn get(&self, id: &Id) -> Option<u32> {
        let text = id.as_str();
        self.table.find(hash(text), |row| text_of(&self.texts, row) == text).map(|row| row.row)
    }

    /// Sets the index of an id.
    pub(super) fn insert(&mut self, id: &Id, row: u32) {
        let (text, texts) = (id.as_str(), &self.texts);
        if let Some(found) = self.table.find_mut(hash(text), |row| text_of(texts, row) == text) {
            found.row = row;
            return;
        }
        // An id has at most 64 bytes, and a log of 2^26 records would not fit in memory.
        let new = IdRow { at: texts.len() as u32, length: text.len() as u8, row };
        self.texts.push_str(text);
        let texts = &self.texts;
        self.table.insert_unique(hash(text), new, |row| hash(text_of(texts, row)));
    }
}

fn text_of<'a>(texts: &'a str, row: &IdRow) -> &'a str {
    let at = row.at as usize;
    texts.get(at..at + usize::from(row.length)).unwrap_or_default()
}

fn hash(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_and_replaced() {
        let id = |n: u32| Id::new(&format!("id-{n}")).unwrap();
        let mut index = IdIndex::default();
        for n in 0..1_000 {
            index.insert(&id(n), n);
        }
        index.insert(&id(7), 2_000);
        assert!((0..1_000).all(|n| index.get(&id(n)) == Some(if n == 7 { 2_000 } else { n })));
        assert_eq!(index.get(&id(1_000)), None);
    }
}
