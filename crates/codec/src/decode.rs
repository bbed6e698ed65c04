//! From a line of the journal to a record of the ledger.

use journal::{ChainOpened, Clock, Envelope, Line, LineError, OPENED};
use ledger::date::Date;
use ledger::entry::{Body, Entry, Malformed, Place, Record, Verdict};
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
    with(bytes, order, verdict, |line| Body::decode(line.kind, line.kv, line.body))
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
    with(bytes, order, verdict, |line| Body::decode_strict(line.kind, line.kv, line.body, currency))
}

fn with(
    bytes: &[u8],
    order: Clock,
    verdict: Verdict,
    body: impl FnOnce(&Envelope<'_>) -> Result<Body, Malformed>,
) -> Result<Decoded, NotDecoded> {
    let line = Line::parse(bytes)?;
    parsed(&line.unread(), order, verdict, &mut Names::default(), body)
}

/// Reads a line whose body nobody has looked at; as [`decode_strict`] where the currency is given, else as [`decode`].
/// Where the body cannot be read, [`Line::parse`] may know better what is wrong with the line.
///
/// # Errors
/// What is wrong with its body.
pub fn decode_envelope(
    line: &Envelope<'_>,
    order: Clock,
    verdict: Verdict,
    currency: Option<&Currency>,
    names: &mut Names,
) -> Result<Decoded, NotDecoded> {
    parsed(line, order, verdict, names, |line| match currency {
        Some(currency) => Body::decode_strict(line.kind, line.kv, line.body, currency),
        None => Body::decode(line.kind, line.kv, line.body),
    })
}

/// Ids that stand in line after line: who wrote it, on which device, for whom. Each is made once and shared.
#[derive(Debug, Default)]
pub struct Names(Vec<Id>);

impl Names {
    /// How many are remembered: a shop has no more people and devices at a time.
    const MOST: usize = 16;

    fn id(&mut self, text: &str, field: &'static str) -> Result<Id, NotDecoded> {
        if let Some(known) = self.0.iter().find(|known| known.as_str() == text) {
            return Ok(known.clone());
        }
        let new = id(text, field)?;
        if self.0.len() == Self::MOST {
            self.0.clear();
        }
        self.0.push(new.clone());
        Ok(new)
    }
}

fn parsed(
    line: &Envelope<'_>,
    order: Clock,
    verdict: Verdict,
    names: &mut Names,
    body: impl FnOnce(&Envelope<'_>) -> Result<Body, Malformed>,
) -> Result<Decoded, NotDecoded> {
    if line.kind == OPENED {
        let opened = serde_json::from_str(line.body);
        return opened.map(Decoded::Chain).map_err(|e| Malformed::Json(e.to_string()).into());
    }
    let entry = entry(line, body(line)?, names)?;
    let device = names.id(line.device, "device")?;
    let place = Place { order: (order.0, order.1), device, chain: line.chain, seq: line.seq };
    Ok(Decoded::Entry(Box::new(Record { place, verdict, entry })))
}

fn entry(line: &Envelope<'_>, body: Body, names: &mut Names) -> Result<Entry, NotDecoded> {
    Ok(Entry {
        id: id(line.id, "id")?,
        no: line.no.map(Into::into),
        actor: names.id(line.actor, "actor")?,
        on: Date::parse(line.on).ok_or(LineError::Wrong("on"))?,
        customer: line.account.map(|text| names.id(text, "accounts")).transpose()?,
        body,
    })
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
