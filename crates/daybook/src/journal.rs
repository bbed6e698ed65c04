//! From a day book to the journal that it records: the lines that its counters would have written.

use crate::ast::{DayBook, Line, Statement};
use crate::run::{Failure, Runner};
use codec::DeviceState;
use codec::compose::{compose, open_chain};
use journal::{ChainOpened, LineError, Why};
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::Currency;
use std::collections::BTreeMap;
use std::fmt;

/// Where the business dates of a day book hold.
const ZONE: &str = "UTC";
const MILLIS_A_DAY: i64 = 24 * 60 * 60 * 1_000;
/// Entries of a day are written from nine in the morning, a millisecond apart.
const NINE: i64 = 9 * 60 * 60 * 1_000;

/// Records a day book and hands over each line it writes, without line end. A counter opens its chain with its first
/// entry. The clock of an entry is its day's; lines stand in time order.
///
/// # Errors
/// The first act that is refused outside a `refuse` line; what `write` says.
pub fn journal<E>(
    daybook: DayBook,
    mut write: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), NotWritten<E>> {
    let mut runner = Runner::new(&daybook);
    let mut scribe = Scribe::new(&daybook);
    // Each line is dropped once it is recorded, so that memory does not hold the day book and the book at once.
    for line in daybook.lines.into_iter().filter(records) {
        scribe.turn_to(&line.statement);
        let Some(entry) = runner.line(&line).map_err(NotWritten::Refused)? else { continue };
        let lines = scribe.write(runner.till(), entry).map_err(NotWritten::Line)?;
        lines.iter().try_for_each(|line| write(line)).map_err(NotWritten::Other)?;
    }
    Ok(())
}

fn records(line: &Line) -> bool {
    !matches!(line.statement, Statement::Expect(_) | Statement::Refuse { .. })
}

/// Writes for every counter.
struct Scribe {
    currency: Currency,
    devices: BTreeMap<Id, DeviceState>,
    today: Date,
    /// How many entries today has.
    count: i64,
}

impl Scribe {
    fn new(daybook: &DayBook) -> Self {
        let nothing = Currency { code: String::new(), decimals: 2 };
        let currency = daybook.currency.clone().unwrap_or(nothing);
        let today = Date(jiff::civil::Date::constant(2026, 1, 1));
        // A day book may begin before the date that is assumed before the first of its own.
        let first = daybook.lines.iter().find_map(|line| match &line.statement {
            Statement::Date(date) => Some(Some(*date)),
            Statement::Act(_) => Some(None),
            _ => None,
        });
        Self { currency, devices: BTreeMap::new(), today: first.flatten().unwrap_or(today), count: 0 }
    }

    fn turn_to(&mut self, statement: &Statement) {
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
        u64::try_from(i64::from(days) * MILLIS_A_DAY + NINE + self.count).unwrap_or_default()
    }

    fn write(&mut self, till: &Id, entry: ledger::entry::Entry) -> Result<Vec<String>, LineError> {
        let now = self.now();
        self.count += 1;
        let mut lines = Vec::with_capacity(2);
        let mut device = match self.devices.remove(till) {
            Some(device) => device,
            None => {
                let (device, line) = opened(till, &entry, now)?;
                lines.push(line);
                device
            }
        };
        let press = compose(&device, vec![entry], &self.currency, now)?;
        device = press.device;
        self.devices.insert(till.clone(), device);
        lines.extend(press.lines.into_iter().map(|line| line.bytes));
        Ok(lines)
    }
}

/// A counter's first line. Its device is called like its letter, as seals name it.
fn opened(till: &Id, first: &ledger::entry::Entry, now: u64) -> Result<(DeviceState, String), LineError> {
    let wrong = |_| LineError::Wrong("id");
    let shop = Id::new("day-book").map_err(wrong)?;
    let mut device = DeviceState::new(shop, till.clone(), 1, till.as_str(), ZONE);
    let (letter, name) = (till.as_str().into(), format!("Counter {till}"));
    let opened = ChainOpened { letter, name, key: None, why: Why::New, after: None };
    let id = Id::new(&format!("chain-{till}")).map_err(wrong)?;
    let line = open_chain(&mut device, &opened, (&id, &first.actor), first.on, now.saturating_sub(1))?;
    Ok((device, line))
}

/// Why a day book gives no journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotWritten<E> {
    /// The ledger refuses an act.
    Refused(Failure),
    /// An entry does not fit a line.
    Line(LineError),
    /// It could not be handed over.
    Other(E),
}

impl<E: fmt::Display> fmt::Display for NotWritten<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(failure) => write!(f, "line {}: {}", failure.line, failure.found),
            Self::Line(error) => error.fmt(f),
            Self::Other(error) => error.fmt(f),
        }
    }
}
