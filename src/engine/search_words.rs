//! The search words of an entry: its number, and the customer's or the bank's reference.

use crate::normalize::normalize;
use ledger::entry::Entry;

/// The words are folded; a search matches each from its beginning.
pub fn search_words(entry: &Entry) -> Vec<String> {
    let texts = entry.no.as_deref().into_iter().chain(entry.body.reference());
    texts.map(normalize).filter(|word| !word.is_empty()).collect()
}
