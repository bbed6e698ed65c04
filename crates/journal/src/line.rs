//! One line of the journal: what its envelope says, and how it is written.

use crate::clock::Clock;
use crate::error::LineError;
use crate::hash::Hash;
use serde::Serialize;
use serde_json::value::RawValue;

/// The longest line in bytes, its line end not counted.
pub const MAX_LINE: usize = 16 * 1024;

/// A line's envelope, borrowed from its bytes; the body is JSON and kept unread.
pub type Line<'a> = LineOf<'a, &'a RawValue>;

/// A line whose body nobody has looked at: the envelope is whole and in range, the body may be anything.
pub type Envelope<'a> = LineOf<'a, &'a str>;

/// The fields of a line: [`Line`] or [`Envelope`].
#[derive(Debug, Clone, Serialize)]
pub struct LineOf<'a, B> {
    /// The shop whose book it is.
    pub shop: &'a str,
    /// The browser that wrote it.
    pub device: &'a str,
    /// Which of the device's chains, from 1.
    pub chain: u32,
    /// Its number in the chain, from 1 without gaps.
    pub seq: u64,
    /// Hash of the line before; `None` for the first of a chain.
    pub prev: Option<Hash>,
    /// When it was written, by the device's hybrid clock.
    pub clock: Clock,
    /// The id of the document or act.
    pub id: &'a str,
    /// The document number, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no: Option<&'a str>,
    /// Who acted.
    pub actor: &'a str,
    /// The business date, `YYYY-MM-DD`.
    pub on: &'a str,
    /// The time zone in which it was that date.
    pub zone: &'a str,
    /// The customer it touches, or none: `accounts` on the wire.
    #[serde(rename = "accounts", serialize_with = "as_list")]
    pub account: Option<&'a str>,
    /// What happened, such as `payment.recorded`.
    pub kind: &'a str,
    /// The version of the kind's body, from 1.
    pub kv: u32,
    /// What the act says.
    pub body: B,
}

impl<'a> Line<'a> {
    /// Reads a line, strictly: every field, no other field, each of its type.
    ///
    /// # Errors
    /// The first [`LineError`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, LineError> {
        crate::read::read(bytes)
    }

    /// Reads a line's envelope alone, for whoever reads the body next and would otherwise read it twice.
    ///
    /// # Errors
    /// As [`Line::parse`], but for what is wrong inside the body of a line that is written as this program writes
    /// them. Whoever cannot read that body asks [`Line::parse`] what is wrong with it.
    pub fn envelope(bytes: &'a [u8]) -> Result<Envelope<'a>, LineError> {
        crate::read::envelope(bytes)
    }

    /// Writes the line; its fields are checked by reading it back.
    ///
    /// # Errors
    /// [`LineError::Wrong`] for a field that [`Line::parse`] would not accept, [`LineError::TooLong`].
    pub fn write(&self) -> Result<String, LineError> {
        let text = serde_json::to_string(&Wire { v: 1, line: self }).map_err(|_| LineError::Wrong("body"))?;
        crate::read::read(text.as_bytes()).map(|_| ())?;
        Ok(text)
    }
}

impl<'a> Line<'a> {
    /// The same line for those who read bodies themselves.
    #[must_use]
    pub fn unread(&self) -> Envelope<'a> {
        self.clone().with_body(self.body.get())
    }
}

impl Envelope<'_> {
    /// What [`Line::parse`] would say about a body that is no JSON, when so many bytes stand before it in the line.
    ///
    /// # Errors
    /// [`LineError::NotJson`].
    pub fn check_body(&self, before: usize) -> Result<(), LineError> {
        crate::read::body(self.body).map_err(|column| LineError::NotJson { column: before + column })
    }
}

impl<'a, B> LineOf<'a, B> {
    /// The same line with its body in another form.
    pub(crate) fn with_body<C>(self, body: C) -> LineOf<'a, C> {
        let Self {
            shop, device, chain, seq, prev, clock, id, no, actor, on, zone, account, kind, kv, ..
        } = self;
        LineOf { shop, device, chain, seq, prev, clock, id, no, actor, on, zone, account, kind, kv, body }
    }
}

#[derive(Serialize)]
struct Wire<'a> {
    v: u8,
    #[serde(flatten)]
    line: &'a Line<'a>,
}

fn as_list<S: serde::Serializer>(account: &Option<&str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(account)
}
