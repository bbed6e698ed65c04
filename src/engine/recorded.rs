//! Which ids are taken already.

use super::open::Engine;
use crate::store::{Fault, Store};
use ledger::id::Id;
use std::collections::BTreeSet;

impl<S: Store> Engine<S> {
    /// Those of the ids that entries of the book have; one index read for each.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn recorded(&self, ids: &[Id]) -> Result<BTreeSet<Id>, Fault> {
        let mut recorded = BTreeSet::new();
        for id in ids {
            if !self.store.with_id(id.as_str()).await?.is_empty() {
                recorded.insert(id.clone());
            }
        }
        Ok(recorded)
    }
}
