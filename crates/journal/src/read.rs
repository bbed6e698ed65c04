//! Reading a line: bytes to fields, strictly, without copying.

use crate::canonical;
use crate::class::{ID, KIND, ZONE, is_date, is_text};
use crate::error::LineError;
use crate::fields::Fields;
use crate::limits::{MAX_LINE, MAX_WHOLE};
use crate::line::{Envelope, Line};
use crate::press::Press;
use serde_json::value::RawValue;

impl<'a> Line<'a> {
    /// Parses a line, strictly: every field, no other field, each of its type and in its range.
    ///
    /// # Errors
    /// The first [`LineError`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, LineError> {
        let text = text(bytes)?;
        if let Some(column) = line_end(text) {
            return Err(LineError::NotJson { column });
        }
        if let Some(line) = canonical::read(text)
            && let Ok(body) = serde_json::from_str(line.body)
        {
            return Ok(line.with_body(body));
        }
        let line = any_order(text)?;
        check_ranges(&line)?;
        Ok(line)
    }

    /// Parses a line's envelope alone, for callers that parse the body next: the body is not parsed twice.
    ///
    /// # Errors
    /// As [`Line::parse`], except for errors inside the body of a line in the canonical form. A caller that cannot
    /// parse that body calls [`Envelope::check_body`] or [`Line::parse`] to learn what is wrong.
    pub fn envelope(bytes: &'a [u8]) -> Result<Envelope<'a>, LineError> {
        match canonical::read(text(bytes)?) {
            Some(line) => Ok(line),
            None => Ok(Line::parse(bytes)?.to_envelope()),
        }
    }
}

impl Envelope<'_> {
    /// Returns the error of [`Line::parse`] for a body that is not JSON. `offset` is the number of bytes before the
    /// body in the line.
    ///
    /// # Errors
    /// [`LineError::NotJson`].
    pub fn check_body(&self, offset: usize) -> Result<(), LineError> {
        let not_json =
            || serde_json::from_str::<&RawValue>(self.body).err().map(|error| error.column().max(1));
        match line_end(self.body).or_else(not_json) {
            Some(column) => Err(LineError::NotJson { column: offset + column }),
            None => Ok(()),
        }
    }
}

/// Accepts the fields in any order, with any space between them.
fn any_order(text: &str) -> Result<Line<'_>, LineError> {
    let fields = Fields::split(text)?;
    if fields.required::<u64>("v")? != 1 {
        return Err(LineError::Version);
    }
    Ok(Line {
        shop: fields.required("shop")?,
        device: fields.required("device")?,
        chain: fields.required("chain")?,
        seq: fields.required("seq")?,
        prev: fields.required("prev")?,
        clock: fields.required("clock")?,
        id: fields.required("id")?,
        no: fields.optional("no")?,
        actor: fields.required("actor")?,
        on: fields.required("on")?,
        zone: fields.required("zone")?,
        press: fields.optional("press")?,
        account: at_most_one(fields.required("accounts")?)?,
        kind: fields.required("kind")?,
        kv: fields.required("kv")?,
        body: fields.required::<&RawValue>("body")?,
    })
}

fn text(bytes: &[u8]) -> Result<&str, LineError> {
    if bytes.len() > MAX_LINE {
        return Err(LineError::TooLong { bytes: bytes.len() });
    }
    std::str::from_utf8(bytes).map_err(|_| LineError::NotText)
}

/// The column, from 1, of a line end inside the text: JSON allows it between tokens, but it would split the line in a
/// file.
fn line_end(text: &str) -> Option<usize> {
    text.bytes().position(|byte| matches!(byte, b'\n' | b'\r')).map(|at| at + 1)
}

fn at_most_one(accounts: Vec<&str>) -> Result<Option<&str>, LineError> {
    match accounts.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(LineError::Wrong("accounts")),
    }
}

fn check_ranges(line: &Line<'_>) -> Result<(), LineError> {
    let is_id = |text: &str| is_text(text, ID);
    let checks = [
        ("shop", is_id(line.shop)),
        ("device", is_id(line.device)),
        ("chain", line.chain > 0),
        ("seq", (1..=MAX_WHOLE).contains(&line.seq)),
        ("prev", line.prev.is_none() == (line.seq == 1)),
        ("clock", line.clock.0 <= MAX_WHOLE),
        ("id", is_id(line.id)),
        ("no", line.no.is_none_or(is_id)),
        ("actor", is_id(line.actor)),
        ("on", is_date(line.on)),
        ("zone", is_text(line.zone, ZONE)),
        ("press", line.press.is_none_or(Press::is_valid)),
        ("accounts", line.account.is_none_or(is_id)),
        ("kind", is_text(line.kind, KIND)),
        ("kv", line.kv > 0),
        ("body", line.body.get().starts_with('{')),
    ];
    match checks.into_iter().find(|(_, valid)| !valid) {
        Some((name, _)) => Err(LineError::Wrong(name)),
        None => Ok(()),
    }
}
