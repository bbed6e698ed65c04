//! Reports and exports of the open book.

use super::backup::file_name;
use super::handle::Session;
use crate::device::clock;
use crate::device::file::Parts;
use crate::engine::{ReportAsked, ReportFigures, Wanted};
use crate::store::Fault;
use ledger::date::Date;
use ledger::view::ageing::AgedCustomer;
use ledger::view::span::Span;
use leptos::prelude::WithUntracked;
use reports::export::{Export, Format};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The length in bytes from which a piece of an export is handed to the browser.
const PIECE: usize = 1 << 16;

impl Session {
    /// What customers owe by age at the end of a day, from the cached figures; `None` where the journal has to be read.
    #[must_use]
    pub fn ageing_at(self, day: Date) -> Option<Vec<AgedCustomer>> {
        self.engine()?.ageing_at(day, clock::today())
    }

    /// The figures of a report with what was recorded up to a day (`None`: with everything); `None` if `goes_on` said no.
    /// `progress` is the number of entries that were read so far.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn read_report(
        self,
        wanted: Wanted,
        span: Span,
        known_on: Option<Date>,
        progress: impl Fn(u64),
        goes_on: impl Fn() -> bool,
    ) -> Result<Option<ReportFigures>, Fault> {
        let zones = RefCell::new(BTreeMap::<String, Option<u64>>::new());
        let end = |day: Date, zone: &str| {
            let mut zones = zones.borrow_mut();
            *zones.entry(zone.to_owned()).or_insert_with(|| clock::end_of_day(day, zone))
        };
        let known = known_on.map(|day| move |zone: &str| end(day, zone));
        let known = known.as_ref().map(|known| known as &dyn Fn(&str) -> Option<u64>);
        self.open_engine()?.report(&ReportAsked { wanted, span, known }, progress, goes_on).await
    }

    /// The number of entries on this device: the length of a progress bar, and whether a report is still that of the book.
    #[must_use]
    pub fn arrived(self) -> u64 {
        self.engine().map_or(0, |engine| engine.arrivals().last)
    }

    /// Saves a table as a download.
    ///
    /// # Errors
    ///
    /// When the browser makes no file of it.
    pub fn save_sheet(self, report: &str, text: &str) -> Result<(), Fault> {
        let parts = Parts::default();
        parts.push(text);
        parts.save_as(&self.file(report, Format::Csv), "text/csv")
    }

    /// Saves every entry up to a day for a program of plain-text accounting or as a table; false if `goes_on` said no.
    ///
    /// # Errors
    ///
    /// When the store cannot be read, or the browser makes no file of it.
    pub async fn export(
        self,
        format: Format,
        to: Date,
        progress: impl Fn(u64),
        goes_on: impl Fn() -> bool,
    ) -> Result<bool, Fault> {
        let span = Span::up_to(Some(to));
        let Some(figures) = self.read_report(Wanted::DayBook, span, None, progress, goes_on).await? else {
            return Ok(false);
        };
        let Some(currency) = &figures.shop.currency else { return Err(Fault::Closed) };
        let (mut export, mut piece, parts) = (Export::new(format, currency), String::new(), Parts::default());
        export.begin(&mut piece, &figures.opened_as);
        for line in &figures.lines {
            export.add(&mut piece, &line.transaction);
            if piece.len() > PIECE {
                parts.push(&piece);
                piece.clear();
            }
        }
        parts.push(&piece);
        parts.save_as(&self.file("", format), "text/plain")?;
        Ok(true)
    }

    /// `Harbour Cycles takings 2026-03-02.csv`.
    fn file(self, report: &str, format: Format) -> String {
        let shop = self.shop.with_untracked(|shop| shop.as_ref().map(|shop| shop.name.clone()));
        file_name(&format!("{} {report}", shop.unwrap_or_default()), clock::today(), format.ending())
    }
}
