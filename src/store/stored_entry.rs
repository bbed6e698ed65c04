//! A stored entry: its bytes verbatim, and the data that is not part of them.

use super::Fault;
use journal::{Clock, Hash, Line, Side, SideVerdict};

/// One entry on this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// The line, without its line end; never rewritten.
    pub bytes: String,
    /// The clock that orders the fold: the line's own, unless an endpoint clamped it.
    pub order: Clock,
    /// Whether it counts: `Ok`, unless an endpoint refused it.
    pub verdict: SideVerdict,
    /// Its number in the shop's log, when an endpoint has assigned one.
    pub lseq: Option<u64>,
    /// The signature of its hash by the key of its device, when an endpoint has passed it on.
    pub signature: Option<String>,
    /// Empty for the chain itself. In a branch, the hash of its first line, as 64 hexadecimal digits: a line that differs
    /// from another with the same device, chain and number begins a branch, and the lines that follow it belong to it.
    pub branch: String,
    /// The number of its arrival in this store, from 1; 0 until it is stored.
    pub arrival: u64,
}

impl StoredEntry {
    /// An entry of this device that no endpoint has seen.
    #[must_use]
    pub const fn own(bytes: String, order: Clock) -> Self {
        let verdict = SideVerdict::Ok;
        Self { bytes, order, verdict, lseq: None, signature: None, branch: String::new(), arrival: 0 }
    }

    /// What an endpoint says about the entry, as the line that follows it in a backup; `None` if no endpoint has said
    /// anything, or if the bytes are not a line.
    pub fn side(&self) -> Option<String> {
        let line = Line::parse(self.bytes.as_bytes()).ok()?;
        let says_nothing = self.verdict.is_ok()
            && self.lseq.is_none()
            && self.signature.is_none()
            && self.order == line.clock;
        if says_nothing {
            return None;
        }
        let Line { device, chain, seq, .. } = line;
        let (hash, order, verdict) = (Hash::of(self.bytes.as_bytes()), self.order, self.verdict);
        let signature = self.signature.as_deref();
        Side { device, chain, seq, hash, order, verdict, lseq: self.lseq, signature }.write().ok()
    }
}

/// A position in a chain, or in a branch of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChainPosition {
    /// The device.
    pub device: String,
    /// Its chain.
    pub chain: u32,
    /// The branch; empty for the chain itself.
    pub branch: String,
    /// The number in the chain; a read continues after it.
    pub seq: u64,
}

impl ChainPosition {
    /// A position in a chain itself.
    #[must_use]
    pub fn new(device: &str, chain: u32, seq: u64) -> Self {
        Self { device: device.to_owned(), chain, branch: String::new(), seq }
    }

    /// The fault of an entry that should be stored and is not.
    pub(super) fn not_stored(&self) -> Fault {
        Fault::corrupt(format!("entry {} of chain {}", self.seq, self.chain), "not stored")
    }
}

/// The position of an entry among those of its account: by arrival.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountPosition {
    /// The customer; empty for entries of the shop.
    pub account: String,
    /// The number of the entry's arrival.
    pub arrival: u64,
}

/// The arrivals in one life of a store. A store that was deleted and filled again has another life, and numbers of the
/// old one mean nothing in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// A random id, new with every store; empty while the store holds no entry.
    pub life: String,
    /// The number of the latest arrival; 0 before the first.
    pub last: u64,
}

impl Arrivals {
    /// The name of the meta value that holds them.
    pub const META: &str = "arrivals";

    /// Parses the stored text; a store without one has had no arrivals.
    pub fn parse(text: Option<&str>) -> Result<Self, Fault> {
        let Some(text) = text else { return Ok(Self::default()) };
        let parts = text.split_once(' ').and_then(|(life, last)| Some((life, last.parse().ok()?)));
        let (life, last) = parts.ok_or_else(|| Fault::corrupt(Self::META, text))?;
        Ok(Self { life: life.to_owned(), last })
    }

    /// The text as it is stored.
    pub fn to_text(&self) -> String {
        format!("{} {}", self.life, self.last)
    }

    /// The numbers of this many more arrivals, in a life that begins with the first one.
    pub fn take(&mut self, count: usize) -> std::ops::RangeInclusive<u64> {
        if self.life.is_empty() {
            self.life = uuid::Uuid::now_v7().to_string();
        }
        let first = self.last + 1;
        self.last += count as u64;
        first..=self.last
    }
}
