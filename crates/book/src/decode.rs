//! From a line of the journal to a record of the ledger.

use journal::{ChainOpened, Clock, Line, LineError, OPENED};
use ledger::body::{Body, Malformed};
use ledger::date::Date;
use ledger::entry::{Entry, Place, Record, Verdict};
use ledger::id::Id;
use ledger::money::Currency;
use std::fmt;

/// What a line holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Decoded {
    /// An entry of the book. Kinds of a newer version are here too, as [`Body::Unknown`].
    Entry(Box<Record>),
    /// The beginning of a counter's chain; it moves nothing.
    Chain(ChainOpened),
}

/// Reads a line that this program wrote.
///
/// # Errors
/// What is wrong with the line or its body.
pub fn decode(bytes: &[u8], order: Clock, verdict: Verdict) -> Result<Decoded, NotDecoded> {
    with(bytes, order, verdict, |line| Body::decode(line.kind, line.kv, line.body.get()))
}

/// Reads a line that somebody else wrote: its body must be byte for byte what this program would write.
///
/// # Errors
/// What is wrong with the line or its body.
pub fn decode_strict(
    bytes: &[u8],
    order: Clock,
    verdict: Verdict,
    currency: &Currency,
) -> Result<Decoded, NotDecoded> {
    with(bytes, order, verdict, |line| Body::decode_strict(line.kind, line.kv, line.body.get(), currency))
}

fn with(
    bytes: &[u8],
    order: Clock,
    verdict: Verdict,
    body: impl FnOnce(&Line<'_>) -> Result<Body, Malformed>,
) -> Result<Decoded, NotDecoded> {
    parsed(&Line::parse(bytes)?, order, verdict, body)
}

/// Reads a line that was parsed already; as [`decode_strict`] where the currency is given, else as [`decode`].
///
/// # Errors
/// What is wrong with its body.
pub fn decode_parsed(
    line: &Line<'_>,
    order: Clock,
    verdict: Verdict,
    currency: Option<&Currency>,
) -> Result<Decoded, NotDecoded> {
    parsed(line, order, verdict, |line| match currency {
        Some(currency) => Body::decode_strict(line.kind, line.kv, line.body.get(), currency),
        None => Body::decode(line.kind, line.kv, line.body.get()),
    })
}

fn parsed(
    line: &Line<'_>,
    order: Clock,
    verdict: Verdict,
    body: impl FnOnce(&Line<'_>) -> Result<Body, Malformed>,
) -> Result<Decoded, NotDecoded> {
    if line.kind == OPENED {
        let opened = serde_json::from_str(line.body.get());
        return opened.map(Decoded::Chain).map_err(|e| Malformed::Json(e.to_string()).into());
    }
    let entry = entry(line, body(line)?)?;
    Ok(Decoded::Entry(Box::new(Record { place: place(line, order)?, verdict, entry })))
}

fn entry(line: &Line<'_>, body: Body) -> Result<Entry, NotDecoded> {
    Ok(Entry {
        id: id(line.id, "id")?,
        no: line.no.map(Into::into),
        actor: id(line.actor, "actor")?,
        on: Date::parse(line.on).ok_or(LineError::Wrong("on"))?,
        customer: line.account.map(|text| id(text, "accounts")).transpose()?,
        body,
    })
}

fn place(line: &Line<'_>, order: Clock) -> Result<Place, NotDecoded> {
    let device = id(line.device, "device")?;
    Ok(Place { order: (order.0, order.1), device, chain: line.chain, seq: line.seq })
}

fn id(text: &str, field: &'static str) -> Result<Id, NotDecoded> {
    Id::new(text).map_err(|_| LineError::Wrong(field).into())
}

/// Why a line gives no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDecoded {
    /// Its envelope.
    Line(LineError),
    /// Its body.
    Body(Malformed),
}

impl From<LineError> for NotDecoded {
    fn from(error: LineError) -> Self {
        Self::Line(error)
    }
}

impl From<Malformed> for NotDecoded {
    fn from(error: Malformed) -> Self {
        Self::Body(error)
    }
}

impl fmt::Display for NotDecoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(error) => error.fmt(f),
            Self::Body(error) => write!(f, "body: {error}"),
        }
    }
}

impl std::error::Error for NotDecoded {}
