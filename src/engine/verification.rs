//! Verifies the stored chains piece by piece: every line with the hash that the next line has of it, and the last line of
//! the device's own chain with its head, which is stored apart from the lines.

use super::open::Engine;
use crate::store::{ChainPosition, Fault, Store, StoredEntry};
use journal::{Hash, Head, Line};
use ledger::id::Id;
use serde::{Deserialize, Serialize};

/// The number of lines that one step reads: few, because a press waits while they are read.
const STEP: u32 = 64;

/// A line that is not as it was recorded, or lines that are not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The device.
    pub device: String,
    /// Its chain.
    pub chain: u32,
    /// The number of the line; of several missing lines, of the first.
    pub first: u64,
    /// The number of the last missing line, or the same one.
    pub last: u64,
    /// The document number of a line that was changed, if it has one.
    pub no: Option<String>,
    /// The account of a line that was changed; `None` for an entry of the shop and for missing lines.
    pub account: Option<Id>,
    /// Whether lines are missing.
    pub missing: bool,
}

/// A verification on its way through the chains.
#[derive(Debug, Default)]
pub struct Verification {
    /// The line that was verified last.
    last: Option<Verified>,
    /// The number of lines so far.
    pub lines: u64,
    /// What is wrong, in the order of the chains.
    pub damages: Vec<Damage>,
}

/// The line up to which a verification has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct VerifiedUpTo {
    pub device: String,
    pub chain: u32,
    pub branch: String,
    pub head: Head,
}

#[derive(Debug)]
struct Verified {
    at: ChainPosition,
    hash: Hash,
    no: Option<String>,
    account: Option<Id>,
}

impl Verification {
    /// Verifies the next lines; false when there are no more.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn step<S: Store>(&mut self, engine: &Engine<S>) -> Result<bool, Fault> {
        let place = self.last.as_ref().map(|last| last.at.clone());
        let page = engine.store.after(place.as_ref(), STEP).await?;
        if page.is_empty() {
            return Ok(false);
        }
        let head = own_head(engine);
        self.page(&page, head.as_ref());
        // A changed line may claim a number that was read already: the rest is then not read again and again.
        Ok(self.last.as_ref().map(|last| &last.at) > place.as_ref())
    }

    /// Where it is, for a later visit to go on from.
    pub fn progress(&self) -> Option<VerifiedUpTo> {
        let Verified { at: ChainPosition { device, chain, branch, seq }, hash, .. } = self.last.as_ref()?;
        let (device, branch) = (device.clone(), branch.clone());
        Some(VerifiedUpTo { device, chain: *chain, branch, head: Head { seq: *seq, hash: *hash } })
    }

    /// A verification that goes on from there.
    pub fn after(up_to: VerifiedUpTo) -> Self {
        let VerifiedUpTo { device, chain, branch, head } = up_to;
        let at = ChainPosition { branch, ..ChainPosition::new(&device, chain, head.seq) };
        Self { last: Some(Verified { at, hash: head.hash, no: None, account: None }), ..Self::default() }
    }

    /// Verifies lines that follow those before; `own` is the place and the hash of the device's head.
    pub fn page(&mut self, page: &[StoredEntry], own: Option<&(ChainPosition, Hash)>) {
        for stored in page {
            self.line(stored, own);
        }
        self.lines += page.len() as u64;
    }

    fn line(&mut self, stored: &StoredEntry, own: Option<&(ChainPosition, Hash)>) {
        let Ok(line) = Line::parse(stored.bytes.as_bytes()) else {
            return self.unreadable(stored);
        };
        let hash = Hash::of(stored.bytes.as_bytes());
        let at = ChainPosition {
            branch: stored.branch.clone(),
            ..ChainPosition::new(line.device, line.chain, line.seq)
        };
        let before = self.last.take().filter(|last| same_chain(&last.at, &at));
        match &before {
            Some(before) if before.at.seq + 1 < at.seq => self.missing(&at, before.at.seq + 1),
            Some(before) if line.prev != Some(before.hash) => self.damages.push(before.changed()),
            // The first line of a branch follows a line of another one.
            Some(_) => {}
            None if !at.branch.is_empty() => {}
            None if at.seq > 1 => self.missing(&at, 1),
            None => {}
        }
        let no = line.no.map(str::to_owned);
        let verified = Verified { at, hash, no, account: line.account.and_then(|id| Id::new(id).ok()) };
        if own.is_some_and(|(place, head)| *place == verified.at && *head != hash) {
            self.damages.push(verified.changed());
        }
        self.last = Some(verified);
    }

    fn missing(&mut self, at: &ChainPosition, first: u64) {
        let (device, chain, last) = (at.device.clone(), at.chain, at.seq - 1);
        self.damages.push(Damage { device, chain, first, last, no: None, account: None, missing: true });
    }

    /// A line that is none has no place, so what follows it is compared with the line before.
    fn unreadable(&mut self, stored: &StoredEntry) {
        let (device, chain, seq) = match &self.last {
            Some(last) => (last.at.device.clone(), last.at.chain, last.at.seq + 1),
            None => (String::new(), 0, 0),
        };
        let no = stored.bytes.get(..80).map(str::to_owned);
        self.damages.push(Damage { device, chain, first: seq, last: seq, no, account: None, missing: false });
    }
}

impl Verified {
    fn changed(&self) -> Damage {
        let ChainPosition { device, chain, seq, .. } = self.at.clone();
        let (no, account) = (self.no.clone(), self.account.clone());
        Damage { device, chain, first: seq, last: seq, no, account, missing: false }
    }
}

fn same_chain(one: &ChainPosition, other: &ChainPosition) -> bool {
    (&one.device, one.chain, &one.branch) == (&other.device, other.chain, &other.branch)
}

impl<S: Store> Engine<S> {
    /// Verifies the last line of the device's own chain against its head.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn verify_head(&self) -> Result<Vec<Damage>, Fault> {
        let Some((at, hash)) = own_head(self) else { return Ok(Vec::new()) };
        let Some(stored) = self.store.at(&at).await? else {
            let (device, chain, seq) = (at.device, at.chain, at.seq);
            return Ok(vec![Damage {
                device,
                chain,
                first: seq,
                last: seq,
                no: None,
                account: None,
                missing: true,
            }]);
        };
        // As if the line before it had been verified.
        let before = ChainPosition { seq: at.seq - 1, ..at.clone() };
        let prev = Line::parse(stored.bytes.as_bytes()).ok().and_then(|line| line.prev);
        let last = prev.map(|hash| Verified { at: before, hash, no: None, account: None });
        let mut verification = Verification { last, ..Verification::default() };
        verification.page(&[stored], Some(&(at, hash)));
        Ok(verification.damages)
    }
}

/// The place and the hash of the last line that this device has written.
pub fn own_head<S: Store>(engine: &Engine<S>) -> Option<(ChainPosition, Hash)> {
    let device = engine.device();
    let Head { seq, hash } = device.head?;
    Some((ChainPosition::new(device.device.as_str(), device.chain, seq), hash))
}
