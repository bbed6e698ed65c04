//! Entries that an endpoint has refused, as screens show them.

use super::account;
use super::open::Engine;
use crate::store::{ChainPosition, Fault, Store};
use journal::{Hash, SideVerdict};
use ledger::entry::{Adopted, Body, Entry, EntryKind};

/// An entry that an endpoint has refused, and that no admin let count.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedEntry {
    /// What it would do, and who is named as its actor.
    pub entry: Entry,
    /// Why.
    pub verdict: SideVerdict,
    /// The content of the adoption that makes it count.
    pub adoption: Adopted,
}

impl<S: Store> Engine<S> {
    /// Those of the entries at these places that are refused and not adopted. Entries of the shop itself are told by
    /// [`Engine::not_entitled`].
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn refused(&self, places: &[ChainPosition]) -> Result<Vec<RefusedEntry>, Fault> {
        let mut found = Vec::new();
        for place in places {
            let Some(stored) = self.store.at(place).await?.filter(|stored| !stored.verdict.is_ok()) else {
                continue;
            };
            let Some(record) = account::record(&stored, &mut None) else { continue };
            let Some(customer) = record.entry.customer.clone() else { continue };
            let adoption = Adopted {
                hash: Hash::of(stored.bytes.as_bytes()).to_string(),
                device: record.place.device.clone(),
                chain: record.place.chain,
                seq: record.place.seq,
            };
            if !self.is_adopted(customer.as_str(), &adoption).await? {
                found.push(RefusedEntry { entry: record.entry, verdict: stored.verdict, adoption });
            }
        }
        Ok(found)
    }

    async fn is_adopted(&self, customer: &str, line: &Adopted) -> Result<bool, Fault> {
        let adopts = |stored: &crate::store::StoredEntry| {
            if !stored.verdict.is_ok() || !stored.bytes.contains(EntryKind::EntryAdopted.name()) {
                return false;
            }
            let record = account::record(stored, &mut None);
            let Some(Body::EntryAdopted(by)) = record.map(|record| record.entry.body) else { return false };
            let is_line = (&by.device, by.chain, by.seq) == (&line.device, line.chain, line.seq);
            is_line && line.hash.starts_with(&by.hash)
        };
        Ok(self.store.entries(customer).await?.iter().any(adopts))
    }
}
