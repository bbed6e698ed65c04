//! Files for Beancount.

use super::{Names, Transaction, first};
use crate::text;
use anyhow::Result;
use ledger::money::Currency;
use ledger::shop::Shop;
use std::io::Write;

/// Writes the file. Every account opens on the first day, in the shop's currency.
pub fn write(
    out: &mut impl Write,
    shop: &Shop,
    currency: &Currency,
    names: &Names,
    all: &[Transaction],
) -> Result<()> {
    writeln!(out, "option \"title\" {}", quoted(&shop.name))?;
    writeln!(out, "option \"operating_currency\" \"{}\"\n", currency.code)?;
    if let Some(first) = first(all) {
        names.all().try_for_each(|name| writeln!(out, "{first} open {name} {}", currency.code))?;
    }
    all.iter().try_for_each(|each| transaction(out, currency, names, each))
}

fn transaction(out: &mut impl Write, currency: &Currency, names: &Names, each: &Transaction) -> Result<()> {
    let (entry, kind) = (&each.entry, text::kind(each.entry.body.entry_kind()));
    writeln!(out, "\n{} * {} {}", entry.on, quoted(&each.name), quoted(kind))?;
    writeln!(out, "  id: \"{}\"", entry.id)?;
    if let Some(no) = &entry.no {
        writeln!(out, "  number: {}", quoted(no))?;
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
