//! The words by which an entry is found: its number, and the customer's or the bank's reference.

use super::fold::fold;
use ledger::entry::Entry;

/// Folded, each to be matched from its beginning.
pub fn words(entry: &Entry) -> Vec<String> {
    let texts = entry.no.as_deref().into_iter().chain(entry.body.reference());
    texts.map(fold).filter(|word| !word.is_empty()).collect()
}
