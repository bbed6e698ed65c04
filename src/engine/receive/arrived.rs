//! One entry on its way in: parsed, hashed and decoded once.

use super::damage::Survey;
use super::not_received::{Flaw, NotReceived};
use crate::engine::search_words::search_words;
use crate::store::{NewEntry, StoredEntry};
use codec::Opening;
use codec::decode::{Decoded, SharedIds, decode_envelope};
use journal::{Hash, Line, LineError, Problem, Side, Verifier};
use ledger::entry::{Record, Verdict};
use ledger::id::Id;

/// An entry that was verified.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrived {
    /// As it is stored, with its order and verdict.
    pub entry: NewEntry,
    /// Its hash.
    pub hash: Hash,
    /// The hash of the line before it in its chain.
    pub prev: Option<Hash>,
    /// What it records; `None` for the first line of a chain.
    pub record: Option<Record>,
    /// Whether lines of its press come before it.
    pub continues: bool,
    /// Whether more lines of its press follow.
    pub goes_on: bool,
}

impl Arrived {
    /// The entry at the order and with the verdict that an endpoint gave it. The caller has checked that the endpoint says
    /// it about this very line.
    #[must_use]
    pub fn judged(mut self, side: &Side<'_>) -> Self {
        let Side { order, verdict, lseq, .. } = *side;
        let signature = side.signature.map(Into::into);
        self.entry.stored = StoredEntry { order, verdict, lseq, signature, ..self.entry.stored };
        if let Some(record) = &mut self.record {
            record.place.order = (order.0, order.1);
            record.verdict = if verdict.is_ok() { Verdict::Ok } else { Verdict::Refused };
        }
        self
    }
}

/// Verifies the lines of a file one after another.
#[derive(Default)]
pub struct Intake {
    verifier: Verifier,
    /// The shop of the first line.
    pub shop: Option<Id>,
    opening: Opening,
    ids: SharedIds,
    /// The number of lines.
    pub lines: u64,
    survey: Survey,
    /// Whether an endpoint has admitted the lines, as those that an open book receives: their bodies are not compared with what this
    /// program would write.
    of_log: bool,
}

impl Intake {
    /// An intake into a book whose shop is open already.
    pub fn into(opening: Opening) -> Self {
        Self { opening, ..Self::default() }
    }

    /// An intake of the log of a shop.
    pub fn of_log() -> Self {
        Self { of_log: true, ..Self::default() }
    }

    /// Whether an opening of the shop was read, or known before.
    pub fn opens_shop(&self) -> bool {
        self.opening.currency().is_some()
    }

    /// Without the lines that a survey of the file left out.
    pub fn without_bad(self, survey: Survey) -> Self {
        Self { survey, ..self }
    }

    /// The name of the shop, once its opening was read.
    pub fn name(&self) -> String {
        self.opening.name().unwrap_or_default().to_owned()
    }

    /// Parses, hashes and decodes the line with this number; `hash` is that of its bytes, if they were hashed before, and `of_shop` is the
    /// only shop whose lines are accepted. What the line says is also passed to `note`. A side record is checked and gives `None`: it counts only under a head that
    /// an endpoint signed, and a file has none.
    pub fn line(
        &mut self,
        at: u64,
        (text, hash): (Result<String, LineError>, Option<Hash>),
        of_shop: Option<&Id>,
        note: impl FnOnce(&Line<'_>, Hash),
    ) -> Result<Option<Arrived>, NotReceived> {
        if self.survey.left_out.contains(&at) {
            return Ok(None);
        }
        let text = text.map_err(|why| NotReceived::shape(at, why))?;
        if Side::is_side(text.as_bytes()) {
            let side = Side::parse(text.as_bytes()).map_err(|why| NotReceived::shape(at, why))?;
            let problem = self.verifier.check_side(&side);
            return problem.map_or(Ok(None), |problem| Err(NotReceived::Line(at, Flaw::Chain(problem))));
        }
        let line = Line::parse(text.as_bytes()).map_err(|why| NotReceived::shape(at, why))?;
        self.check_shop(at, &line, of_shop)?;
        let hash = hash.unwrap_or_else(|| Hash::of(text.as_bytes()));
        // The line before an attached one is in the store.
        let is_attached = |problem: &Problem| {
            matches!(problem, Problem::Gap { .. } | Problem::Prev { .. })
                && self.survey.attached.contains(&at)
        };
        let problems = self.verifier.check_position(&line, hash);
        if let Some(problem) = problems.into_iter().find(|problem| !is_attached(problem)) {
            return Err(NotReceived::Line(at, Flaw::Chain(problem)));
        }
        let record = self.record(at, &line)?;
        note(&line, hash);
        self.lines += 1;
        let words = record.as_ref().map(|record| search_words(&record.entry)).unwrap_or_default();
        let prev = line.prev;
        let continues = line.press.is_some_and(|press| press.0 > 1);
        let goes_on = line.press.is_some_and(journal::Press::goes_on);
        let mut entry = NewEntry::of_line(&line, StoredEntry::own(String::new(), line.clock), words);
        entry.stored.bytes = text;
        Ok(Some(Arrived { entry, hash, prev, record, continues, goes_on }))
    }

    /// Checks that the file has a line, opens a shop and ends no chain in the middle of a press; `last` finds the number of the last
    /// line of a chain.
    pub fn finish(&self, last: impl Fn(&str, u32) -> Option<u64>) -> Result<Id, NotReceived> {
        let shop = self.shop.clone().ok_or(NotReceived::Empty)?;
        if let Some((device, chain, _)) = self.verifier.split_presses().next() {
            let at = last(device, chain).unwrap_or(self.lines);
            return Err(NotReceived::Line(at, Flaw::Chain(Problem::SplitPress)));
        }
        self.opening.finish().map_err(|_| NotReceived::NoShop)?;
        Ok(shop)
    }

    fn check_shop(&mut self, at: u64, line: &Line<'_>, of_shop: Option<&Id>) -> Result<(), NotReceived> {
        if self.shop.is_some() {
            return Ok(());
        }
        let shop = Id::new(line.shop);
        let shop = shop.map_err(|_| NotReceived::shape(at, journal::LineError::Wrong("shop")))?;
        if of_shop.is_some_and(|own| *own != shop) {
            return Err(NotReceived::Foreign);
        }
        self.shop = Some(shop);
        Ok(())
    }

    fn record(&mut self, at: u64, line: &Line<'_>) -> Result<Option<Record>, NotReceived> {
        let envelope = line.to_envelope();
        let currency = self.opening.currency().filter(|_| !self.of_log);
        let decoded = decode_envelope(&envelope, line.clock, Verdict::Ok, currency, &mut self.ids);
        match decoded.map_err(|why| NotReceived::Line(at, Flaw::Body(why)))? {
            Decoded::Chain(_) => Ok(None),
            Decoded::Entry(record) => {
                let noted = self.opening.note(&record.entry);
                noted.map_err(|flaw| NotReceived::Line(at, Flaw::Opening(flaw)))?;
                Ok(Some(*record))
            }
        }
    }
}
