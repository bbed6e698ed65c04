//! The fields of one line of the journal.

use crate::clock::Clock;
use crate::hash::Hash;
use crate::press::Press;
use serde::Serialize;
use serde_json::value::RawValue;

/// A line, borrowed from its bytes. The body is valid JSON and is not decoded.
pub type Line<'a> = LineOf<'a, &'a RawValue>;

/// A line whose body has not been parsed: the envelope is complete and in range, the body may be any text.
pub type Envelope<'a> = LineOf<'a, &'a str>;

/// The fields of a line: [`Line`] or [`Envelope`].
#[derive(Debug, Clone, Serialize)]
pub struct LineOf<'a, B> {
    /// The shop that the entry belongs to.
    pub shop: &'a str,
    /// The device that wrote the line.
    pub device: &'a str,
    /// The device's chain, from 1.
    pub chain: u32,
    /// The line's number in its chain, from 1 without gaps.
    pub seq: u64,
    /// Hash of the previous line of the chain; `None` for the first.
    pub prev: Option<Hash>,
    /// When the line was written, by the device's hybrid clock.
    pub clock: Clock,
    /// The id of the document or act.
    pub id: &'a str,
    /// The document number, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no: Option<&'a str>,
    /// The id of the staff member who acted.
    pub actor: &'a str,
    /// The business date, `YYYY-MM-DD`.
    pub on: &'a str,
    /// The time zone of the business date.
    pub zone: &'a str,
    /// The place of the line in its press, if the press has several lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub press: Option<Press>,
    /// The customer whose account the entry changes, if any: `accounts` on the wire.
    #[serde(rename = "accounts", serialize_with = "as_list")]
    pub account: Option<&'a str>,
    /// The kind of the entry, such as `payment.recorded`.
    pub kind: &'a str,
    /// The version of the kind's body, from 1.
    pub kv: u32,
    /// The body of the entry.
    pub body: B,
}

impl<'a> Line<'a> {
    /// The same line with its body as text, for callers that parse bodies themselves.
    #[must_use]
    pub fn to_envelope(&self) -> Envelope<'a> {
        self.clone().with_body(self.body.get())
    }
}

impl<'a, B> LineOf<'a, B> {
    /// The same line with its body in another form.
    pub(crate) fn with_body<C>(self, body: C) -> LineOf<'a, C> {
        let Self {
            shop,
            device,
            chain,
            seq,
            prev,
            clock,
            id,
            no,
            actor,
            on,
            zone,
            press,
            account,
            kind,
            kv,
            ..
        } = self;
        LineOf {
            shop,
            device,
            chain,
            seq,
            prev,
            clock,
            id,
            no,
            actor,
            on,
            zone,
            press,
            account,
            kind,
            kv,
            body,
        }
    }
}

fn as_list<S: serde::Serializer>(account: &Option<&str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(account)
}
