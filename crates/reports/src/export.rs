//! Exports for plain-text accounting programs and spreadsheets: one transaction an entry, one posting a line.

mod beancount;
mod ledger_cli;
mod names;
mod postings;

use crate::transaction::Transaction;
use ledger::entry::Body;
use ledger::fold::ShopBook;
use ledger::money::Currency;
use names::Names;

/// The format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A journal for hledger.
    Hledger,
    /// A journal for Ledger 3.
    Ledger,
    /// A file for Beancount 2 and 3.
    Beancount,
    /// A table for spreadsheets, one posting a row.
    Csv,
}

impl Format {
    /// The usual ending of its files, without a point.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Hledger | Self::Ledger => "journal",
            Self::Beancount => "beancount",
            Self::Csv => "csv",
        }
    }
}

/// Writes an export piece by piece. Accounts are declared where they are first used, and no line depends on what follows it:
/// the export up to a sealed day is the beginning of every later one, byte for byte.
#[derive(Debug)]
pub struct Export<'a> {
    format: Format,
    currency: &'a Currency,
    names: Names,
}

impl<'a> Export<'a> {
    /// An export in a format; amounts are in this currency.
    #[must_use]
    pub fn new(format: Format, currency: &'a Currency) -> Self {
        Self { format, currency, names: Names::new(format) }
    }

    /// Appends what stands before the first transaction. `title` is [`opened_as`]: a later name would change the first
    /// lines of every earlier export.
    pub fn begin(&self, out: &mut String, title: &str) {
        match self.format {
            Format::Hledger | Format::Ledger => ledger_cli::begin(out, self.format, title, self.currency),
            Format::Beancount => beancount::begin(out, title, self.currency),
            Format::Csv => postings::begin(out),
        }
    }

    /// Appends a transaction. Transactions come as [`sort`](crate::sort) puts them.
    pub fn add(&mut self, out: &mut String, each: &Transaction) {
        match self.format {
            Format::Hledger | Format::Ledger => ledger_cli::add(out, self.currency, &mut self.names, each),
            Format::Beancount => beancount::add(out, self.currency, &mut self.names, each),
            Format::Csv => postings::add(out, self.currency, each),
        }
    }
}

/// The name with which a shop was opened.
#[must_use]
pub fn opened_as(shop: &ShopBook) -> String {
    let opened = shop.records().iter().find_map(|record| {
        let Body::ShopOpened(opened) = &record.entry.body else { return None };
        Some(opened.name.clone())
    });
    opened.unwrap_or_else(|| shop.shop().name.clone())
}

/// A text on one line, without characters that end a line or begin a comment.
fn one_line(text: &str) -> String {
    text.chars().map(|each| if each.is_control() || matches!(each, ';' | '|') { ' ' } else { each }).collect()
}

/// Appends a line.
fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
