//! Reading a line: bytes to envelope, strictly, borrowing everything.

use crate::error::LineError;
use crate::fields::Fields;
use crate::line::{Line, MAX_LINE};
use serde_json::value::RawValue;

/// JSON readers elsewhere hold whole numbers exactly only up to here: 2^53 − 1.
const MAX_WHOLE: u64 = (1 << 53) - 1;

pub(crate) fn read(bytes: &[u8]) -> Result<Line<'_>, LineError> {
    let text = text(bytes)?;
    let line = crate::canonical::read(text).map_or_else(|| any(text), Ok)?;
    in_range(&line)?;
    Ok(line)
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

/// One line means one line: a line end inside, legal in JSON between tokens, would tear it apart in a file.
fn text(bytes: &[u8]) -> Result<&str, LineError> {
    if bytes.len() > MAX_LINE {
        return Err(LineError::TooLong { bytes: bytes.len() });
    }
    if let Some(at) = bytes.iter().position(|b| matches!(b, b'\n' | b'\r')) {
        return Err(LineError::NotJson { column: at + 1 });
    }
    std::str::from_utf8(bytes).map_err(|_| LineError::NotText)
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
        ("zone", is_word(line.zone, 64, b"/_+-")),
        ("accounts", line.account.is_none_or(is_id)),
        ("kind", is_word(line.kind, 64, b".-")),
        ("kv", line.kv > 0),
        ("body", line.body.get().starts_with('{')),
    ];
    match checks.into_iter().find(|(_, right)| !right) {
        Some((name, _)) => Err(LineError::Wrong(name)),
        None => Ok(()),
    }
}

fn is_id(text: &str) -> bool {
    is_word(text, 64, b"-")
}

fn is_word(text: &str, longest: usize, also: &[u8]) -> bool {
    (1..=longest).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || also.contains(&b))
}

/// The shape only; whether there is such a day is for those who reckon with it.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
}
