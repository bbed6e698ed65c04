//! Entries of the shop that do not count because their actors had no right to them, as screens show them.

use super::account;
use super::open::Engine;
use crate::store::{Fault, Store};
use journal::Hash;
use ledger::entry::{Adopted, Entry};
use ledger::exception::Kind;
use ledger::id::Id;

/// The account of the shop's own entries.
const OF_SHOP: &str = "";

/// An entry of the shop that does not count.
#[derive(Debug, Clone, PartialEq)]
pub struct Unentitled {
    /// What it would do, and who is named as its actor.
    pub entry: Entry,
    /// The content of the adoption that makes it count. It names the line by its hash, so that it goes on naming this one when
    /// its chain gets branches.
    pub adoption: Adopted,
}

impl<S: Store> Engine<S> {
    /// The entries of the shop that do not count because their actors had no right to them, without those about which an admin
    /// noted what was done. The shop's entries are read only if there is one.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn not_entitled(&self) -> Result<Vec<Unentitled>, Fault> {
        let shop = self.shop();
        let is_open = |id: &Id| !shop.is_resolved(Kind::NotEntitled, id);
        if !shop.not_entitled.keys().any(is_open) {
            return Ok(Vec::new());
        }
        let mut all = Vec::new();
        for stored in self.store.entries(OF_SHOP).await? {
            let Some(record) = account::record(&stored, &mut None) else { continue };
            let Some(found) = shop.not_entitled.get(&record.entry.id) else { continue };
            let (line, place) = (&found.line, &record.place);
            let is_line = (&line.device, line.chain, line.seq) == (&place.device, place.chain, place.seq);
            let hash = Hash::of(stored.bytes.as_bytes()).to_string();
            if is_line && hash.starts_with(&line.hash) && is_open(&record.entry.id) {
                all.push(Unentitled { entry: record.entry, adoption: Adopted { hash, ..line.clone() } });
            }
        }
        Ok(all)
    }
}
