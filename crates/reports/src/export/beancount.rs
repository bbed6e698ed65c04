//! Files for Beancount.

use super::line;
use super::names::Names;
use crate::transaction::Transaction;
use crate::words;
use ledger::money::Currency;

/// Appends the options.
pub fn begin(out: &mut String, title: &str, currency: &Currency) {
    line(out, &format!("option \"title\" {}", quoted(title)));
    line(out, &format!("option \"operating_currency\" \"{}\"", currency.code));
}

/// Appends a transaction. Every account opens on the day when it is first used, in the shop's currency.
pub fn add(out: &mut String, currency: &Currency, names: &mut Names, each: &Transaction) {
    let new = names.first_used(each);
    if !new.is_empty() {
        out.push('\n');
    }
    new.iter().for_each(|name| line(out, &format!("{} open {name} {}", each.day, currency.code)));
    let (entry, kind) = (&each.entry, words::kind(each.entry.body.entry_kind()));
    line(out, &format!("\n{} * {} {}", each.day, quoted(&each.name), quoted(kind)));
    line(out, &format!("  id: \"{}\"", entry.id));
    if let Some(no) = &entry.no {
        line(out, &format!("  number: {}", quoted(no)));
    }
    if let Some(dated) = each.late_from() {
        line(out, &format!("  dated: {dated}"));
    }
    for moved in &each.moved {
        let amount = currency.format(moved.amount);
        line(out, &format!("  {}  {amount} {}", names.of(&moved.account), currency.code));
    }
}

/// A string as Beancount reads it.
fn quoted(text: &str) -> String {
    let clean = |each: char| if each.is_control() { ' ' } else { each };
    let text: String = text.chars().map(clean).collect();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
