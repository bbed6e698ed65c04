//! The template of the example shop: entries that any device can write as its own journal, with the dates moved.
//!
//! One entry a line: id, actor, date, customer, kind, version and body, separated by tabs. Document numbers, clocks, hashes
//! and what a seal covers are not part of the template; they are assigned when a device writes it.

use crate::compose::{compose, open_chain};
use crate::device::DeviceState;
use journal::{ChainOpened, LineError, Why};
use ledger::date::Date;
use ledger::entry::{Body, Covered, Entry, Malformed};
use ledger::id::Id;
use ledger::money::Currency;
use std::fmt;

/// The letter and the drawer of the counter that writes the entries.
const LETTER: &str = "A";
const ZONE: &str = "Europe/London";
const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;
const DATE_LENGTH: usize = "2026-01-31".len();

/// Writes a template. Neither JSON nor another field contains a tab or a line end.
#[must_use]
pub fn template(entries: &[Entry], currency: &Currency) -> String {
    entries.iter().map(|entry| write_line(entry, currency)).collect()
}

fn write_line(entry: &Entry, currency: &Currency) -> String {
    let (kind, kv, body) = entry.body.encode(currency);
    let customer = entry.customer.as_ref().map_or("", Id::as_str);
    format!("{}\t{}\t{}\t{customer}\t{kind}\t{kv}\t{body}\n", entry.id, entry.actor, entry.on)
}

/// The journal that a new device of a new shop would have written, the first line of its chain first. All dates are
/// moved so that the last one is `today`. `now` is the wall clock in milliseconds; an entry of an earlier day has a clock
/// that many days before it.
///
/// # Errors
/// When the text is not a template.
pub fn instantiate(
    template: &str,
    today: Date,
    shop: Id,
    device: Id,
    now: u64,
) -> Result<Vec<String>, TemplateError> {
    let last = template.lines().filter_map(|line| Date::parse(line.split('\t').nth(2)?)).max();
    let last = last.ok_or(TemplateError::NotATemplate)?;
    let text = move_dates(template, last.days_until(today));
    let entries = text.lines().map(read_line).collect::<Result<Vec<_>, _>>()?;
    let first = entries.first().ok_or(TemplateError::NotATemplate)?;
    let Body::ShopOpened(open) = &first.body else { return Err(TemplateError::NotATemplate) };
    let currency = Currency::new(&open.currency).map_err(|_| TemplateError::NotATemplate)?;
    let clock =
        |on: Date| now.saturating_sub(DAY_MILLIS * u64::try_from(on.days_until(today)).unwrap_or_default());
    let mut state = DeviceState::new(shop, device, 1, LETTER, ZONE);
    let mut lines = Vec::with_capacity(entries.len() + 1);
    lines.push(opened(&mut state, first, clock(first.on))?);
    let mut entries = entries.into_iter();
    while let Some(mut entry) = entries.next() {
        if let Body::DaySealed(sealed) = &mut entry.body {
            sealed.covers = covered(&state);
        }
        let now = clock(entry.on);
        // A transfer is two entries of one press.
        let transfers = matches!(entry.body, Body::CreditTransferred(_));
        let other = if transfers { entries.next() } else { None };
        let batch = compose(&state, std::iter::once(entry).chain(other).collect(), &currency, now)?;
        state = batch.device;
        lines.extend(batch.lines.into_iter().map(|line| line.bytes));
    }
    Ok(lines)
}

/// What a seal of this device covers: all that it has written.
fn covered(state: &DeviceState) -> Vec<Covered> {
    let (device, chain) = (state.device.clone(), state.chain);
    state.head.iter().map(|head| Covered { device: device.clone(), chain, seq: head.seq }).collect()
}

fn opened(state: &mut DeviceState, first: &Entry, now: u64) -> Result<String, TemplateError> {
    let (letter, name) = (LETTER.into(), format!("Counter {LETTER}"));
    let opened = ChainOpened { letter, drawer: LETTER.into(), name, key: None, why: Why::New, after: None };
    let id = Id::new(&format!("{}-{LETTER}", state.shop)).unwrap_or_else(|_| state.shop.clone());
    Ok(open_chain(state, &opened, (&id, &first.actor), first.on, now)?)
}

fn read_line(line: &str) -> Result<Entry, TemplateError> {
    let mut fields = line.splitn(7, '\t');
    let mut field = || fields.next().ok_or(TemplateError::NotATemplate);
    let id = |text: &str| Id::new(text).map_err(|_| TemplateError::NotATemplate);
    let (own, actor, on, customer) = (field()?, field()?, field()?, field()?);
    let (kind, kv, body) = (field()?, field()?, field()?);
    Ok(Entry {
        id: id(own)?,
        no: None,
        actor: id(actor)?,
        on: Date::parse(on).ok_or(TemplateError::NotATemplate)?,
        customer: if customer.is_empty() { None } else { Some(id(customer)?) },
        body: Body::decode(kind, kv.parse().map_err(|_| TemplateError::NotATemplate)?, body)?,
    })
}

/// The text with every date in it moved by some days.
fn move_dates(text: &str, days: i32) -> String {
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

/// The positions and values of the dates in a text. Only the years 2000 to 2099 are recognized.
fn dates(text: &str) -> impl Iterator<Item = (usize, Date)> {
    let found = text.match_indices("20").map(|(at, _)| at);
    found.filter_map(|at| Date::parse(text.get(at..at + DATE_LENGTH)?).map(|date| (at, date)))
}

/// Why a template cannot be instantiated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateError {
    /// The text is not a template, or does not begin with the opening of a shop.
    NotATemplate,
    /// The body of an entry cannot be decoded.
    Body(Malformed),
    /// An entry does not fit in a line.
    Line(LineError),
}

impl From<Malformed> for TemplateError {
    fn from(error: Malformed) -> Self {
        Self::Body(error)
    }
}

impl From<LineError> for TemplateError {
    fn from(error: LineError) -> Self {
        Self::Line(error)
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotATemplate => f.write_str("the text is not the template of a shop"),
            Self::Body(error) => error.fmt(f),
            Self::Line(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for TemplateError {}
