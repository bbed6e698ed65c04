//! Documents of different accounts with the same number or the same id, as two copies of one device record them. An
//! account folds alone and cannot find them; they are found when entries are received, and stored with the caches.

use super::open_account::OpenAccount;
use crate::normalize::normalize;
use crate::store::{Fault, NewEntry, Store, StoredEntry};
use foldhash::fast::RandomState;
use journal::Line;
use ledger::exception::Kind;
use ledger::id::Id;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};
use std::hash::BuildHasher;

/// The name of the meta value that holds all [`Clash`]es.
pub const CLASHES: &str = "clashes";

/// The most entries read for one number. Those with exactly this number come first.
const MOST: u32 = 64;

/// Two entries that both count, although their number or id should be that of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// [`Kind::NumberTwice`] or [`Kind::IdClash`].
    pub kind: Kind,
    /// The first of them in the order of the book, then the other.
    pub sides: [Side; 2],
}

/// One of the two entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The entry.
    pub entry: Id,
    /// Its account; `None` for the shop.
    pub customer: Option<Id>,
}

impl Clash {
    /// The entry of this account, and the other one.
    pub fn of(&self, customer: &Id) -> Option<(&Side, &Side)> {
        let [first, other] = &self.sides;
        [(first, other), (other, first)].into_iter().find(|(own, _)| own.customer.as_ref() == Some(customer))
    }

    /// The customers concerned.
    pub fn customers(&self) -> impl Iterator<Item = &Id> {
        self.sides.iter().filter_map(|side| side.customer.as_ref())
    }

    /// Whether a note in one of these accounts has resolved it.
    pub fn is_resolved<'a>(&self, opened: impl Fn(&Id) -> Option<&'a OpenAccount>) -> bool {
        self.sides.iter().any(|side| {
            let opened = side.customer.as_ref().and_then(&opened);
            opened.is_some_and(|opened| opened.book.account().is_resolved(self.kind, &side.entry))
        })
    }
}

/// Numbers and ids that more than one entry has.
#[derive(Debug)]
pub struct Repeated {
    /// The hashes of all, in many sets by their first bits: a set that grows moves what it has, and one of a million would
    /// make the page wait.
    seen: [HashSet<u64, RandomState>; SETS],
    hasher: RandomState,
    ids: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

/// A power of two.
const SETS: usize = 64;

impl Default for Repeated {
    fn default() -> Self {
        let seen = std::array::from_fn(|_| HashSet::default());
        Self { seen, hasher: RandomState::default(), ids: BTreeSet::new(), numbers: BTreeSet::new() }
    }
}

impl Repeated {
    /// Notes the id and the number of an entry.
    pub fn note(&mut self, id: &str, number: Option<&str>) {
        if !self.is_new(self.hasher.hash_one(('=', id))) {
            self.ids.insert(id.to_owned());
        }
        if let Some(number) = number
            && !self.is_new(self.hasher.hash_one(('~', number)))
        {
            self.numbers.insert(number.to_owned());
        }
    }

    fn is_new(&mut self, hash: u64) -> bool {
        let set = usize::try_from(hash >> (u64::BITS - SETS.ilog2())).unwrap_or_default();
        self.seen.get_mut(set).is_some_and(|seen| seen.insert(hash))
    }

    /// Notes them as repeated.
    pub fn suspect(&mut self, id: &str, number: Option<&str>) {
        self.ids.insert(id.to_owned());
        self.numbers.extend(number.map(str::to_owned));
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.numbers.is_empty()
    }

    /// The clashes among the entries of the store and `new` ones, which are not stored yet.
    pub async fn clashes<S: Store>(&self, store: &S, new: &[NewEntry]) -> Result<Vec<Clash>, Fault> {
        let mut found = Vec::new();
        for id in &self.ids {
            let same = all(&store.with_id(id).await?, new, |line| line.id == id);
            found.extend(clash(Kind::IdClash, &same, |first, other| first.customer != other.customer));
        }
        for number in &self.numbers {
            let stored = store.with_word(&normalize(number), MOST).await?;
            let same = all(&stored, new, |line| line.no == Some(number));
            let differ =
                |first: &Side, other: &Side| first.entry != other.entry && first.customer != other.customer;
            found.extend(clash(Kind::NumberTwice, &same, differ));
        }
        Ok(found)
    }
}

/// The entries that fit, in the order of the book.
fn all(stored: &[StoredEntry], new: &[NewEntry], fits: impl Fn(&Line<'_>) -> bool) -> Vec<Side> {
    let mut sides = Vec::new();
    for entry in stored.iter().chain(new.iter().map(|entry| &entry.stored)) {
        let Ok(line) = Line::parse(entry.bytes.as_bytes()) else { continue };
        let (Ok(id), customer) = (Id::new(line.id), line.account.map(Id::new)) else { continue };
        if fits(&line) {
            let place = (entry.order, line.device.to_owned(), line.chain, line.seq);
            sides.push((place, Side { entry: id, customer: customer.and_then(Result::ok) }));
        }
    }
    sides.sort_by(|(one, _), (other, _)| one.cmp(other));
    sides.into_iter().map(|(_, side)| side).collect()
}

fn clash(kind: Kind, same: &[Side], differ: impl Fn(&Side, &Side) -> bool) -> Option<Clash> {
    let (first, rest) = same.split_first()?;
    let other = rest.iter().find(|other| differ(first, other))?;
    Some(Clash { kind, sides: [first.clone(), other.clone()] })
}
