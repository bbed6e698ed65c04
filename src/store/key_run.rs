//! The keys that find entries which arrive in bulk: their ids and search words, sorted, in pages. An entry of an index costs the browser about
//! 20 µs for each key, and a page of 128 keys about 100.

use super::{ChainPosition, Fault, NewEntry};
use crate::sort::sort_by;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::vec::IntoIter;

/// The keys of a page.
pub const PAGE: usize = 128;

/// How many keys are sorted at once: few enough that the page of the app stays responsive.
const PIECE: usize = 4_096;

/// The pieces of a run that is full: 500,000 keys, of about 80 bytes of memory each.
const FULL: usize = 122;

/// An id of an entry, among the keys that find it.
pub fn id_key(id: &str) -> String {
    format!("={id}")
}

/// A search word of an entry, among the keys that find it.
pub fn word_key(word: &str) -> String {
    format!("~{word}")
}

/// Keys of many entries.
#[derive(Debug, Default)]
pub struct KeyRun {
    /// Sorted, except for the last one while it grows.
    pieces: Vec<Vec<Key>>,
    chains: Chains,
}

/// A key, and the entry that it finds.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    text: Box<str>,
    chain: usize,
    seq: u64,
}

/// The chains and branches of the entries, each with its number here. Its place has no number in the chain.
#[derive(Debug, Default)]
struct Chains {
    all: Vec<ChainPosition>,
    numbers: BTreeMap<ChainPosition, usize>,
    last: usize,
}

/// A page of sorted keys as it is stored.
#[derive(Debug)]
pub struct KeyPage {
    /// The first of them.
    pub first: Vec<u8>,
    /// All of them, with the places of their entries.
    pub bytes: Vec<u8>,
}

/// The content of a page: device, number and branch of each chain; and of each key its text, its chain among these, and the number in the
/// chain.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Content {
    chains: Vec<(String, u32, String)>,
    keys: Vec<(Box<str>, usize, u64)>,
}

impl KeyRun {
    /// Takes the keys of an entry, which has none of its own afterwards.
    pub fn take(&mut self, entry: &mut NewEntry) {
        let chain = self.chains.number(&entry.at);
        let id = Some(std::mem::take(&mut entry.id)).filter(|id| !id.is_empty());
        let words = std::mem::take(&mut entry.words);
        let texts = id.iter().map(|id| id_key(id)).chain(words.iter().map(|word| word_key(word)));
        for text in texts {
            let key = Key { text: text.into_boxed_str(), chain, seq: entry.at.seq };
            match self.pieces.last_mut() {
                Some(piece) if piece.len() < PIECE => piece.push(key),
                _ => {
                    self.sort_last();
                    self.pieces.push(vec![key]);
                }
            }
        }
    }

    /// Whether there are so many that they should be stored.
    pub const fn is_full(&self) -> bool {
        self.pieces.len() >= FULL
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// All keys in pages, in order.
    pub fn into_pages(mut self) -> KeyPages {
        self.sort_last();
        let mut rest: Vec<IntoIter<Key>> = self.pieces.into_iter().map(IntoIterator::into_iter).collect();
        let heads = rest
            .iter_mut()
            .enumerate()
            .filter_map(|(at, piece)| Some(Reverse((piece.next()?, at))))
            .collect();
        KeyPages { heads, rest, chains: self.chains.all }
    }

    fn sort_last(&mut self) {
        if let Some(piece) = self.pieces.last_mut() {
            sort_by(piece, Ord::cmp);
        }
    }
}

impl Chains {
    fn number(&mut self, at: &ChainPosition) -> usize {
        let is_same = |chain: &ChainPosition| {
            (&chain.device, chain.chain, &chain.branch) == (&at.device, at.chain, &at.branch)
        };
        if !self.all.get(self.last).is_some_and(is_same) {
            let chain = ChainPosition { seq: 0, ..at.clone() };
            self.last = *self.numbers.entry(chain).or_insert_with_key(|chain| {
                self.all.push(chain.clone());
                self.all.len() - 1
            });
        }
        self.last
    }
}

/// The pages of a run.
pub struct KeyPages {
    /// The next key of each piece.
    heads: BinaryHeap<Reverse<(Key, usize)>>,
    rest: Vec<IntoIter<Key>>,
    chains: Vec<ChainPosition>,
}

impl KeyPages {
    fn next_key(&mut self) -> Option<Key> {
        let Reverse((key, at)) = self.heads.pop()?;
        let after = self.rest.get_mut(at).and_then(Iterator::next);
        self.heads.extend(after.map(|after| Reverse((after, at))));
        Some(key)
    }
}

impl Iterator for KeyPages {
    type Item = Result<KeyPage, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let (mut content, mut here) = (Content::default(), BTreeMap::new());
        while content.keys.len() < PAGE
            && let Some(Key { text, chain, seq }) = self.next_key()
        {
            let number = *here.entry(chain).or_insert_with(|| {
                let of = self.chains.get(chain).map(|at| (at.device.clone(), at.chain, at.branch.clone()));
                content.chains.extend(of);
                content.chains.len().saturating_sub(1)
            });
            content.keys.push((text, number, seq));
        }
        let first = content.keys.first()?.0.as_bytes().to_vec();
        let bytes = postcard::to_allocvec(&content).map_err(|e| Fault::Other(e.to_string()));
        Some(bytes.map(|bytes| KeyPage { first, bytes }))
    }
}

/// What a key is looked for by.
#[derive(Debug, Clone, Copy)]
pub enum Sought<'a> {
    /// It is this key.
    Exactly(&'a str),
    /// It has this beginning.
    Beginning(&'a str),
}

impl Sought<'_> {
    /// The least text that can be found.
    pub const fn text(&self) -> &str {
        match self {
            Self::Exactly(text) | Self::Beginning(text) => text,
        }
    }

    /// The places of the entries that a page has for it.
    ///
    /// # Errors
    ///
    /// [`Fault::Corrupt`] when the bytes are no page.
    pub fn in_page(&self, bytes: &[u8]) -> Result<Vec<ChainPosition>, Fault> {
        let is_sought = |key: &str| match self {
            Self::Exactly(text) => key == *text,
            Self::Beginning(text) => key.starts_with(text),
        };
        let keys = keys_of(bytes)?.into_iter();
        Ok(keys.filter(|(key, _)| is_sought(key)).map(|(_, place)| place).collect())
    }
}

/// The keys of a page, each with the place of its entry.
///
/// # Errors
///
/// [`Fault::Corrupt`] when the bytes are no page.
pub fn keys_of(page: &[u8]) -> Result<Vec<(Box<str>, ChainPosition)>, Fault> {
    let damaged = || Fault::corrupt("keys", "a page");
    let content: Content = postcard::from_bytes(page).map_err(|_| damaged())?;
    let placed = |(key, chain, seq): (Box<str>, usize, u64)| {
        let (device, chain, branch) = content.chains.get(chain).ok_or_else(damaged)?;
        Ok((key, ChainPosition { branch: branch.clone(), ..ChainPosition::new(device, *chain, seq) }))
    };
    content.keys.into_iter().map(placed).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::store::StoredEntry;
    use journal::Clock;

    fn entry(device: &str, seq: u64, id: &str, words: &[&str]) -> NewEntry {
        NewEntry {
            stored: StoredEntry::own(String::new(), Clock(seq, 0)),
            at: ChainPosition::new(device, 1, seq),
            account: "mira".into(),
            id: id.into(),
            words: words.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn pages_hold_every_key_in_order() {
        let mut run = KeyRun::default();
        assert!(run.is_empty());
        // More than one piece is sorted, in an order that is not that of the keys.
        let count = PIECE as u64 + 500;
        for seq in 0..count {
            let device = if seq % 3 == 0 { "a" } else { "b" };
            let mixed = seq * 7_919 % count;
            let mut entry = entry(device, seq, &format!("id-{mixed}"), &[&format!("w{mixed:05}"), "Ł"]);
            run.take(&mut entry);
            assert!(entry.id.is_empty() && entry.words.is_empty());
        }
        let pages = run.into_pages().collect::<Result<Vec<_>, _>>().unwrap();
        assert_eq!(pages.len() as u64, (3 * count).div_ceil(PAGE as u64));
        let keys: Vec<_> = pages.iter().flat_map(|page| keys_of(&page.bytes).unwrap()).collect();
        assert_eq!(keys.len() as u64, 3 * count);
        assert!(keys.is_sorted());
        assert!(pages.iter().all(|page| *page.first == *keys_of(&page.bytes).unwrap()[0].0.as_bytes()));
        let found = |sought: Sought<'_>| -> Vec<_> {
            pages.iter().flat_map(|page| sought.in_page(&page.bytes).unwrap()).collect()
        };
        let seq = (0..count).find(|seq| seq * 7_919 % count == 42).unwrap();
        let device = if seq % 3 == 0 { "a" } else { "b" };
        assert_eq!(found(Sought::Exactly("=id-42")), [ChainPosition::new(device, 1, seq)]);
        assert_eq!(found(Sought::Beginning("~w00042")), [ChainPosition::new(device, 1, seq)]);
        assert_eq!(found(Sought::Beginning("~w0004")).len(), 10);
        assert_eq!(found(Sought::Exactly("~Ł")).len() as u64, count);
        assert_eq!(found(Sought::Exactly("~w0004")), []);
    }

    #[test]
    fn a_damaged_page_is_reported() {
        let mut run = KeyRun::default();
        run.take(&mut entry("a", 1, "x", &["y"]));
        let page = run.into_pages().next().unwrap().unwrap();
        let cut = page.bytes.get(..page.bytes.len() - 1).unwrap();
        assert!(matches!(Sought::Exactly("=x").in_page(cut), Err(Fault::Corrupt { .. })));
    }
}
