//! Tables for spreadsheets. Texts are quoted and escaped so that none is taken for a formula. Amounts are in two columns,
//! debit and credit, and never negative.

use super::Transaction;
use crate::chart;
use anyhow::Result;
use ledger::money::Currency;
use ledger::posting::{Posting, Side};
use std::io::Write;

const HEADING: &str = "date,dated,number,entry,kind,customer,code,account,party,debit,credit,currency";

/// Writes one row a posting: its day in the posted journal, then the business date of its entry; with line ends as in RFC 4180.
pub fn write(out: &mut impl Write, currency: &Currency, all: &[Transaction]) -> Result<()> {
    write!(out, "{HEADING}\r\n")?;
    for each in all {
        let entry = &each.entry;
        for posting in each.moved.iter().map(Posting::from) {
            let amount = currency.format(posting.amount);
            let (debit, credit) = match posting.side {
                Side::Debit => (amount.as_str(), ""),
                Side::Credit => ("", amount.as_str()),
            };
            let code = posting.account.code;
            let texts =
                [entry.no.as_deref().unwrap_or_default(), entry.id.as_str(), entry.body.kind(), &each.name];
            write!(out, "{},{}", each.day, entry.on)?;
            texts.iter().try_for_each(|text| write!(out, ",{}", escaped(text)))?;
            write!(
                out,
                ",{},{},{}",
                u16::from(code),
                escaped(chart::name(code)),
                escaped(&posting.account.party)
            )?;
            write!(out, ",{debit},{credit},{}\r\n", currency.code)?;
        }
    }
    Ok(())
}

/// A quoted text. A text that a spreadsheet would run as a formula, or that begins with an apostrophe, gets an apostrophe
/// in front, which a reader has to remove.
pub fn escaped(text: &str) -> String {
    let special = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\''];
    let prefix = if text.starts_with(special) { "'" } else { "" };
    format!("\"{prefix}{}\"", text.replace('"', "\"\""))
}
