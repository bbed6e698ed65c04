//! The example shop: a bicycle shop's last ten months, recorded through the same gate as everything else.

use crate::malformed::Malformed;
use crate::parse::parse;
use crate::run::{Failure, Runner};
use book::DeviceState;
use book::compose::{Composed, compose, open_chain};
use jiff::ToSpan;
use journal::{ChainOpened, LineError, Why};
use ledger::date::Date;
use ledger::id::Id;
use std::fmt;

/// The day book as it is kept. Its dates end on its own last day.
pub const TEXT: &str = include_str!("example.daybook");

/// The letter of the counter that records it.
const LETTER: &str = "A";

/// The example shop's journal on one device.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The first line of the chain, without line end.
    pub opened: String,
    /// The other lines, in their sequence.
    pub lines: Vec<Composed>,
    /// Where the device stands after them.
    pub device: DeviceState,
}

/// Records the example shop with all dates moved so that the last one is `today`. `now_millis` is the wall clock in
/// milliseconds; earlier days are given clocks as many days before it.
///
/// # Errors
/// When the day book is not one, or says what the ledger refuses: a mistake in this program.
pub fn journal(today: Date, shop: &Id, device: &Id, now_millis: u64) -> Result<Example, NotMade> {
    let last = last_day(TEXT).ok_or(NotMade::NoDate)?;
    let days = (today.0 - last.0).get_days();
    let daybook = parse(&moved(TEXT, days)).map_err(NotMade::Malformed)?;
    let currency = daybook.currency.clone().ok_or(NotMade::NoDate)?;
    let mut state = DeviceState::new(shop.clone(), device.clone(), 1, LETTER, "Europe/London");
    let mut runner = Runner::new(&daybook);
    let mut opened = None;
    let mut lines = Vec::with_capacity(daybook.lines.len());
    for line in &daybook.lines {
        let Some(entry) = runner.line(line).map_err(NotMade::Refused)? else { continue };
        let now = clock(entry.on, today, now_millis);
        if opened.is_none() {
            opened = Some(open(&mut state, shop, &entry.actor, entry.on, now)?);
        }
        let press = compose(&state, vec![entry], &currency, now).map_err(NotMade::Line)?;
        state = press.device;
        lines.extend(press.lines);
    }
    Ok(Example { opened: opened.unwrap_or_default(), lines, device: state })
}

fn open(state: &mut DeviceState, shop: &Id, actor: &Id, on: Date, now: u64) -> Result<String, NotMade> {
    let (letter, name) = (LETTER.into(), format!("Counter {LETTER}"));
    let opened = ChainOpened { letter, name, key: None, why: Why::New, after: None };
    let id = Id::new(&format!("{shop}-{LETTER}")).unwrap_or_else(|_| shop.clone());
    open_chain(state, &opened, (&id, actor), on, now).map_err(NotMade::Line)
}

const DAY: u64 = 24 * 60 * 60 * 1000;

fn clock(on: Date, today: Date, now: u64) -> u64 {
    let ago = (today.0 - on.0).get_days();
    now.saturating_sub(DAY * u64::try_from(ago).unwrap_or_default())
}

/// The latest `@` line.
fn last_day(text: &str) -> Option<Date> {
    text.lines().filter_map(|line| Date::parse(line.strip_prefix('@')?)).max()
}

/// The text with every date in it moved by some days.
fn moved(text: &str, days: i32) -> String {
    let mut moved = String::with_capacity(text.len());
    let mut done = 0;
    for (at, date) in dates(text) {
        moved.push_str(text.get(done..at).unwrap_or_default());
        let date = date.0.checked_add(days.days()).map_or(date, Date);
        moved.push_str(&date.to_string());
        done = at + DATE_LENGTH;
    }
    moved.push_str(text.get(done..).unwrap_or_default());
    moved
}

const DATE_LENGTH: usize = "2026-01-31".len();

/// Where dates stand in a text. Looks only at places where a year of this century may begin.
fn dates(text: &str) -> impl Iterator<Item = (usize, Date)> {
    let found = text.match_indices("20").map(|(at, _)| at);
    found.filter_map(|at| Date::parse(text.get(at..at + DATE_LENGTH)?).map(|date| (at, date)))
}

/// Why there is no example shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotMade {
    /// A line is not in the notation.
    Malformed(Malformed),
    /// The ledger refuses an act.
    Refused(Failure),
    /// An entry does not fit a line.
    Line(LineError),
    /// It has no date, or opens no shop.
    NoDate,
}

impl fmt::Display for NotMade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(malformed) => write!(f, "the example shop, {malformed}"),
            Self::Refused(failure) => write!(f, "the example shop, line {}: {}", failure.line, failure.found),
            Self::Line(error) => write!(f, "the example shop: {error}"),
            Self::NoDate => f.write_str("the example shop has no date or no shop"),
        }
    }
}

impl std::error::Error for NotMade {}
