//! Canonical JSON: compact, and every amount a decimal string with the currency's decimals.

use crate::money::{Currency, Money};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};
use std::io;

/// Writes a body. Amounts are the only signed integers in bodies, so the formatter can recognize them.
pub fn write<T: Serialize>(written: &T, currency: &Currency) -> String {
    let mut bytes = Vec::with_capacity(256);
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Amounts { currency });
    // Writing plain data to memory cannot fail: there are no maps with unusual keys and no IO.
    let written = written.serialize(&mut serializer);
    debug_assert!(written.is_ok());
    String::from_utf8(bytes).unwrap_or_default()
}

/// Whether writing the content again produces these bytes. Without a currency that is not checked.
pub fn is_canonical<T: Serialize>(content: &T, json: &str, currency: Option<&Currency>) -> bool {
    currency.is_none_or(|currency| write(content, currency) == json)
}

struct Amounts<'a> {
    currency: &'a Currency,
}

impl Formatter for Amounts<'_> {
    fn write_i64<W: ?Sized + io::Write>(&mut self, writer: &mut W, minor: i64) -> io::Result<()> {
        CompactFormatter.begin_string(writer)?;
        writer.write_all(self.currency.format(Money(minor)).as_bytes())?;
        CompactFormatter.end_string(writer)
    }
}
