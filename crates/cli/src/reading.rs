//! Reads a book for the commands: the shop, and the accounts, which are folded on all cores.

mod blocks;
mod book_args;
mod calendar;
mod damaged;
mod day_book;
mod fold;
mod hashed_line;
mod journal_lines;
mod progress;
mod rows;
mod signed_log;
mod stored_lines;

use crate::source;
use anyhow::Result;
use ledger::entry::Record;
use ledger::fold::ShopBook;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::shop::Shop;
use rows::{RowSource, Rows};
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

pub use book_args::{BookArgs, SpanArgs, date};
pub use damaged::Damaged;

/// A book that has been read and checked; its accounts are folded later.
pub struct Reading {
    /// The shop, without the sums of the accounts.
    pub shop: ShopBook,
    /// The number of entries.
    pub entries: u64,
    /// The number of side records.
    pub sides: u64,
    /// The number of lines whose order and verdict the server has signed.
    pub signed: u64,
    /// The number of entries that are more than a day ahead of this computer's clock. They keep their place in the order.
    pub ahead: u64,
    /// The last line of every chain, and of each of its branches: device, chain, number and hash. Empty for a day book.
    pub heads: Vec<String>,
    /// The number of entries of kinds that only a newer version knows; complete when accounts are folded.
    pub newer: u64,
    book: PathBuf,
    customers: Vec<(Id, Rows)>,
    /// The one customer to fold; `None` for all.
    only: Option<BTreeSet<Id>>,
    source: RowSource,
    /// The shop's currency if bodies must be byte for byte what this program writes.
    strict_currency: Option<Currency>,
}

/// The error of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// The line number, from 1.
    pub line: u64,
    /// The message.
    pub message: String,
}

/// Why a book cannot be used.
pub enum OpenError {
    /// The damaged lines of a journal, or the first malformed line of a day book.
    BadLines(Vec<BadLine>),
    /// An act of a day book that the ledger refuses.
    Refused(BadLine),
    /// No entry opens a shop with a valid currency.
    NoShop,
}

impl Reading {
    /// Reads a journal or a day book.
    ///
    /// # Errors
    /// When the file cannot be read; the inner error is that of its content.
    pub fn open(args: &BookArgs) -> Result<Result<Self, OpenError>> {
        if is_day_book(&args.book)? { day_book::read(args) } else { journal_lines::read(args) }
    }

    /// The shop's currency.
    pub fn currency(&self) -> Currency {
        let default = || Currency { code: String::new(), decimals: 2 };
        self.shop.shop().currency.clone().unwrap_or_else(default)
    }

    /// The shop's settings.
    pub const fn settings(&self) -> &Shop {
        self.shop.shop()
    }

    /// Whether the book has this customer.
    pub fn has(&self, customer: &Id) -> bool {
        self.customers.iter().any(|(id, _)| id == customer)
    }

    /// Limits folding to some customers. The lines of the others are still checked.
    pub fn only(&mut self, customers: impl IntoIterator<Item = Id>) {
        self.only = Some(customers.into_iter().collect());
    }

    /// A book from its records and rows.
    fn new(
        book: &Path,
        of_shop: Vec<Record>,
        customers: Vec<(Id, Rows)>,
        source: RowSource,
    ) -> Result<Self, OpenError> {
        let shop = ShopBook::new(of_shop);
        if shop.shop().currency.is_none() {
            return Err(OpenError::NoShop);
        }
        let (book, heads) = (book.to_path_buf(), Vec::new());
        Ok(Self {
            shop,
            entries: 0,
            sides: 0,
            signed: 0,
            ahead: 0,
            heads,
            newer: 0,
            book,
            customers,
            only: None,
            source,
            strict_currency: None,
        })
    }
}

/// By the name of the file; for standard input by its first byte, of a line or of a byte order mark.
fn is_day_book(path: &Path) -> Result<bool> {
    if path.extension().is_some_and(|extension| extension == "daybook") {
        return Ok(true);
    }
    Ok(path.as_os_str() == source::STANDARD_INPUT && !matches!(source::peek_input()?, Some(b'{' | 0xef)))
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadLines(bad) => write!(f, "{} bad lines", bad.len()),
            Self::Refused(bad) => write!(f, "{}: {}", bad.line, bad.message),
            Self::NoShop => f.write_str("no entry opens a shop with a currency"),
        }
    }
}
