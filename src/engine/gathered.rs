//! The entries of one account on their way to a fold: their records, and their digest.

use super::cached::with_entry;
use journal::Hash;
use ledger::entry::{Place, Record};
use std::collections::BTreeSet;

/// The records of one account, in no particular order, and the digest of its entries.
#[derive(Debug, Default)]
pub struct Gathered {
    records: Vec<(Record, Hash)>,
    digest: u128,
    has_branch: bool,
}

impl Gathered {
    /// Adds an entry; one that cannot be decoded only counts in the digest. `branch` is the branch of its chain, empty for
    /// the chain itself.
    pub fn add(&mut self, record: Option<Record>, hash: Hash, branch: &str) {
        self.records.extend(record.map(|record| (record, hash)));
        self.digest = with_entry(self.digest, hash);
        self.has_branch |= !branch.is_empty();
    }

    /// The number of records.
    pub const fn len(&self) -> usize {
        self.records.len()
    }

    /// The records and the digest. Two records with the same device, chain and number are told apart by their hashes, so
    /// that their sequence is the same on every device, whichever line came first.
    pub fn into_parts(self) -> (Vec<Record>, u128) {
        let mut records = self.records;
        if self.has_branch {
            let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
            for (record, _) in &records {
                let line = line(&record.place);
                if !seen.insert(line.clone()) {
                    twice.insert(line);
                }
            }
            for (record, hash) in &mut records {
                if twice.contains(&line(&record.place)) {
                    record.place.branch = hash.first_half();
                }
            }
        }
        (records.into_iter().map(|(record, _)| record).collect(), self.digest)
    }
}

/// What two lines of different branches may share.
fn line(place: &Place) -> (String, u32, u64) {
    (place.device.to_string(), place.chain, place.seq)
}
