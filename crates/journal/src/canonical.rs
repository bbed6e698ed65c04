//! Reads envelopes in the canonical form, as this program writes them: every field in its place and in range, with
//! nothing between the fields. Other lines are left to [`crate::Line::parse`], which accepts the fields in any order and
//! reports what is wrong.

use crate::class::{ID, KIND, ZONE, is_date, is_of};
use crate::clock::Clock;
use crate::hash::Hash;
use crate::limits::{MAX_TEXT, MAX_WHOLE};
use crate::line::Envelope;
use crate::press::Press;

/// The envelope, or `None` where the line is not in the canonical form.
pub(crate) fn read(text: &str) -> Option<Envelope<'_>> {
    let mut rest = Rest(text);
    rest.skip("{\"v\":1,\"shop\":\"")?;
    let shop = rest.text(ID)?;
    rest.skip(",\"device\":\"")?;
    let device = rest.text(ID)?;
    rest.skip(",\"chain\":")?;
    let chain = rest.count()?;
    rest.skip(",\"seq\":")?;
    let seq = rest.number().filter(|seq| *seq > 0)?;
    let prev = rest.prev().filter(|prev| prev.is_none() == (seq == 1))?;
    rest.skip(",\"clock\":[")?;
    let millis = rest.number()?;
    rest.skip(",")?;
    let clock = Clock(millis, u32::try_from(rest.number()?).ok()?);
    rest.skip("],\"id\":\"")?;
    let id = rest.text(ID)?;
    let no = if rest.skip(",\"no\":\"").is_some() { Some(rest.text(ID)?) } else { None };
    rest.skip(",\"actor\":\"")?;
    let actor = rest.text(ID)?;
    rest.skip(",\"on\":\"")?;
    let on = rest.text(ID).filter(|on| is_date(on))?;
    rest.skip(",\"zone\":\"")?;
    let zone = rest.text(ZONE)?;
    let press = if rest.skip(",\"press\":[").is_some() { Some(rest.press()?) } else { None };
    rest.skip(",\"accounts\":[")?;
    let account = if rest.skip("\"").is_some() { Some(rest.text(ID)?) } else { None };
    rest.skip("],\"kind\":\"")?;
    let kind = rest.text(KIND)?;
    rest.skip(",\"kv\":")?;
    let kv = rest.count()?;
    rest.skip(",\"body\":")?;
    let body = rest.0.strip_suffix('}').filter(|body| body.starts_with('{'))?;
    Some(Envelope {
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
    })
}

/// The part of the line that has not been read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    #[inline(always)]
    fn skip(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    /// A text of one class of bytes, up to its closing quote.
    #[inline(always)]
    fn text(&mut self, class: u8) -> Option<&'a str> {
        let end = self.0.bytes().position(|byte| !is_of(byte, class))?;
        let (text, rest) = self.0.split_at_checked(end)?;
        self.0 = rest.strip_prefix('"')?;
        (1..=MAX_TEXT).contains(&end).then_some(text)
    }

    /// Digits without a leading zero, up to [`MAX_WHOLE`].
    #[inline(always)]
    fn number(&mut self) -> Option<u64> {
        let (mut number, mut length) = (0_u64, 0);
        for digit in self.0.bytes().map(|byte| byte.wrapping_sub(b'0')).take_while(|digit| *digit < 10) {
            number = number.checked_mul(10)?.checked_add(u64::from(digit))?;
            length += 1;
        }
        let padded = length > 1 && self.0.starts_with('0');
        self.0 = self.0.get(length..)?;
        (length > 0 && !padded && number <= MAX_WHOLE).then_some(number)
    }

    /// A number above zero that fits in 32 bits.
    #[inline(always)]
    fn count(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok().filter(|count| *count > 0)
    }

    /// `1,2]`
    fn press(&mut self) -> Option<Press> {
        let line = self.count()?;
        self.skip(",")?;
        let of = self.count()?;
        self.skip("]")?;
        Some(Press(line, of)).filter(|press| press.is_valid())
    }

    fn prev(&mut self) -> Option<Option<Hash>> {
        self.skip(",\"prev\":")?;
        if self.skip("null").is_some() {
            return Some(None);
        }
        self.skip("\"")?;
        let (digits, rest) = self.0.split_at_checked(64)?;
        self.0 = rest.strip_prefix('"')?;
        Some(Some(Hash::parse(digits).ok()?))
    }
}
