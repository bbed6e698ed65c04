//! A tale of entries that any device can tell again as its own, with its dates moved: the example shop.
//!
//! One entry a line: id, actor, date, customer, kind, version and body, parted by tabs. Numbers, clocks and hashes are
//! not in it; they are given when it is told.

use crate::compose::{compose, open_chain};
use crate::device::DeviceState;
use journal::{ChainOpened, LineError, Why};
use ledger::date::Date;
use ledger::entry::{Body, Entry, Malformed};
use ledger::id::Id;
use ledger::money::Currency;
use std::fmt;

/// The letter of the counter that tells it.
const LETTER: &str = "A";
const ZONE: &str = "Europe/London";
const DAY: u64 = 24 * 60 * 60 * 1000;
const DATE_LENGTH: usize = "2026-01-31".len();

/// Writes a tale. JSON holds no bare tab and no line end, and neither does any other field.
#[must_use]
pub fn tale(entries: &[Entry], currency: &Currency) -> String {
    entries.iter().map(|entry| line(entry, currency)).collect()
}

fn line(entry: &Entry, currency: &Currency) -> String {
    let (kind, kv, body) = entry.body.encode(currency);
    let customer = entry.customer.as_ref().map_or("", Id::as_str);
    format!("{}\t{}\t{}\t{customer}\t{kind}\t{kv}\t{body}\n", entry.id, entry.actor, entry.on)
}

/// The lines of a journal that a new device of a new shop would have written, its first line first, all dates moved so
/// that the last one is `today`. `now` is the wall clock in milliseconds; earlier days are given clocks as many days
/// before it.
///
/// # Errors
/// When the text is no tale.
pub fn retell(tale: &str, today: Date, shop: Id, device: Id, now: u64) -> Result<Vec<String>, NotTold> {
    let last = tale.lines().filter_map(|line| Date::parse(line.split('\t').nth(2)?)).max();
    let tale = moved(tale, last.ok_or(NotTold::Tale)?.days_until(today));
    let entries = tale.lines().map(entry).collect::<Result<Vec<_>, _>>()?;
    let first = entries.first().ok_or(NotTold::Tale)?;
    let Body::ShopOpened(open) = &first.body else { return Err(NotTold::Tale) };
    let currency = Currency::new(&open.currency).map_err(|_| NotTold::Tale)?;
    let clock = |on: Date| now.saturating_sub(DAY * u64::try_from(on.days_until(today)).unwrap_or_default());
    let mut state = DeviceState::new(shop, device, 1, LETTER, ZONE);
    let mut lines = Vec::with_capacity(entries.len() + 1);
    lines.push(opened(&mut state, first, clock(first.on))?);
    for entry in entries {
        let now = clock(entry.on);
        let press = compose(&state, vec![entry], &currency, now)?;
        state = press.device;
        lines.extend(press.lines.into_iter().map(|line| line.bytes));
    }
    Ok(lines)
}

fn opened(state: &mut DeviceState, first: &Entry, now: u64) -> Result<String, NotTold> {
    let (letter, name) = (LETTER.into(), format!("Counter {LETTER}"));
    let opened = ChainOpened { letter, name, key: None, why: Why::New, after: None };
    let id = Id::new(&format!("{}-{LETTER}", state.shop)).unwrap_or_else(|_| state.shop.clone());
    Ok(open_chain(state, &opened, (&id, &first.actor), first.on, now)?)
}

fn entry(line: &str) -> Result<Entry, NotTold> {
    let mut fields = line.splitn(7, '\t');
    let mut field = || fields.next().ok_or(NotTold::Tale);
    let id = |text: &str| Id::new(text).map_err(|_| NotTold::Tale);
    let (own, actor, on, customer) = (field()?, field()?, field()?, field()?);
    let (kind, kv, body) = (field()?, field()?, field()?);
    Ok(Entry {
        id: id(own)?,
        no: None,
        actor: id(actor)?,
        on: Date::parse(on).ok_or(NotTold::Tale)?,
        customer: if customer.is_empty() { None } else { Some(id(customer)?) },
        body: Body::decode(kind, kv.parse().map_err(|_| NotTold::Tale)?, body)?,
    })
}

/// The text with every date in it moved by some days.
fn moved(text: &str, days: i32) -> String {
    let mut moved = String::with_capacity(text.len());
    let mut done = 0;
    for (at, date) in dates(text) {
        moved.push_str(text.get(done..at).unwrap_or_default());
        moved.push_str(&date.plus(days).to_string());
        done = at + DATE_LENGTH;
    }
    moved.push_str(text.get(done..).unwrap_or_default());
    moved
}

/// Where dates stand in a text. Looks only at places where a year of this century may begin.
fn dates(text: &str) -> impl Iterator<Item = (usize, Date)> {
    let found = text.match_indices("20").map(|(at, _)| at);
    found.filter_map(|at| Date::parse(text.get(at..at + DATE_LENGTH)?).map(|date| (at, date)))
}

/// Why a tale cannot be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTold {
    /// It is no tale, or does not begin with the opening of a shop.
    Tale,
    /// What an entry of it says.
    Body(Malformed),
    /// An entry does not fit a line.
    Line(LineError),
}

impl From<Malformed> for NotTold {
    fn from(why: Malformed) -> Self {
        Self::Body(why)
    }
}

impl From<LineError> for NotTold {
    fn from(why: LineError) -> Self {
        Self::Line(why)
    }
}

impl fmt::Display for NotTold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tale => f.write_str("the text holds no shop to tell of"),
            Self::Body(why) => why.fmt(f),
            Self::Line(why) => why.fmt(f),
        }
    }
}

impl std::error::Error for NotTold {}
