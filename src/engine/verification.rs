//! Verifies the stored chains piece by piece: every line with the hash that the next line has of it, and the last line of
//! the device's own chain with its head, which is stored apart from the lines.

use crate::store::{ChainPosition, Fault, Store, StoredEntry};
use journal::{Hash, Head, Line};
use ledger::id::Id;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The number of lines that are read at once while no press is being recorded.
const PAGE: u32 = 1_024;

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
    /// The branch of the chain; empty for the chain itself.
    pub branch: String,
    /// The hash that the last of the lines should have, if a line after them says it.
    pub due: Option<Hash>,
}

/// A verification on its way through the chains.
#[derive(Debug, Default)]
pub struct Verification {
    /// The line that was verified last.
    pub(super) last: Option<Verified>,
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

/// A line that was read, as the next one is compared with it.
#[derive(Debug)]
pub struct Verified {
    pub(super) at: ChainPosition,
    pub(super) hash: Hash,
    pub(super) no: Option<String>,
    pub(super) account: Option<Id>,
}

impl Verification {
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
            Some(before) if before.at.seq + 1 < at.seq => self.missing(&at, before.at.seq + 1, line.prev),
            Some(before) if line.prev != Some(before.hash) => self.damages.push(before.changed(line.prev)),
            // The first line of a branch follows a line of another one.
            Some(_) => {}
            None if !at.branch.is_empty() => {}
            None if at.seq > 1 => self.missing(&at, 1, line.prev),
            None => {}
        }
        let no = line.no.map(str::to_owned);
        let verified = Verified { at, hash, no, account: line.account.and_then(|id| Id::new(id).ok()) };
        if own.is_some_and(|(place, head)| *place == verified.at && *head != hash) {
            self.damages.push(verified.changed(own.map(|(_, head)| *head)));
        }
        self.last = Some(verified);
    }

    fn missing(&mut self, at: &ChainPosition, first: u64, due: Option<Hash>) {
        let ChainPosition { device, chain, branch, seq } = at.clone();
        let (no, account) = (None, None);
        self.damages.push(Damage {
            device,
            chain,
            first,
            last: seq - 1,
            no,
            account,
            missing: true,
            branch,
            due,
        });
    }

    /// A line that is none has no place, so what follows it is compared with the line before.
    fn unreadable(&mut self, stored: &StoredEntry) {
        let after = |last: &Verified| ChainPosition { seq: last.at.seq + 1, ..last.at.clone() };
        let at = self.last.as_ref().map_or_else(|| ChainPosition::new("", 0, 0), after);
        let ChainPosition { device, chain, branch, seq } = at;
        let no = stored.bytes.get(..80).map(str::to_owned);
        let (first, last, account, missing, due) = (seq, seq, None, false, None);
        self.damages.push(Damage { device, chain, first, last, no, account, missing, branch, due });
    }
}

impl Damage {
    fn place(self) -> ChainPosition {
        let Self { device, chain, branch, first, .. } = self;
        ChainPosition { branch, ..ChainPosition::new(&device, chain, first) }
    }
}

impl Verified {
    fn changed(&self, due: Option<Hash>) -> Damage {
        let ChainPosition { device, chain, branch, seq } = self.at.clone();
        let (no, account) = (self.no.clone(), self.account.clone());
        Damage { device, chain, first: seq, last: seq, no, account, missing: false, branch, due }
    }
}

fn same_chain(one: &ChainPosition, other: &ChainPosition) -> bool {
    (&one.device, one.chain, &one.branch) == (&other.device, other.chain, &other.branch)
}

/// The places of the lines of a store that are not as they were recorded. `own` is as for [`Verification::page`].
///
/// # Errors
///
/// When the store cannot be read.
pub async fn changed_lines<S: Store>(
    store: &S,
    own: Option<&(ChainPosition, Hash)>,
) -> Result<BTreeSet<ChainPosition>, Fault> {
    let mut verification = Verification::default();
    loop {
        let place = verification.last.as_ref().map(|last| last.at.clone());
        let page = store.after(place.as_ref(), PAGE).await?;
        verification.page(&page, own);
        if page.is_empty() || verification.last.as_ref().map(|last| &last.at) <= place.as_ref() {
            let changed = verification.damages.into_iter().filter(|damage| !damage.missing);
            return Ok(changed.map(Damage::place).collect());
        }
    }
}
