//! The branches in a file that is received into an empty store.

use super::arrived::Arrived;
use journal::{Hash, Head};
use std::collections::BTreeMap;

/// The ends of all chains of the file, and of their branches.
#[derive(Default)]
pub struct Branches {
    chains: BTreeMap<(String, u32), Head>,
    /// The branch that a line with this hash is the last of.
    ends: BTreeMap<Hash, String>,
}

impl Branches {
    /// Sets the branch of a line: the first line under a number belongs to the chain itself, another one begins a branch
    /// that is named after it.
    pub fn assign(&mut self, arrived: &mut Arrived) {
        let (at, hash) = (&arrived.entry.at, arrived.hash);
        let end = Head { seq: at.seq, hash };
        let chain = (at.device.clone(), at.chain);
        match self.chains.get_mut(&chain) {
            None => drop(self.chains.insert(chain, end)),
            Some(known) if known.seq + 1 == at.seq && arrived.prev == Some(known.hash) => *known = end,
            Some(_) => {
                let before = arrived.prev.and_then(|prev| self.ends.remove(&prev));
                let branch = before.unwrap_or_else(|| hash.to_string());
                self.ends.insert(hash, branch.clone());
                arrived.entry.at.branch.clone_from(&branch);
                arrived.entry.stored.branch = branch;
            }
        }
    }
}
