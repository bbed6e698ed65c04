//! A table for spreadsheets. Text is quoted, and guarded so that none of it is ever taken for a formula; amounts stand
//! in two columns, debit and credit, and are never below zero.

use super::Transaction;
use crate::chart;
use anyhow::Result;
use ledger::money::Currency;
use ledger::posting::{Posting, Side};
use std::io::Write;

const HEADING: &str = "date,number,entry,kind,customer,code,account,party,debit,credit,currency";

/// One row a posting, lines ended as RFC 4180 says.
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
            write!(out, "{}", entry.on)?;
            texts.iter().try_for_each(|text| write!(out, ",{}", guarded(text)))?;
            write!(
                out,
                ",{},{},{}",
                u16::from(code),
                guarded(chart::name(code)),
                guarded(&posting.account.party)
            )?;
            write!(out, ",{debit},{credit},{}\r\n", currency.code)?;
        }
    }
    Ok(())
}

/// Quoted; and what a spreadsheet would run, or what begins with the guard itself, has an apostrophe in front, which
/// whoever reads it back takes off.
pub fn guarded(text: &str) -> String {
    let runs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\''];
    let guard = if text.starts_with(runs) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}
