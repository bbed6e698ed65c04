//! Reading a line: bytes to envelope, strictly, borrowing everything.

use crate::class::{ID, KIND, LONGEST, ZONE, is_of};
use crate::error::LineError;
use crate::fields::Fields;
use crate::line::{Envelope, Line, MAX_LINE};
use serde_json::value::RawValue;

/// JSON readers elsewhere hold whole numbers exactly only up to here: 2^53 − 1.
pub(crate) const MAX_WHOLE: u64 = (1 << 53) - 1;

pub(crate) fn read(bytes: &[u8]) -> Result<Line<'_>, LineError> {
    let text = text(bytes)?;
    one_line(text)?;
    if let Some(line) = crate::canonical::read(text)
        && let Ok(body) = serde_json::from_str(line.body)
    {
        return Ok(line.with_body(body));
    }
    let line = any(text)?;
    in_range(&line)?;
    Ok(line)
}

pub(crate) fn envelope(bytes: &[u8]) -> Result<Envelope<'_>, LineError> {
    if let Some(line) = crate::canonical::read(text(bytes)?) {
        return Ok(line);
    }
    let line = read(bytes)?;
    let body = line.body.get();
    Ok(line.with_body(body))
}

/// Takes the fields in any sequence, with any space between them.
fn any(text: &str) -> Result<Line<'_>, LineError> {
    let fields = Fields::split(text)?;
    if fields.must::<u64>("v")? != 1 {
        return Err(LineError::Version);
    }
    Ok(Line {
        shop: fields.must("shop")?,
        device: fields.must("device")?,
        chain: fields.must("chain")?,
        seq: fields.must("seq")?,
        prev: fields.must("prev")?,
        clock: fields.must("clock")?,
        id: fields.must("id")?,
        no: fields.maybe("no")?,
        actor: fields.must("actor")?,
        on: fields.must("on")?,
        zone: fields.must("zone")?,
        account: one_or_none(fields.must("accounts")?)?,
        kind: fields.must("kind")?,
        kv: fields.must("kv")?,
        body: fields.must::<&RawValue>("body")?,
    })
}

fn text(bytes: &[u8]) -> Result<&str, LineError> {
    if bytes.len() > MAX_LINE {
        return Err(LineError::TooLong { bytes: bytes.len() });
    }
    std::str::from_utf8(bytes).map_err(|_| LineError::NotText)
}

/// Whether a text is JSON on one line; else the byte column, from 1, where reading stopped.
pub(crate) fn body(text: &str) -> Result<(), usize> {
    if let Err(LineError::NotJson { column }) = one_line(text) {
        return Err(column);
    }
    serde_json::from_str::<&RawValue>(text).map(|_| ()).map_err(|error| error.column().max(1))
}

/// One line means one line: a line end inside, legal in JSON between tokens, would tear it apart in a file.
fn one_line(text: &str) -> Result<(), LineError> {
    match text.bytes().position(|byte| matches!(byte, b'\n' | b'\r')) {
        Some(at) => Err(LineError::NotJson { column: at + 1 }),
        None => Ok(()),
    }
}

fn one_or_none(accounts: Vec<&str>) -> Result<Option<&str>, LineError> {
    match accounts.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(LineError::Wrong("accounts")),
    }
}

fn in_range(line: &Line<'_>) -> Result<(), LineError> {
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
        ("zone", is_word(line.zone, ZONE)),
        ("accounts", line.account.is_none_or(is_id)),
        ("kind", is_word(line.kind, KIND)),
        ("kv", line.kv > 0),
        ("body", line.body.get().starts_with('{')),
    ];
    match checks.into_iter().find(|(_, right)| !right) {
        Some((name, _)) => Err(LineError::Wrong(name)),
        None => Ok(()),
    }
}

fn is_id(text: &str) -> bool {
    is_word(text, ID)
}

fn is_word(text: &str, class: u8) -> bool {
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| is_of(byte, class))
}

/// The shape only; whether there is such a day is for those who reckon with it.
pub(crate) fn is_date(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
}
