//! The journal of a day book: the lines that its counters would have written.

use crate::ast::{DayBook, Statement, StatementLine};
use crate::outline::Outline;
use crate::run::{Failure, Runner};
use codec::DeviceState;
use codec::compose::{compose, open_chain};
use journal::{ChainOpened, LineError, Why};
use ledger::date::Date;
use ledger::entry::Entry;
use ledger::id::Id;
use ledger::money::Currency;
use std::collections::BTreeMap;
use std::fmt;

/// The time zone of the business dates.
const ZONE: &str = "UTC";
const MILLIS_A_DAY: i64 = 24 * 60 * 60 * 1_000;
/// The time of the first entry of a day: nine in the morning. Each further entry is a millisecond later.
const FIRST_ENTRY_MILLIS: i64 = 9 * 60 * 60 * 1_000;

/// The most accounts that are not packed while a day book is recorded: those that a busy shop uses in a week or two.
const UNPACKED: usize = 1_024;

/// Records a day book and passes each journal line to `write`, without line end. A counter opens its chain before its
/// first entry. Clocks follow the dates of the day book, and lines are in clock order.
///
/// # Errors
/// The first act that is refused outside a `refuse` line; the error of `write`.
pub fn journal<E>(daybook: DayBook, write: impl FnMut(&str) -> Result<(), E>) -> Result<(), JournalError<E>> {
    journal_of_lines(&Outline::of(&daybook), daybook.lines, write)
}

/// As [`journal`], for lines that are parsed one by one: memory holds neither the text nor all entries.
///
/// # Errors
/// As [`journal`].
pub fn journal_of_lines<E>(
    outline: &Outline,
    lines: impl IntoIterator<Item = StatementLine>,
    mut write: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), JournalError<E>> {
    let mut runner = Runner::packing(outline, UNPACKED);
    let mut writer = JournalWriter::new(outline);
    for line in lines.into_iter().filter(is_recorded) {
        writer.advance_to(&line.statement);
        let entries = runner.line(&line).map_err(JournalError::Refused)?;
        let lines = writer.write(runner.till(), entries).map_err(JournalError::Line)?;
        lines.iter().try_for_each(|line| write(line)).map_err(JournalError::Write)?;
    }
    Ok(())
}

fn is_recorded(line: &StatementLine) -> bool {
    !matches!(line.statement, Statement::Expect(_) | Statement::Refuse { .. })
}

/// Writes the lines of every counter.
struct JournalWriter {
    currency: Currency,
    devices: BTreeMap<Id, DeviceState>,
    today: Date,
    /// The number of entries of today.
    count: i64,
}

impl JournalWriter {
    fn new(outline: &Outline) -> Self {
        let nothing = Currency { code: String::new(), decimals: 2 };
        let currency = outline.currency.clone().unwrap_or(nothing);
        // The first date of a day book may be earlier than the default date.
        let today = outline.first.unwrap_or(Date(jiff::civil::Date::constant(2026, 1, 1)));
        Self { currency, devices: BTreeMap::new(), today, count: 0 }
    }

    fn advance_to(&mut self, statement: &Statement) {
        if let Statement::Date(date) = statement
            && *date > self.today
        {
            self.today = *date;
            self.count = 0;
        }
    }

    fn now(&self) -> u64 {
        let epoch = jiff::civil::Date::constant(1970, 1, 1);
        let days = (self.today.0 - epoch).get_days();
        u64::try_from(i64::from(days) * MILLIS_A_DAY + FIRST_ENTRY_MILLIS + self.count).unwrap_or_default()
    }

    /// The lines of the entries of one act: none without entries.
    fn write(&mut self, till: &Id, entries: Vec<Entry>) -> Result<Vec<String>, LineError> {
        let Some(first) = entries.first() else { return Ok(Vec::new()) };
        let now = self.now();
        self.count += 1;
        let mut lines = Vec::with_capacity(2);
        let mut device = match self.devices.remove(till) {
            Some(device) => device,
            None => {
                let (device, line) = opened(till, first, now)?;
                lines.push(line);
                device
            }
        };
        let batch = compose(&device, entries, &self.currency, now)?;
        device = batch.device;
        self.devices.insert(till.clone(), device);
        lines.extend(batch.lines.into_iter().map(|line| line.bytes));
        Ok(lines)
    }
}

/// A counter's device and first line. The id of the device is the letter of the counter, as seals name
/// it; the drawer has the same name.
fn opened(till: &Id, first: &Entry, now: u64) -> Result<(DeviceState, String), LineError> {
    let wrong = |_| LineError::Wrong("id");
    let shop = Id::new("day-book").map_err(wrong)?;
    let mut device = DeviceState::new(shop, till.clone(), 1, till.as_str(), ZONE);
    let (letter, drawer) = (till.as_str().into(), till.as_str().into());
    let name = format!("Counter {till}");
    let opened = ChainOpened { letter, drawer, name, key: None, why: Why::New, after: None };
    let id = Id::new(&format!("chain-{till}")).map_err(wrong)?;
    let line = open_chain(&mut device, &opened, (&id, &first.actor), first.on, now.saturating_sub(1))?;
    Ok((device, line))
}

/// Why a day book has no journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalError<E> {
    /// The ledger refuses an act.
    Refused(Failure),
    /// An entry does not fit in a line.
    Line(LineError),
    /// `write` failed.
    Write(E),
}

impl<E: fmt::Display> fmt::Display for JournalError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(failure) => write!(f, "line {}: {}", failure.line, failure.found),
            Self::Line(error) => error.fmt(f),
            Self::Write(error) => error.fmt(f),
        }
    }
}
