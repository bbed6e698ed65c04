//! Postings for spreadsheets, one a row. Amounts are in two columns, debit and credit, and never negative.

use crate::chart;
use crate::csv::{row, safe};
use crate::transaction::Transaction;
use ledger::money::Currency;
use ledger::posting::{Posting, Side};

const HEADING: [&str; 12] = [
    "date", "dated", "number", "entry", "kind", "customer", "code", "account", "party", "debit", "credit",
    "currency",
];

/// Appends the heading.
pub fn begin(out: &mut String) {
    row(out, HEADING);
}

/// Appends one row a posting: its day in the posted journal, then the business date of its entry.
pub fn add(out: &mut String, currency: &Currency, each: &Transaction) {
    let entry = &each.entry;
    for posting in each.moved.iter().map(Posting::from) {
        let amount = currency.format(posting.amount);
        let (debit, credit) = match posting.side {
            Side::Debit => (amount.as_str(), ""),
            Side::Credit => ("", amount.as_str()),
        };
        let code = posting.account.code;
        let cells: [&str; 12] = [
            &each.day.to_string(),
            &entry.on.to_string(),
            &safe(entry.no.as_deref().unwrap_or_default()),
            &safe(entry.id.as_str()),
            entry.body.kind(),
            &safe(&each.name),
            &u16::from(code).to_string(),
            chart::name(code),
            &safe(&posting.account.party),
            debit,
            credit,
            &currency.code,
        ];
        row(out, cells);
    }
}
