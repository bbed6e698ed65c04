//! Reads the lines that this program writes: every field in its place, nothing between them. Any other line is left to
//! the reader that takes fields in any sequence and says what is wrong.

use crate::clock::Clock;
use crate::hash::Hash;
use crate::line::Line;
use serde_json::value::RawValue;

/// The line, or nothing where it is not written like that. The same checks of ranges follow as for any line.
pub(crate) fn read(text: &str) -> Option<Line<'_>> {
    let mut rest = Rest(text);
    rest.skip("{\"v\":1,\"shop\":\"")?;
    let shop = rest.word()?;
    rest.skip(",\"device\":\"")?;
    let device = rest.word()?;
    rest.skip(",\"chain\":")?;
    let chain = u32::try_from(rest.number()?).ok()?;
    rest.skip(",\"seq\":")?;
    let seq = rest.number()?;
    let prev = rest.prev()?;
    rest.skip(",\"clock\":[")?;
    let millis = rest.number()?;
    rest.skip(",")?;
    let clock = Clock(millis, u32::try_from(rest.number()?).ok()?);
    rest.skip("],\"id\":\"")?;
    let id = rest.word()?;
    let no = if rest.skip(",\"no\":\"").is_some() { Some(rest.word()?) } else { None };
    rest.skip(",\"actor\":\"")?;
    let actor = rest.word()?;
    rest.skip(",\"on\":\"")?;
    let on = rest.word()?;
    rest.skip(",\"zone\":\"")?;
    let zone = rest.word()?;
    rest.skip(",\"accounts\":[")?;
    let account = if rest.skip("\"").is_some() { Some(rest.word()?) } else { None };
    rest.skip("],\"kind\":\"")?;
    let kind = rest.word()?;
    rest.skip(",\"kv\":")?;
    let kv = u32::try_from(rest.number()?).ok()?;
    rest.skip(",\"body\":")?;
    let body: &RawValue = serde_json::from_str(rest.0.strip_suffix('}')?).ok()?;
    Some(Line { shop, device, chain, seq, prev, clock, id, no, actor, on, zone, account, kind, kv, body })
}

/// What is not read yet.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn skip(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    /// Up to the closing quote; nothing that would have to be unescaped, and nothing that JSON forbids.
    fn word(&mut self) -> Option<&'a str> {
        let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
        let (word, rest) = self.0.split_at_checked(self.0.as_bytes().iter().position(ends)?)?;
        self.0 = rest.strip_prefix('"')?;
        Some(word)
    }

    /// Digits without a zero in front.
    fn number(&mut self) -> Option<u64> {
        let end = self.0.bytes().position(|byte| !byte.is_ascii_digit())?;
        let (digits, rest) = self.0.split_at_checked(end)?;
        if digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        self.0 = rest;
        digits.parse().ok()
    }

    fn prev(&mut self) -> Option<Option<Hash>> {
        self.skip(",\"prev\":")?;
        if self.skip("null").is_some() {
            return Some(None);
        }
        self.skip("\"")?;
        Some(Some(Hash::parse(self.word()?).ok()?))
    }
}
