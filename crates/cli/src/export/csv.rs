//! Tables for spreadsheets. No text is taken for a formula. Amounts are in two columns, debit and credit, and never negative.

use super::Transaction;
use crate::chart;
use anyhow::Result;
use csv::{Terminator, WriterBuilder};
use ledger::money::Currency;
use ledger::posting::{Posting, Side};
use std::borrow::Cow;
use std::io::Write;

const HEADING: [&str; 12] = [
    "date", "dated", "number", "entry", "kind", "customer", "code", "account", "party", "debit", "credit",
    "currency",
];

/// Writes one row a posting: its day in the posted journal, then the business date of its entry; as in RFC 4180.
pub fn write(out: &mut impl Write, currency: &Currency, all: &[Transaction]) -> Result<()> {
    let mut rows = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    rows.write_record(HEADING)?;
    for each in all {
        let entry = &each.entry;
        for posting in each.moved.iter().map(Posting::from) {
            let amount = currency.format(posting.amount);
            let (debit, credit) = match posting.side {
                Side::Debit => (amount.as_str(), ""),
                Side::Credit => ("", amount.as_str()),
            };
            let code = posting.account.code;
            rows.write_record([
                &each.day.to_string(),
                &entry.on.to_string(),
                &*safe(entry.no.as_deref().unwrap_or_default()),
                &*safe(entry.id.as_str()),
                entry.body.kind(),
                &*safe(&each.name),
                &u16::from(code).to_string(),
                chart::name(code),
                &*safe(&posting.account.party),
                debit,
                credit,
                &currency.code,
            ])?;
        }
    }
    rows.flush()?;
    Ok(())
}

/// A text that a spreadsheet would run as a formula, or that begins with an apostrophe, gets an apostrophe in front, which a
/// reader has to remove.
fn safe(text: &str) -> Cow<'_, str> {
    let special = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\''];
    if text.starts_with(special) { format!("'{text}").into() } else { text.into() }
}
