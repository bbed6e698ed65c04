//! The mark of a shop in this browser: every chain that this device has written and up to which line, and the entries that
//! are known to be lost. It is stored outside of the journal and only ever moves forward: not a rollback of the store, not
//! its deletion and not a restored backup takes anything out of it.
//!
//! A store that the browser or the operating system emptied, or replaced by an older copy, does not contain a trace of that.
//! The mark reveals it, and keeps numbers and letters from being used twice.

use codec::DeviceState;
use journal::Head;
use ledger::id::Id;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What this browser remembers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The id of this device in the shop; `None` before its first line.
    pub device: Option<Id>,
    /// Its drawer.
    pub drawer: String,
    /// Its chains, by number.
    pub chains: Vec<MarkedChain>,
    /// Entries that are lost, by chain.
    #[serde(default)]
    pub losses: Vec<Loss>,
}

/// A chain that this device has written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkedChain {
    /// Its number.
    pub chain: u32,
    /// The letter of its document numbers.
    pub letter: String,
    /// Its last line.
    pub head: Head,
    /// The clock of that line, in milliseconds since 1970.
    pub at: u64,
}

/// Entries of a chain that this browser recorded and does not have any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// The chain.
    pub chain: u32,
    /// The letter of its document numbers.
    pub letter: String,
    /// The number of the first line that is missing.
    pub first: u64,
    /// The last line that is missing.
    pub last: Head,
    /// The clock of the line before the first, in milliseconds since 1970; `None` if no line of the chain is left.
    pub since: Option<u64>,
    /// The clock of the last line.
    pub until: u64,
    /// Who goes on without these entries, and since when.
    #[serde(default)]
    pub accepted: Option<Accepted>,
}

/// The person who said that the work goes on without the lost entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Who.
    pub by: Id,
    /// When, in milliseconds since 1970.
    pub at: u64,
}

impl Mark {
    /// Moves forward to the state of a device.
    pub fn advance(&mut self, device: &DeviceState) {
        let Some(head) = device.head else { return };
        if self.device.is_none() {
            self.device = Some(device.device.clone());
        }
        self.drawer.clone_from(&device.drawer);
        self.put(MarkedChain {
            chain: device.chain,
            letter: device.letter.clone(),
            head,
            at: device.clock.0,
        });
    }

    /// Adds what another copy of the mark knows, as when two tabs have written it or one place of it was lost.
    pub fn join(&mut self, other: Self) {
        self.device = self.device.take().or(other.device);
        if self.drawer.is_empty() {
            self.drawer = other.drawer;
        }
        other.chains.into_iter().for_each(|chain| self.put(chain));
        for loss in other.losses {
            match self.losses.iter_mut().find(|known| known.chain == loss.chain && known.last == loss.last) {
                Some(known) => known.accepted = known.accepted.take().or(loss.accepted),
                None => self.losses.push(loss),
            }
        }
    }

    /// Whether a device has written just the one chain of the mark, up to the same line, and nothing is missing of it.
    #[must_use]
    pub fn is_of(&self, device: &DeviceState) -> bool {
        let is_own = self.device.as_ref() == Some(&device.device);
        let ends_there = |known: &MarkedChain| (known.chain, Some(known.head)) == (device.chain, device.head);
        is_own && self.losses.is_empty() && self.chains.len() == 1 && self.chains.iter().all(ends_there)
    }

    fn put(&mut self, new: MarkedChain) {
        match self.chains.binary_search_by_key(&new.chain, |known| known.chain) {
            Ok(at) => {
                let older = self.chains.get_mut(at).filter(|known| known.head.seq < new.head.seq);
                older.into_iter().for_each(|known| *known = new.clone());
            }
            Err(at) => self.chains.insert(at, new),
        }
    }

    /// Notes that entries are missing, unless the same ones are noted already.
    pub fn lose(&mut self, loss: Loss) {
        match self.losses.iter_mut().find(|known| known.chain == loss.chain) {
            // More of the chain is gone than somebody accepted.
            Some(known) if loss.first < known.first => *known = loss,
            Some(known) => (known.first, known.since) = (loss.first, loss.since),
            None => self.losses.push(loss),
        }
    }

    /// Notes that all entries of all chains are missing.
    pub fn lose_all(&mut self) {
        for MarkedChain { chain, letter, head, at } in self.chains.clone() {
            let (first, since, accepted) = (1, None, None);
            self.lose(Loss { chain, letter, first, last: head, since, until: at, accepted });
        }
    }

    /// Notes that nothing of a chain is missing any more.
    pub fn found(&mut self, chain: u32) {
        self.losses.retain(|loss| loss.chain != chain);
    }

    /// Notes who goes on without what is missing.
    pub fn accept(&mut self, by: &Id, at: u64) {
        let open = self.losses.iter_mut().filter(|loss| loss.accepted.is_none());
        open.for_each(|loss| loss.accepted = Some(Accepted { by: by.clone(), at }));
    }

    /// The losses that nobody has accepted.
    pub fn open_losses(&self) -> impl Iterator<Item = &Loss> {
        self.losses.iter().filter(|loss| loss.accepted.is_none())
    }

    /// The highest number of a chain; 0 without any.
    pub fn highest_chain(&self) -> u32 {
        self.chains.last().map_or(0, |last| last.chain)
    }

    /// The letters of all chains.
    pub fn letters(&self) -> BTreeSet<String> {
        self.chains.iter().map(|chain| chain.letter.clone()).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use journal::{Clock, Hash};

    fn head(seq: u64) -> Head {
        Head { seq, hash: Hash::of(format!("line {seq}").as_bytes()) }
    }

    fn device(chain: u32, letter: &str, seq: u64) -> DeviceState {
        let id = |text| Id::new(text).unwrap();
        let new = DeviceState::new(id("shop"), id("tablet"), chain, letter, "UTC");
        DeviceState { head: Some(head(seq)), clock: Clock(seq * 1_000, 0), ..new }
    }

    fn loss(first: u64) -> Loss {
        let letter = "A".to_owned();
        Loss { chain: 1, letter, first, last: head(9), since: Some(1), until: 9_000, accepted: None }
    }

    #[test]
    fn it_only_moves_forward() {
        let mut mark = Mark::default();
        mark.advance(&DeviceState { head: None, ..device(1, "A", 1) });
        assert_eq!(mark, Mark::default(), "nothing was written yet");
        mark.advance(&device(1, "A", 9));
        mark.advance(&device(1, "A", 4));
        assert_eq!((mark.chains[0].head, mark.highest_chain()), (head(9), 1));
        mark.advance(&device(2, "KXQ", 1));
        mark.advance(&device(1, "A", 12));
        assert_eq!((mark.chains[0].head, mark.highest_chain()), (head(12), 2));
        assert_eq!(mark.letters(), ["A", "KXQ"].map(String::from).into());
        assert_eq!((mark.device.unwrap().as_str(), mark.drawer.as_str()), ("tablet", "A"));
    }

    #[test]
    fn it_is_of_a_device_that_wrote_just_what_it_says() {
        let mut mark = Mark::default();
        assert!(!mark.is_of(&device(1, "A", 9)), "nothing is known");
        mark.advance(&device(1, "A", 9));
        assert!(mark.is_of(&device(1, "A", 9)));
        assert!(!mark.is_of(&device(1, "A", 8)), "a line is missing");
        assert!(!mark.is_of(&device(1, "A", 10)), "a line is new");
        let other = DeviceState { device: Id::new("other").unwrap(), ..device(1, "A", 9) };
        assert!(!mark.is_of(&other));
        let mut lost = mark.clone();
        lost.lose(loss(4));
        assert!(!lost.is_of(&device(1, "A", 9)));
        mark.advance(&device(2, "KXQ", 1));
        assert!(!mark.is_of(&device(2, "KXQ", 1)), "the first chain is to be looked for");
    }

    #[test]
    fn two_copies_together_know_what_either_knows() {
        let (mut one, mut other) = (Mark::default(), Mark::default());
        one.advance(&device(1, "A", 9));
        one.lose(loss(4));
        other.advance(&device(1, "A", 12));
        other.advance(&device(3, "KXQ", 2));
        other.lose(loss(4));
        other.accept(&Id::new("ana").unwrap(), 77);
        let (mut both, mut again) = (one.clone(), other.clone());
        both.join(other);
        again.join(one);
        assert_eq!((&both.chains, &both.losses), (&again.chains, &again.losses));
        assert_eq!((both.chains.len(), both.chains[0].head, both.highest_chain()), (2, head(12), 3));
        assert_eq!(both.losses[0].accepted.as_ref().unwrap().at, 77);
    }

    #[test]
    fn an_accepted_loss_is_told_again_only_if_it_grows() {
        let mut mark = Mark::default();
        mark.lose(loss(4));
        mark.accept(&Id::new("ana").unwrap(), 77);
        mark.lose(loss(4));
        assert_eq!((mark.losses.len(), mark.open_losses().count()), (1, 0));
        mark.lose(loss(6));
        assert_eq!((mark.losses[0].first, mark.open_losses().count()), (6, 0), "a backup had some of them");
        mark.lose(loss(2));
        assert_eq!(mark.open_losses().map(|loss| loss.first).collect::<Vec<_>>(), [2]);
        mark.found(1);
        assert_eq!(mark.losses, []);
    }
}
