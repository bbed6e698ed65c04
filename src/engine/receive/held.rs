//! What the store holds of a chain, and which lines of a file are therefore missing.

use super::arrived::Arrived;
use crate::store::{ChainPosition, Fault, Store};
use journal::{Hash, Head, Line};
use std::collections::{BTreeMap, HashSet};

/// A device and the number of one of its chains.
pub type Chain = (String, u32);

/// The number of entries that one read returns.
const PAGE: u32 = 1_024;

/// The lines of a chain that are in the store.
pub enum Held {
    /// The lines up to this one, if any; it is assumed that the file has the same ones until its line differs there. Then
    /// the number of the last line that was taken from the file.
    UpTo(Option<Head>, u64),
    /// The chain differs, or has branches: every line is known.
    Lines {
        /// The hashes of all lines.
        hashes: HashSet<Hash>,
        /// The branch that a line with this hash is the last of; the chain itself is the empty text.
        ends: BTreeMap<Hash, String>,
    },
}

/// The file has two lines under a number, or another one than the store has; of the chain only the last line is known.
pub struct IsAnother;

impl Held {
    /// Reads the end of a chain, or all of it if it is known to differ or has branches.
    pub async fn read<S: Store>(store: &S, chain: &Chain, differs: bool) -> Result<Self, Fault> {
        if differs || !store.branches(&chain.0, chain.1).await?.is_empty() {
            return Self::all(store, chain).await;
        }
        let last = store.last(&chain.0, chain.1).await?;
        let head = last.and_then(|stored| {
            let seq = Line::parse(stored.bytes.as_bytes()).ok()?.seq;
            Some(Head { seq, hash: Hash::of(stored.bytes.as_bytes()) })
        });
        Ok(Self::UpTo(head, 0))
    }

    async fn all<S: Store>(store: &S, (device, chain): &Chain) -> Result<Self, Fault> {
        let (mut hashes, mut ends) = (HashSet::new(), BTreeMap::new());
        let mut place = ChainPosition::new(device, *chain, 0);
        let mut end: Option<(Hash, String)> = None;
        'pages: loop {
            let page = store.after(Some(&place), PAGE).await?;
            if page.is_empty() {
                break;
            }
            for stored in page {
                let line = Line::parse(stored.bytes.as_bytes());
                let line = line.map_err(|why| Fault::corrupt("an entry", why))?;
                if (line.device, line.chain) != (device.as_str(), *chain) {
                    break 'pages;
                }
                let hash = Hash::of(stored.bytes.as_bytes());
                place = ChainPosition { branch: stored.branch.clone(), seq: line.seq, ..place };
                if let Some((last, branch)) = end.replace((hash, stored.branch.clone()))
                    && branch != stored.branch
                {
                    ends.insert(last, branch);
                }
                hashes.insert(hash);
            }
        }
        ends.extend(end);
        Ok(Self::Lines { hashes, ends })
    }

    /// Whether the store holds the line. A line that it does not hold gets the branch to which it belongs.
    pub fn take(&mut self, arrived: &mut Arrived) -> Result<bool, IsAnother> {
        let seq = arrived.entry.at.seq;
        match self {
            Self::UpTo(Some(head), _) if seq == head.seq && arrived.hash != head.hash => Err(IsAnother),
            Self::UpTo(Some(head), _) if seq <= head.seq => Ok(true),
            // The file itself has branches.
            Self::UpTo(_, taken) if seq <= *taken => Err(IsAnother),
            Self::UpTo(_, taken) => {
                *taken = seq;
                Ok(false)
            }
            Self::Lines { hashes, .. } if hashes.contains(&arrived.hash) => Ok(true),
            Self::Lines { hashes, ends } => {
                let before = arrived.prev.and_then(|prev| ends.remove(&prev));
                // The first line of a chain of which nothing is stored begins the chain itself.
                let first = || if hashes.is_empty() { String::new() } else { arrived.hash.to_string() };
                let branch = before.unwrap_or_else(first);
                hashes.insert(arrived.hash);
                ends.insert(arrived.hash, branch.clone());
                arrived.entry.at.branch.clone_from(&branch);
                arrived.entry.stored.branch = branch;
                Ok(false)
            }
        }
    }

    /// Whether the store is known to hold more than the line with this number, of which the hash was not compared.
    pub fn is_beyond(&self, seq: u64) -> bool {
        match self {
            Self::UpTo(head, _) => head.is_some_and(|head| head.seq > seq),
            Self::Lines { .. } => false,
        }
    }

    /// Whether the store has exactly this line in the chain itself.
    pub async fn has_line<S: Store>(
        store: &S,
        (device, chain): &Chain,
        seq: u64,
        hash: Hash,
    ) -> Result<bool, Fault> {
        let here = store.at(&ChainPosition::new(device, *chain, seq)).await?;
        Ok(here.is_some_and(|stored| Hash::of(stored.bytes.as_bytes()) == hash))
    }
}
