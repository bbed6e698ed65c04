//! The keys that chains were opened with, as they were read from the logs. An entry is never changed, so what was read once stays
//! true; a chain can get more keys by branches, so a key that is missing here says nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sync::PublicKey;

use crate::api::sessions::Member;
use crate::rights;
use crate::store::{Fault, Store};

/// The most chains and shops; beyond, all are forgotten and read again.
const MOST: usize = 20_000;

/// The most chains of a shop whose keys are read at once.
const MOST_AT_ONCE: usize = 2_000;

/// The keys, by shop.
#[derive(Debug, Default)]
pub struct ChainKeys(Mutex<Shops>);

#[derive(Debug, Default)]
struct Shops {
    of: BTreeMap<String, ShopKeys>,
    /// How many chains and shops there are.
    size: usize,
}

/// The keys of the chains of a shop.
#[derive(Debug, Default)]
struct ShopKeys {
    /// By device and chain.
    of: BTreeMap<(String, u32), Vec<PublicKey>>,
    /// Whether the keys of all its chains were read, which one request does for all that wait.
    were_read: Arc<tokio::sync::Mutex<bool>>,
}

impl ChainKeys {
    /// The keys of a chain that were kept.
    pub fn get(&self, member: &Member, chain: u32) -> Option<Vec<PublicKey>> {
        self.shops().of.get(&member.shop)?.of.get(&(member.device.clone(), chain)).cloned()
    }

    /// Keeps the keys that the first lines of a chain have, if there are any.
    pub fn keep(&self, member: &Member, chain: u32, keys: Vec<PublicKey>) {
        if keys.is_empty() {
            return;
        }
        let mut shops = self.shops();
        if shops.size >= MOST {
            *shops = Shops::default();
        }
        shops.size += usize::from(!shops.of.contains_key(&member.shop));
        let of = &mut shops.of.entry(member.shop.clone()).or_default().of;
        let is_new = of.insert((member.device.clone(), chain), keys).is_none();
        shops.size += usize::from(is_new);
    }

    /// Reads the keys of all chains of a shop, once: after a start, the devices of a shop come together. A shop of very many chains is read chain
    /// by chain.
    ///
    /// # Errors
    /// Of the store.
    pub async fn read_all(&self, store: &dyn Store, shop: &str) -> Result<(), Fault> {
        let gate = self.gate(shop);
        let mut were_read = gate.lock().await;
        if *were_read {
            return Ok(());
        }
        let of = shop.to_owned();
        let lines = store.reading(move |tx| tx.first_lines(&of, MOST_AT_ONCE)).await?;
        let mut keys: BTreeMap<(String, u32), Vec<PublicKey>> = BTreeMap::new();
        for line in &lines {
            keys.entry((line.device.clone(), line.chain)).or_default().extend(rights::opened_key(line));
        }
        for ((device, chain), keys) in keys {
            self.keep(&Member { shop: shop.to_owned(), device }, chain, keys);
        }
        *were_read = true;
        Ok(())
    }

    fn gate(&self, shop: &str) -> Arc<tokio::sync::Mutex<bool>> {
        let mut shops = self.shops();
        shops.size += usize::from(!shops.of.contains_key(shop));
        Arc::clone(&shops.of.entry(shop.to_owned()).or_default().were_read)
    }

    fn shops(&self) -> MutexGuard<'_, Shops> {
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
        assert!(keys.get(&Member { shop: "s2".into(), ..member(MOST) }, 1).is_none());
    }
}
