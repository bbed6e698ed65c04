//! Checks a backup against an open book: verifies every line and keeps those that are missing there.

use super::arrived::{Arrived, Intake};
use super::damage::Survey;
use super::held::{Chain, Held};
use super::lines::{Lines, NumberedLine, Source};
use super::not_received::{Flaw, NotReceived};
use crate::engine::account;
use crate::engine::progress::{Phase, Progress};
use crate::store::{Fault, Store};
use codec::{DeviceState, Opening};
use journal::{Hash, Problem};
use ledger::id::Id;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A backup that is complete and correct.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The id of the shop.
    pub shop: Id,
    /// Its name.
    pub name: String,
    /// The number of lines.
    pub lines: u64,
    /// The entries that are not in this store yet, in the order of the file.
    pub missing: Vec<Arrived>,
}

/// Why a chain is read again: its lines in the file and in the store differ somewhere.
struct Differs(Chain);

impl Checked {
    /// Reads a backup to its end, without the lines that the survey leaves out, and compares it with the lines of the store,
    /// of which `here` is the device.
    ///
    /// # Errors
    ///
    /// The first error found.
    pub async fn read<S: Store>(
        source: &impl Source,
        store: &S,
        here: &DeviceState,
        survey: &Survey,
        progress: &mut Progress<'_>,
    ) -> Result<Self, NotReceived> {
        // Almost always a chain here is the beginning of the chain there, or the other way round: then only the last
        // line of each is compared. Chains that differ are compared line by line, in another pass.
        let mut differing = BTreeSet::new();
        let opening = opening(store).await?;
        loop {
            let intake = Intake::into(opening.clone()).without_bad(survey.clone());
            match Check::new(store, here, &differing, intake).read(source, progress).await? {
                Ok(checked) => return Ok(checked),
                Err(Differs(chain)) => differing.insert(chain),
            };
        }
    }
}

struct Check<'a, S> {
    store: &'a S,
    here: &'a DeviceState,
    differing: &'a BTreeSet<Chain>,
    intake: Intake,
    missing: Vec<Arrived>,
    /// The missing lines after which another line of their press has to follow.
    open_presses: HashSet<Hash>,
    /// What this store holds of every chain of the backup.
    held: BTreeMap<Chain, Held>,
    /// The last line of every chain in the backup: its number in the chain, its number in the file, and its hash.
    last: BTreeMap<Chain, (u64, u64, Hash)>,
}

/// How many entries are read at once in search of the one that opens the shop, which is among the first.
const FIRST: u32 = 16;

/// The opening of the shop in this store: a file may bring it again, but no other.
pub async fn opening<S: Store>(store: &S) -> Result<Opening, Fault> {
    let (mut opening, mut behind) = (Opening::default(), None);
    loop {
        // The shop comes before its customers, each in the order of arrival.
        let some = store.by_account(behind.as_ref(), FIRST).await?;
        let is_last = some.last().is_none_or(|(at, _)| !at.account.is_empty());
        for (at, stored) in some.into_iter().filter(|(at, _)| at.account.is_empty()) {
            if let Some(record) = account::record(&stored, &mut None) {
                // Where a store has two, the first that arrived counts here.
                let _ = opening.note(&record.entry);
            }
            behind = Some(at);
        }
        if is_last || opening.currency().is_some() {
            return Ok(opening);
        }
    }
}

impl<'a, S: Store> Check<'a, S> {
    fn new(store: &'a S, here: &'a DeviceState, differing: &'a BTreeSet<Chain>, intake: Intake) -> Self {
        Self {
            store,
            here,
            differing,
            intake,
            missing: Vec::new(),
            open_presses: HashSet::new(),
            held: BTreeMap::new(),
            last: BTreeMap::new(),
        }
    }

    async fn read(
        mut self,
        source: &impl Source,
        progress: &mut Progress<'_>,
    ) -> Result<Result<Checked, Differs>, NotReceived> {
        let mut lines = Lines::of(source);
        while let Some(batch) = lines.next().await? {
            for line in batch {
                if let Err(differs) = self.line(line).await? {
                    return Ok(Err(differs));
                }
            }
            progress.report(Phase::Checking, lines.read());
        }
        self.finish().await
    }

    async fn line(&mut self, (at, text): NumberedLine) -> Result<Result<(), Differs>, NotReceived> {
        let Some(mut arrived) = self.intake.line(at, (text, None), Some(&self.here.shop), |_, _| ())? else {
            return Ok(Ok(()));
        };
        let place = &arrived.entry.at;
        let chain = (place.device.clone(), place.chain);
        if !self.held.contains_key(&chain) {
            let differs = self.differing.contains(&chain);
            self.held.insert(chain.clone(), Held::read(self.store, &chain, differs).await?);
        }
        let Some(held) = self.held.get_mut(&chain) else { return Ok(Ok(())) };
        let Ok(is_held) = held.take(&mut arrived) else { return Ok(Err(Differs(chain))) };
        self.last.insert(chain, (arrived.entry.at.seq, at, arrived.hash));
        if !is_held && self.continues_own_chain(&arrived) {
            return Err(NotReceived::Line(at, Flaw::OwnChain));
        }
        if !is_held {
            self.check_press(at, &arrived)?;
            self.missing.push(arrived);
        }
        Ok(Ok(()))
    }

    /// A branch does not begin inside a press: where the first line of the press is here, another second line would leave half
    /// of a press in each branch.
    fn check_press(&mut self, at: u64, arrived: &Arrived) -> Result<(), NotReceived> {
        let follows = |prev: Hash| self.open_presses.remove(&prev);
        if arrived.continues && !arrived.prev.is_some_and(follows) {
            return Err(NotReceived::Line(at, Flaw::Chain(Problem::SplitPress)));
        }
        if arrived.goes_on {
            self.open_presses.insert(arrived.hash);
        }
        Ok(())
    }

    /// Whether a line that is not here is in the chain that this device is writing, after its last line; or in a chain that it
    /// has not begun. Lines of an earlier chain, and those of a copy of this device, are received.
    fn continues_own_chain(&self, arrived: &Arrived) -> bool {
        let (at, here) = (&arrived.entry.at, self.here);
        let is_next = arrived.prev.is_some() && arrived.prev == here.head.map(|head| head.hash);
        at.device == here.device.as_str() && (at.chain > here.chain || (at.chain == here.chain && is_next))
    }

    /// A chain that is longer here than in the backup must contain the backup's last line at the same number.
    async fn finish(self) -> Result<Result<Checked, Differs>, NotReceived> {
        let shop = self
            .intake
            .finish(|device, chain| self.last.get(&(device.to_owned(), chain)).map(|(_, at, _)| *at))?;
        for (chain, (seq, _, hash)) in &self.last {
            let held = self.held.get(chain);
            if held.is_some_and(|held| held.is_beyond(*seq))
                && !Held::has_line(self.store, chain, *seq, *hash).await?
            {
                return Ok(Err(Differs(chain.clone())));
            }
        }
        let (name, lines) = (self.intake.name(), self.intake.lines);
        Ok(Ok(Checked { shop, name, lines, missing: self.missing }))
    }
}
