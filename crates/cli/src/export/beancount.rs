//! Files for Beancount.

use super::{Names, Transaction};
use crate::text;
use anyhow::Result;
use ledger::money::Currency;
use ledger::shop::Shop;
use std::io::Write;

/// Writes the file. Every account opens on the day when it is first used, in the shop's currency.
pub fn write(
    out: &mut impl Write,
    shop: &Shop,
    currency: &Currency,
    mut names: Names,
    all: &[Transaction],
) -> Result<()> {
    writeln!(out, "option \"title\" {}", quoted(&shop.name))?;
    writeln!(out, "option \"operating_currency\" \"{}\"", currency.code)?;
    for each in all {
        let new = names.first_used(each);
        if !new.is_empty() {
            writeln!(out)?;
        }
        new.iter().try_for_each(|name| writeln!(out, "{} open {name} {}", each.day, currency.code))?;
        transaction(out, currency, &names, each)?;
    }
    Ok(())
}

fn transaction(out: &mut impl Write, currency: &Currency, names: &Names, each: &Transaction) -> Result<()> {
    let (entry, kind) = (&each.entry, text::kind(each.entry.body.entry_kind()));
    writeln!(out, "\n{} * {} {}", each.day, quoted(&each.name), quoted(kind))?;
    writeln!(out, "  id: \"{}\"", entry.id)?;
    if let Some(no) = &entry.no {
        writeln!(out, "  number: {}", quoted(no))?;
    }
    if let Some(dated) = each.late_from() {
        writeln!(out, "  dated: {dated}")?;
    }
    for moved in &each.moved {
        writeln!(out, "  {}  {} {}", names.of(&moved.account), currency.format(moved.amount), currency.code)?;
    }
    Ok(())
}

/// A string as Beancount reads it.
fn quoted(text: &str) -> String {
    let clean = |each: char| if each.is_control() { ' ' } else { each };
    let text: String = text.chars().map(clean).collect();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
