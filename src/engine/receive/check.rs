//! The first pass over a backup: checks every line's format, its hash, its place in its chain, and that its body can be
//! decoded.

use super::lines::{Lines, Source};
use super::not_received::{Flaw, NotReceived};
use super::stored_lines::{last_line, line_at};
use crate::engine::progress::{Phase, Progress};
use crate::store::Store;
use codec::decode::{Decoded, SharedIds, decode_envelope};
use journal::{Hash, Line, Problem, Verifier};
use ledger::entry::{Body, Verdict};
use ledger::id::Id;
use ledger::money::Currency;
use std::collections::BTreeMap;

/// The summary of a complete and correct backup.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The id of the shop.
    pub shop: Id,
    /// Its name.
    pub name: String,
    /// The number of lines.
    pub lines: u64,
    /// The number of lines that are not in this store yet.
    pub missing: u64,
    /// For every chain that is also in this store, the number of its last line here.
    pub(super) held: BTreeMap<(String, u32), u64>,
}

impl Checked {
    /// Reads a backup to its end. With a book, also compares it with the lines of that book.
    ///
    /// # Errors
    ///
    /// The first error found.
    pub async fn read<S: Store>(
        source: &impl Source,
        against: Option<(&S, &Id)>,
        progress: &mut Progress<'_>,
    ) -> Result<Self, NotReceived> {
        let mut check = Check { against, ..Check::default() };
        let mut lines = Lines::of(source);
        while let Some(batch) = lines.next().await? {
            for (at, text) in batch {
                check.line(at, &text).await?;
            }
            progress.report(Phase::Checking, lines.read());
        }
        check.finish().await
    }
}

struct Check<'a, S> {
    against: Option<(&'a S, &'a Id)>,
    verifier: Verifier,
    shop: Option<Id>,
    name: String,
    currency: Option<Currency>,
    names: SharedIds,
    lines: u64,
    missing: u64,
    /// The last line in this store of every chain that the backup contains too: its number and hash.
    held: BTreeMap<(String, u32), (u64, Hash)>,
    /// The last line of every chain in the backup.
    last: BTreeMap<(String, u32), (u64, u64, Hash)>,
}

impl<S> Default for Check<'_, S> {
    fn default() -> Self {
        Self {
            against: None,
            verifier: Verifier::default(),
            shop: None,
            name: String::new(),
            currency: None,
            names: SharedIds::default(),
            lines: 0,
            missing: 0,
            held: BTreeMap::new(),
            last: BTreeMap::new(),
        }
    }
}

impl<S: Store> Check<'_, S> {
    async fn line(&mut self, at: u64, text: &str) -> Result<(), NotReceived> {
        let line = Line::parse(text.as_bytes()).map_err(|why| NotReceived::shape(at, why))?;
        self.check_shop(at, &line)?;
        let hash = Hash::of(text.as_bytes());
        if let Some(problem) = self.verifier.check_position(&line, hash).into_iter().next() {
            return Err(NotReceived::Line(at, Flaw::Chain(problem)));
        }
        self.body(at, &line)?;
        let key = (line.device.to_owned(), line.chain);
        // The store holds one line of a place, so it cannot hold the branches of a chain.
        if self.last.get(&key).is_some_and(|(seq, ..)| line.seq <= *seq) {
            return Err(NotReceived::Line(at, Flaw::Fork));
        }
        if line.seq == 1
            && let Some((store, _)) = self.against
        {
            let reached = last_line(store, line.device, line.chain).await?;
            self.held.extend(reached.map(|(seq, bytes)| (key.clone(), (seq, Hash::of(bytes.as_bytes())))));
        }
        match self.held.get(&key) {
            Some((seq, found)) if *seq == line.seq && *found != hash => {
                return Err(NotReceived::Line(at, Flaw::Fork));
            }
            Some((seq, _)) if line.seq <= *seq => {}
            _ => self.missing += 1,
        }
        self.lines += 1;
        self.last.insert(key, (line.seq, at, hash));
        Ok(())
    }

    fn check_shop(&mut self, at: u64, line: &Line<'_>) -> Result<(), NotReceived> {
        if self.shop.is_some() {
            return Ok(());
        }
        let shop = Id::new(line.shop);
        let shop = shop.map_err(|_| NotReceived::shape(at, journal::LineError::Wrong("shop")))?;
        if self.against.is_some_and(|(_, own)| *own != shop) {
            return Err(NotReceived::Foreign);
        }
        self.shop = Some(shop);
        Ok(())
    }

    fn body(&mut self, at: u64, line: &Line<'_>) -> Result<(), NotReceived> {
        let (envelope, currency) = (line.to_envelope(), self.currency.as_ref());
        let decoded = decode_envelope(&envelope, line.clock, Verdict::Ok, currency, &mut self.names);
        match decoded.map_err(|why| NotReceived::Line(at, Flaw::Body(why)))? {
            Decoded::Entry(record) => {
                if let Body::ShopOpened(opened) = &record.entry.body {
                    self.name.clone_from(&opened.name);
                    self.currency = Currency::new(&opened.currency).ok();
                }
            }
            Decoded::Chain(_) => {}
        }
        Ok(())
    }

    /// A chain that is longer here than in the backup must contain the backup's last line at the same number.
    async fn finish(self) -> Result<Checked, NotReceived> {
        let Some(shop) = self.shop else { return Err(NotReceived::Empty) };
        for (key, (seq, at, hash)) in &self.last {
            let further = self.held.get(key).is_some_and(|(reached, _)| reached > seq);
            let Some((store, _)) = self.against.filter(|_| further) else { continue };
            let here = line_at(store, key, *seq).await?;
            if here.is_none_or(|bytes| Hash::of(bytes.as_bytes()) != *hash) {
                return Err(NotReceived::Line(*at, Flaw::Fork));
            }
        }
        if let Some((device, chain, _)) = self.verifier.split_presses().next() {
            let last = self.last.get(&(device.to_owned(), chain)).map_or(self.lines, |(_, at, _)| *at);
            return Err(NotReceived::Line(last, Flaw::Chain(Problem::SplitPress)));
        }
        let held = self.held.into_iter().map(|(key, (seq, _))| (key, seq)).collect();
        Ok(Checked { shop, name: self.name, lines: self.lines, missing: self.missing, held })
    }
}
