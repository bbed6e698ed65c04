//! What an endpoint remembers of a shop from one writing transaction to the next, so that a push reads nothing but the row of the shop, which
//! it locks. Another endpoint may write to the shop meanwhile: what is remembered is used only if the locked row says that nothing
//! has changed since. The hash of the log covers all its records, and the database counts the changes of devices.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::store::model::{Bytes32, Device, LogEnd, Logged};
use crate::store::postgres::changes::Changes;
use crate::store::postgres::reading::ShopEnds;
use crate::store::postgres::rows::{Chain, Shop};

/// The most devices of all shops that are remembered: about 1 kB each.
const MOST: usize = 20_000;

/// The most chains of a shop that are read at once.
const MOST_AT_ONCE: i64 = 2_000;

/// How many chains are read at once in the time that one statement for one device takes.
const CHAINS_A_READ: i64 = 32;

/// The most places of one log whose hashes are remembered.
const MOST_HASHES: usize = 256;

/// What is remembered of one shop. All of it is stored.
#[derive(Clone, Debug, Default)]
pub struct ShopCache {
    /// The end of the log that `chains`, `lines` and `hashes` are of.
    end: Option<LogEnd>,
    /// The number of changes that `devices` are of.
    changes: Option<i64>,
    /// The row of the shop, if it is known without reading.
    row: Option<Shop>,
    /// Whether no other endpoint has gone on with the shop, as far as that was found out.
    is_alone: bool,
    /// How often something was read of one device since something was forgotten.
    reads: i64,
    /// Whether all devices are known.
    is_whole: bool,
    /// All chains of some devices.
    chains: BTreeMap<String, Vec<Chain>>,
    /// The lines at the ends of some chains, by device and chain.
    lines: BTreeMap<(String, u32), Vec<Logged>>,
    /// The hashes of the log up to some records.
    hashes: BTreeMap<u64, Bytes32>,
    /// Some devices, and whether they are here.
    devices: BTreeMap<String, Option<Device>>,
}

/// What a transaction did to the lines at the end of a chain.
enum Ends<'a> {
    AsBefore,
    With(&'a Logged),
    Unknown,
}

impl ShopCache {
    /// Forgets what is not of this row, which is locked. `had_turn`: whether another endpoint has had its turn since.
    fn check(&mut self, row: Option<&Shop>, had_turn: bool) {
        let end = row.map(|row| row.end);
        let changes = row.map(|row| row.device_changes);
        let is_same = (self.end, self.changes) == (end, changes);
        self.is_alone = is_same && (self.is_alone || had_turn);
        if !is_same {
            (self.reads, self.is_whole) = (0, false);
        }
        if self.end != end {
            (self.end, self.chains, self.lines) = (end, BTreeMap::new(), BTreeMap::new());
            self.hashes.clear();
        }
        if self.changes != changes {
            (self.changes, self.devices) = (changes, BTreeMap::new());
        }
    }

    /// Whether no other endpoint has gone on with the shop, as far as that was found out.
    pub const fn is_alone(&self) -> bool {
        self.is_alone
    }

    /// Notes that another endpoint may have gone on with the shop.
    pub const fn note_shared(&mut self) {
        self.is_alone = false;
    }

    /// Whether all devices are to be read now: something of one is missing, and not for the first time in a shop of many chains.
    pub const fn wants_all(&mut self, chains: i64) -> bool {
        if self.is_whole || chains > MOST_AT_ONCE {
            return false;
        }
        self.reads += 1;
        self.reads * CHAINS_A_READ >= chains
    }

    /// Remembers all devices, their chains and the ends of these.
    pub fn keep_all(&mut self, ends: ShopEnds) {
        let ShopEnds { devices, chains, last_lines } = ends;
        (self.chains, self.lines, self.devices) = Default::default();
        for device in devices {
            self.chains.insert(device.id.clone(), Vec::new());
            self.devices.insert(device.id.clone(), Some(device));
        }
        for chain in chains {
            self.chains.entry(chain.end.device.clone()).or_default().push(chain);
        }
        for line in last_lines {
            self.lines.entry((line.device.clone(), line.chain)).or_default().push(line);
        }
        self.is_whole = true;
    }

    /// The chains of a device.
    pub fn chains(&self, device: &str) -> Option<&[Chain]> {
        self.chains.get(device).map(Vec::as_slice)
    }

    /// Remembers the chains of a device.
    pub fn keep_chains(&mut self, device: &str, chains: Vec<Chain>) {
        self.chains.insert(device.to_owned(), chains);
    }

    /// The lines at the end of a chain.
    pub fn last_lines(&self, device: &str, chain: u32) -> Option<&[Logged]> {
        self.lines.get(&(device.to_owned(), chain)).map(Vec::as_slice)
    }

    /// Remembers the lines at the end of a chain.
    pub fn keep_last_lines(&mut self, device: &str, chain: u32, lines: Vec<Logged>) {
        self.lines.insert((device.to_owned(), chain), lines);
    }

    /// The hash of the log up to a record.
    pub fn hash(&self, lseq: u64) -> Option<Bytes32> {
        self.hashes.get(&lseq).copied()
    }

    /// Remembers the hash of the log up to a record.
    pub fn keep_hash(&mut self, lseq: u64, hash: Bytes32) {
        self.hashes.insert(lseq, hash);
        if self.hashes.len() > MOST_HASHES {
            self.hashes.pop_first();
        }
    }

    /// A device, or that there is none.
    pub fn device(&self, id: &str) -> Option<&Option<Device>> {
        self.devices.get(id)
    }

    /// Remembers a device, or that there is none.
    pub fn keep_device(&mut self, id: &str, device: Option<Device>) {
        self.devices.insert(id.to_owned(), device);
    }

    /// Takes in what a transaction has committed.
    pub fn commit(&mut self, changes: &Changes) {
        let known = &changes.known;
        let Some(row) = known.row.as_ref().filter(|_| !known.is_new) else {
            // The database has given a number that is not known here.
            *self = Self::default();
            return;
        };
        self.extend(changes);
        for (device, chains) in &known.chains {
            self.chains.insert(device.clone(), chains.clone());
        }
        if let Some((_, last)) = changes.records.last() {
            self.keep_hash(last.lseq, last.log_hash);
        }
        (self.end, self.row) = (Some(row.end), Some(row.clone()));
        if !known.put_devices.is_empty() {
            (self.changes, self.devices, self.row) = (None, BTreeMap::new(), None);
            self.is_whole = false;
        }
    }

    /// Remembers the lines at the ends of chains that were extended. Where a chain got another line under the number of its last one, as
    /// after a fork, they are read again.
    fn extend(&mut self, changes: &Changes) {
        let mut ends: BTreeMap<(&str, u32), (u64, Ends<'_>)> = BTreeMap::new();
        for (_, record) in &changes.records {
            let key = (record.device.as_str(), record.chain);
            let end = ends.entry(key).or_insert_with(|| (self.last_number(key), Ends::AsBefore));
            match record.seq.cmp(&end.0) {
                Ordering::Greater => *end = (record.seq, Ends::With(record)),
                Ordering::Equal => end.1 = Ends::Unknown,
                Ordering::Less => {}
            }
        }
        for ((device, chain), (_, end)) in ends {
            match end {
                Ends::AsBefore => {}
                Ends::With(record) => self.keep_last_lines(device, chain, vec![record.clone()]),
                Ends::Unknown => drop(self.lines.remove(&(device.to_owned(), chain))),
            }
        }
    }

    /// The number of the last line of a chain before the transaction; 0 without one.
    fn last_number(&self, (device, chain): (&str, u32)) -> u64 {
        let mut known = self.chains(device).into_iter().flatten();
        known.find(|known| known.end.chain == chain).map_or(0, |known| known.end.seq)
    }

    /// The number of devices that something is remembered of.
    fn size(&self) -> usize {
        self.chains.len().max(self.devices.len()).max(self.lines.len())
    }
}

/// What is remembered of all shops.
#[derive(Debug, Default)]
pub struct Caches(Mutex<Shops>);

#[derive(Debug, Default)]
struct Shops {
    of: BTreeMap<String, ShopCache>,
    /// The sum of their sizes.
    size: usize,
}

impl Caches {
    /// What is remembered of a shop, as far as it is still so by its row, which is locked. The caller has it alone. `had_turn`: whether
    /// another endpoint that waits for the row has had its turn since.
    pub fn take(&self, shop: &str, row: Option<&Shop>, had_turn: bool) -> ShopCache {
        let mut cache = self.shops().remove(shop);
        cache.check(row, had_turn);
        cache
    }

    /// What is remembered of a shop, and its row, if no other endpoint goes on with it, as far as that was found out. The caller has it alone.
    pub fn take_alone(&self, shop: &str) -> Option<(Shop, ShopCache)> {
        let mut shops = self.shops();
        let row = shops.of.get(shop).filter(|cache| cache.is_alone)?.row.clone()?;
        Some((row, shops.remove(shop)))
    }

    /// Remembers a shop for the next transaction. Where that is too much, other shops are forgotten.
    pub fn put(&self, shop: &str, cache: ShopCache) {
        let (mut shops, size) = (self.shops(), cache.size());
        drop(shops.remove(shop));
        while shops.size + size > MOST {
            let Some(other) = shops.after(shop) else { return };
            drop(shops.remove(&other));
        }
        shops.size += size;
        shops.of.insert(shop.to_owned(), cache);
    }

    fn shops(&self) -> MutexGuard<'_, Shops> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shops {
    fn remove(&mut self, shop: &str) -> ShopCache {
        let cache = self.of.remove(shop).unwrap_or_default();
        self.size -= cache.size();
        cache
    }

    /// The shop after this one, in a circle.
    fn after(&self, shop: &str) -> Option<String> {
        let after = self.of.range::<str, _>((Bound::Excluded(shop), Bound::Unbounded)).next();
        after.or_else(|| self.of.first_key_value()).map(|(other, _)| other.clone())
    }
}
