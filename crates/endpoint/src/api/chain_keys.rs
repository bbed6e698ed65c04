//! The keys that chains were opened with, as they were read from the logs. An entry is never changed, so what was read once stays
//! true; a chain can get more keys by branches, so a key that is missing here says nothing.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sync::PublicKey;

use crate::api::sessions::Member;

/// The most chains; beyond, all are forgotten and read again.
const MOST: usize = 20_000;

/// The keys, by device and chain.
#[derive(Debug, Default)]
pub struct ChainKeys(Mutex<BTreeMap<(Member, u32), Vec<PublicKey>>>);

impl ChainKeys {
    /// The keys of a chain that were kept.
    pub fn get(&self, member: &Member, chain: u32) -> Option<Vec<PublicKey>> {
        self.keys().get(&(member.clone(), chain)).cloned()
    }

    /// Keeps the keys that the first lines of a chain have, if there are any.
    pub fn keep(&self, member: &Member, chain: u32, keys: Vec<PublicKey>) {
        if keys.is_empty() {
            return;
        }
        let mut known = self.keys();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert((member.clone(), chain), keys);
    }

    fn keys(&self) -> MutexGuard<'_, BTreeMap<(Member, u32), Vec<PublicKey>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(device: usize) -> Member {
        Member { shop: "s1".into(), device: format!("d{device}") }
    }

    #[test]
    fn keys_are_kept_by_device_and_chain_up_to_a_number() {
        let (keys, key) = (ChainKeys::default(), PublicKey::Ed25519([1; 32]));
        keys.keep(&member(0), 1, Vec::new());
        assert!(keys.get(&member(0), 1).is_none());
        for device in 0..=MOST {
            keys.keep(&member(device), 1, vec![key]);
            assert_eq!(keys.get(&member(device), 1), Some(vec![key]));
        }
        assert!(keys.get(&member(0), 1).is_none());
        assert!(keys.get(&member(MOST), 2).is_none());
    }
}
