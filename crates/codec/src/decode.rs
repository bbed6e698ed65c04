//! Lines of the journal to records of the ledger.

use journal::{ChainOpened, Clock, Envelope, Line, LineError, OPENED};
use ledger::date::Date;
use ledger::entry::{Body, Entry, Malformed, Place, Record, Verdict};
use ledger::id::Id;
use ledger::money::Currency;
use std::fmt;

/// The content of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Decoded {
    /// An entry of the book. A kind of a newer version is [`Body::Unknown`].
    Entry(Box<Record>),
    /// The first line of a counter's chain; it posts nothing.
    Chain(ChainOpened),
}

/// Decodes a line that this program wrote.
///
/// # Errors
/// The error of the line or of its body.
pub fn decode(bytes: &[u8], order: Clock, verdict: Verdict) -> Result<Decoded, DecodeError> {
    decode_line(bytes, order, verdict, |line| Body::decode(line.kind, line.kv, line.body))
}

/// Decodes a line from another source: its body must be byte for byte what this program would write.
///
/// # Errors
/// The error of the line or of its body.
pub fn decode_strict(
    bytes: &[u8],
    order: Clock,
    verdict: Verdict,
    currency: &Currency,
) -> Result<Decoded, DecodeError> {
    decode_line(bytes, order, verdict, |line| Body::decode_strict(line.kind, line.kv, line.body, currency))
}

fn decode_line(
    bytes: &[u8],
    order: Clock,
    verdict: Verdict,
    body: impl FnOnce(&Envelope<'_>) -> Result<Body, Malformed>,
) -> Result<Decoded, DecodeError> {
    let line = Line::parse(bytes)?;
    decode_with(&line.to_envelope(), order, verdict, &mut SharedIds::default(), body)
}

/// Decodes a line whose body has not been parsed: as [`decode_strict`] when a currency is given, else as [`decode`].
/// When the body cannot be decoded, [`Envelope::check_body`] tells whether it is JSON at all.
///
/// # Errors
/// The error of the body.
pub fn decode_envelope(
    line: &Envelope<'_>,
    order: Clock,
    verdict: Verdict,
    currency: Option<&Currency>,
    ids: &mut SharedIds,
) -> Result<Decoded, DecodeError> {
    decode_with(line, order, verdict, ids, |line| match currency {
        Some(currency) => Body::decode_strict(line.kind, line.kv, line.body, currency),
        None => Body::decode(line.kind, line.kv, line.body),
    })
}

/// Ids that occur in many lines: staff, devices and customers. Each is allocated once and shared.
#[derive(Debug, Default)]
pub struct SharedIds(Vec<Id>);

impl SharedIds {
    /// The most ids that are cached: enough for the staff and the devices of a shop.
    const MAX: usize = 16;

    fn shared(&mut self, text: &str, field: &'static str) -> Result<Id, DecodeError> {
        if let Some(known) = self.0.iter().find(|known| known.as_str() == text) {
            return Ok(known.clone());
        }
        let new = id(text, field)?;
        if self.0.len() == Self::MAX {
            self.0.clear();
        }
        self.0.push(new.clone());
        Ok(new)
    }
}

fn decode_with(
    line: &Envelope<'_>,
    order: Clock,
    verdict: Verdict,
    ids: &mut SharedIds,
    body: impl FnOnce(&Envelope<'_>) -> Result<Body, Malformed>,
) -> Result<Decoded, DecodeError> {
    if line.kind == OPENED {
        let opened = ChainOpened::parse(line.kv, line.body);
        return opened.map(Decoded::Chain).map_err(|e| Malformed::Json(e.to_string()).into());
    }
    let entry = entry(line, body(line)?, ids)?;
    let device = ids.shared(line.device, "device")?;
    let place = Place { order: (order.0, order.1), device, chain: line.chain, seq: line.seq, branch: 0 };
    Ok(Decoded::Entry(Box::new(Record { place, verdict, entry })))
}

fn entry(line: &Envelope<'_>, body: Body, ids: &mut SharedIds) -> Result<Entry, DecodeError> {
    Ok(Entry {
        id: id(line.id, "id")?,
        no: line.no.map(Into::into),
        actor: ids.shared(line.actor, "actor")?,
        on: Date::parse(line.on).ok_or(LineError::Wrong("on"))?,
        customer: line.account.map(|text| ids.shared(text, "accounts")).transpose()?,
        body,
    })
}

fn id(text: &str, field: &'static str) -> Result<Id, DecodeError> {
    Id::new(text).map_err(|_| LineError::Wrong(field).into())
}

/// Why a line cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeError {
    /// The envelope is wrong.
    Line(LineError),
    /// The body is wrong.
    Body(Malformed),
}

impl From<LineError> for DecodeError {
    fn from(error: LineError) -> Self {
        Self::Line(error)
    }
}

impl From<Malformed> for DecodeError {
    fn from(error: Malformed) -> Self {
        Self::Body(error)
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(error) => error.fmt(f),
            Self::Body(error) => write!(f, "body: {error}"),
        }
    }
}

impl std::error::Error for DecodeError {}
