//! The code on the report of a day, which names the last entry that counts on that day.

use super::check_slip::SlipFound;
use super::open::Engine;
use super::report::ReportAsked;
use super::report_figures::{ReportFigures, Wanted};
use super::slip_code::{Presented, SlipCode};
use crate::store::{Fault, Store};
use ledger::date::Date;
use ledger::id::Id;
use ledger::view::history::HistoryRow;
use ledger::view::span::Span;
use ledger::view::versions::Version;

/// What the code of a day has in the place of a document's id, before the day. Ids of documents are drawn.
const DAY: &str = "day-";

/// An entry that counts on the day of a report.
#[derive(Debug, Clone)]
pub struct DayEntry {
    /// The entry, and where it is in the journal.
    pub version: Version,
    /// The entry of an account, in the data of its sentence; `None` for an entry of the shop.
    pub of_account: Option<HistoryRow>,
}

/// The report of a day that a code names.
#[derive(Debug, Clone)]
pub struct DaySlip {
    /// The day.
    pub day: Date,
    /// The figures as they are now.
    pub figures: ReportFigures,
    /// Where the entry that the code names is among those of the day; `None` if none of them is.
    named: Option<usize>,
}

impl DaySlip {
    /// How many entries of the day the paper does not have; `None` if no entry of the day is the one that the code names.
    #[must_use]
    pub fn later(&self) -> Option<usize> {
        self.named.map(|_| self.since().count())
    }

    /// The entries of the day that the paper does not have.
    pub fn since(&self) -> impl Iterator<Item = &DayEntry> {
        let behind = self.named.map_or(self.figures.of_day.len(), |named| named + 1);
        self.figures.of_day.iter().skip(behind)
    }
}

/// What the code of a day names.
fn id_of(day: Date) -> Option<Id> {
    Id::new(&format!("{DAY}{day}")).ok()
}

/// The day that a code or a typed number names.
pub(super) fn day_of(presented: &Presented) -> Option<Date> {
    match presented {
        Presented::Code(code) => Date::parse(code.document.as_str().strip_prefix(DAY)?),
        Presented::Typed { no, .. } => Date::parse(no),
    }
}

impl<S: Store> Engine<S> {
    /// The code of the report of a day; `None` for a day on which nothing counts.
    pub(super) async fn day_code(
        &self,
        day: Date,
        figures: &ReportFigures,
    ) -> Result<Option<SlipCode>, Fault> {
        let (Some(last), Some(id)) = (figures.of_day.last(), id_of(day)) else { return Ok(None) };
        let shop = self.state.borrow().device.shop.clone();
        let hash = self.hash(&last.version).await?;
        Ok(hash.map(|hash| SlipCode::new(&shop, &id, last.version.place.seq, &hash)))
    }

    /// What the code of a day is worth.
    pub(super) async fn check_day(&self, day: Date, presented: &Presented) -> Result<SlipFound, Fault> {
        let span = Span { from: Some(day), to: None };
        let asked = ReportAsked { wanted: Wanted::Day(day), span, known: None };
        let Some(figures) = self.report(&asked, |_| (), || true).await? else {
            return Ok(SlipFound::Unknown);
        };
        let mut named = None;
        for (at, entry) in figures.of_day.iter().enumerate() {
            let is_possible = match presented {
                Presented::Code(code) => entry.version.place.seq == code.seq,
                Presented::Typed { .. } => true,
            };
            if is_possible && self.hash(&entry.version).await?.is_some_and(|hash| presented.is_of(&hash)) {
                named = Some(at);
            }
        }
        Ok(SlipFound::Day(Box::new(DaySlip { day, figures, named })))
    }
}
