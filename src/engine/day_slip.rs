//! The code on the report of a day, which names the last entry that counts on that day and how many count.

use super::open::Engine;
use super::report::ReportAsked;
use super::report_figures::{DayEntry, ReportFigures, Wanted};
use super::slip_code::{Presented, SlipCode};
use crate::store::{Fault, Store};
use ledger::date::Date;
use ledger::id::Id;
use ledger::view::span::Span;

/// What the code of a day has in the place of a document's id, before the day. Ids of documents are drawn.
const DAY: &str = "day-";

/// The report of a day that a code names.
#[derive(Debug, Clone)]
pub struct DaySlip {
    /// The day.
    pub day: Date,
    /// The figures as they are now.
    pub figures: ReportFigures,
    /// Where the entry that the code names is among those of the day; `None` if none of them is.
    named: Option<usize>,
    /// Entries of the day that count before the named one came in, or stopped to count, after the report was printed.
    pub is_reordered: bool,
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
        self.code_of(&id, &last.version, figures.of_day.len()).await
    }

    /// The report of a day that a code names.
    pub(super) async fn day_slip(&self, day: Date, presented: &Presented) -> Result<Option<DaySlip>, Fault> {
        let span = Span { from: Some(day), to: None };
        let asked = ReportAsked { wanted: Wanted::Day(day), span, known: None };
        let Some(figures) = self.report(&asked, |_| (), || true).await? else {
            return Ok(None);
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
        let is_reordered = named.is_some_and(|before| !presented.has_count(before + 1));
        Ok(Some(DaySlip { day, figures, named, is_reordered }))
    }
}
