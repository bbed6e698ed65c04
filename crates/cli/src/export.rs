//! Exports for plain-text accounting programs and spreadsheets: one transaction an entry, one posting a line.

mod beancount;
mod csv;
mod ledger_cli;
mod names;

use crate::reading::Transaction;
use anyhow::Result;
use clap::ValueEnum;
use ledger::money::Currency;
use ledger::shop::Shop;
use names::Names;
use std::io::Write;

/// The format of an export.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A journal for hledger
    Hledger,
    /// A journal for Ledger 3
    Ledger,
    /// A file for Beancount 2 and 3
    Beancount,
    /// A table for spreadsheets, one posting a row
    Csv,
}

/// Writes all transactions, in the given order. Accounts are declared where they are first used, and no line depends on
/// what follows it: the export up to a sealed day is the beginning of every later one, byte for byte.
///
/// # Errors
/// When they cannot be written.
pub fn write(
    out: &mut impl Write,
    format: Format,
    shop: &Shop,
    currency: &Currency,
    all: &[Transaction],
) -> Result<()> {
    let names = Names::new(format);
    match format {
        Format::Hledger | Format::Ledger => ledger_cli::write(out, format, shop, currency, names, all),
        Format::Beancount => beancount::write(out, shop, currency, names, all),
        Format::Csv => csv::write(out, currency, all),
    }
}

/// A text on one line, without characters that end a line or begin a comment.
fn one_line(text: &str) -> String {
    text.chars().map(|each| if each.is_control() || matches!(each, ';' | '|') { ' ' } else { each }).collect()
}
