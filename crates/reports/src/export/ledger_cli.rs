//! Journals for hledger and Ledger: the same text, except for the declaration of decimals.

use super::names::Names;
use super::{Format, line, one_line};
use crate::transaction::Transaction;
use crate::words;
use ledger::money::{Currency, Money};

/// Appends the declarations that strict readers require.
pub fn begin(out: &mut String, format: Format, title: &str, currency: &Currency) {
    line(out, &format!("; {}", one_line(title)));
    line(out, &format!("commodity {}", currency.code));
    if format == Format::Hledger {
        let sample = currency.format(Money(1_000 * 10_i64.pow(u32::from(currency.decimals))));
        let point = if currency.decimals == 0 { "." } else { "" };
        line(out, &format!("    format {sample}{point} {}\n", currency.code));
    }
    line(out, "tag id\ntag dated");
}

/// Appends a transaction, after the declarations of the accounts that it is the first to use.
pub fn add(out: &mut String, currency: &Currency, names: &mut Names, each: &Transaction) {
    let new = names.first_used(each);
    if !new.is_empty() {
        out.push('\n');
    }
    new.iter().for_each(|name| line(out, &format!("account {name}")));
    let (entry, kind) = (&each.entry, words::kind(each.entry.body.entry_kind()));
    let code = entry.no.as_ref().map_or(String::new(), |no| format!(" ({})", one_line(no).replace(')', " ")));
    let name = one_line(&each.name);
    let whom = if name.is_empty() { String::new() } else { format!(", {name}") };
    line(out, &format!("\n{} *{code} {kind}{whom}", each.day));
    line(out, &format!("    ; id: {}", entry.id));
    if let Some(dated) = each.late_from() {
        line(out, &format!("    ; dated: {dated}"));
    }
    for moved in &each.moved {
        let amount = currency.format(moved.amount);
        line(out, &format!("    {}  {amount} {}", names.of(&moved.account), currency.code));
    }
}
