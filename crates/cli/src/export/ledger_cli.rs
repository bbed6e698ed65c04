//! Journals for hledger and Ledger: the same text, except for the declaration of decimals.

use super::{Format, Names, Transaction, one_line};
use crate::text;
use anyhow::Result;
use ledger::money::{Currency, Money};
use ledger::shop::Shop;
use std::io::Write;

/// Writes the journal with all declarations that strict readers require.
pub fn write(
    out: &mut impl Write,
    format: Format,
    shop: &Shop,
    currency: &Currency,
    mut names: Names,
    all: &[Transaction],
) -> Result<()> {
    writeln!(out, "; {}", one_line(&shop.name))?;
    writeln!(out, "commodity {}", currency.code)?;
    if format == Format::Hledger {
        let sample = currency.format(Money(1_000 * 10_i64.pow(u32::from(currency.decimals))));
        let point = if currency.decimals == 0 { "." } else { "" };
        writeln!(out, "    format {sample}{point} {}\n", currency.code)?;
    }
    writeln!(out, "tag id\ntag dated")?;
    for each in all {
        let new = names.first_used(each);
        if !new.is_empty() {
            writeln!(out)?;
        }
        new.iter().try_for_each(|name| writeln!(out, "account {name}"))?;
        transaction(out, currency, &names, each)?;
    }
    Ok(())
}

fn transaction(out: &mut impl Write, currency: &Currency, names: &Names, each: &Transaction) -> Result<()> {
    let (entry, kind) = (&each.entry, text::kind(each.entry.body.entry_kind()));
    let code = entry.no.as_ref().map_or(String::new(), |no| format!(" ({})", one_line(no).replace(')', " ")));
    let name = one_line(&each.name);
    let whom = if name.is_empty() { String::new() } else { format!(", {name}") };
    writeln!(out, "\n{} *{code} {kind}{whom}", each.day)?;
    writeln!(out, "    ; id: {}", entry.id)?;
    if let Some(dated) = each.late_from() {
        writeln!(out, "    ; dated: {dated}")?;
    }
    for moved in &each.moved {
        writeln!(
            out,
            "    {}  {} {}",
            names.of(&moved.account),
            currency.format(moved.amount),
            currency.code
        )?;
    }
    Ok(())
}
