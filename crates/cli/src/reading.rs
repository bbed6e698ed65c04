//! A book as the commands read it: its shop, and its accounts one after the other, folded on all cores.

mod asked;
mod blocks;
mod cores;
mod damaged;
mod day_book;
mod fold;
mod kept;
mod known;
mod lines;
mod look;
mod progress;
mod rows;
mod transactions;
mod turns;

use crate::source;
use anyhow::Result;
use ledger::entry::Record;
use ledger::fold::{Posted, ShopBook};
use ledger::id::Id;
use ledger::money::Currency;
use ledger::shop::Shop;
use rows::Rows;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use asked::{Asked, Between, date};
pub use damaged::Damaged;
pub use transactions::Transaction;

/// A book, read and checked; its accounts are not folded yet.
pub struct Reading {
    /// The shop, without the sums that accounts contribute.
    pub shop: ShopBook,
    /// What the shop's own entries posted, in order.
    pub shop_posted: Vec<Posted>,
    /// How many entries there are.
    pub entries: u64,
    /// Every chain's last line: device, chain, number and hash. Empty for a day book.
    pub heads: Vec<String>,
    /// How many lines were made by a newer version and could not be reckoned with; known once accounts are folded.
    pub newer: u64,
    book: PathBuf,
    customers: Vec<(Id, Rows)>,
    /// The one customer to be folded; `None`: all of them.
    only: Option<Id>,
    source: rows::Source,
    /// Where bodies have to be byte for byte what this program writes: in which currency.
    strictly: Option<Currency>,
}

/// What is wrong with one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    /// Counted from 1.
    pub line: u64,
    /// What.
    pub message: String,
}

/// A book that cannot be reckoned with.
pub enum NotRead {
    /// Lines that are wrong: a journal's damage, or the one line of a day book that is not in the notation.
    Bad(Vec<Bad>),
    /// An act of a day book that the ledger refuses.
    Refused(Bad),
    /// The shop never opens, or opens with a currency that is none.
    NoShop,
}

impl Reading {
    /// Reads a journal or a day book.
    ///
    /// # Errors
    /// When it cannot be read; the inner error says what is wrong inside it.
    pub fn open(asked: &Asked) -> Result<Result<Self, NotRead>> {
        if is_day_book(&asked.book)? { day_book::read(asked) } else { lines::read(asked) }
    }

    /// The shop's currency.
    pub fn currency(&self) -> Currency {
        let none = || Currency { code: String::new(), decimals: 2 };
        self.shop.shop().currency.clone().unwrap_or_else(none)
    }

    /// The shop as its own records made it.
    pub const fn settings(&self) -> &Shop {
        self.shop.shop()
    }

    /// Whether there is a customer of that id.
    pub fn has(&self, customer: &Id) -> bool {
        self.customers.iter().any(|(id, _)| id == customer)
    }

    /// Folds one customer alone. The lines of the others are still read: a bad one is named.
    pub fn only(&mut self, customer: &Id) {
        self.only = Some(customer.clone());
    }

    /// Sorts what was gathered.
    fn new(
        book: &Path,
        of_shop: Vec<Record>,
        customers: Vec<(Id, Rows)>,
        source: rows::Source,
    ) -> Result<Self, NotRead> {
        let shop = ShopBook::new(of_shop.clone());
        if shop.shop().currency.is_none() {
            return Err(NotRead::NoShop);
        }
        let shop_posted = posted(of_shop);
        let (book, heads) = (book.to_path_buf(), Vec::new());
        Ok(Self {
            shop,
            shop_posted,
            entries: 0,
            heads,
            newer: 0,
            book,
            customers,
            only: None,
            source,
            strictly: None,
        })
    }
}

/// What each entry of the shop posts; it depends on nothing else.
fn posted(mut records: Vec<Record>) -> Vec<Posted> {
    records.sort_by(|one, other| one.place.cmp(&other.place));
    let mut shop = Shop::default();
    let mut seen = std::collections::HashSet::new();
    records.retain(|record| seen.insert(record.entry.id.clone()));
    records
        .into_iter()
        .map(|record| Posted { moved: shop.add(&record), entry: Arc::new(record.entry) })
        .collect()
}

/// By its name; standard input by its first letter.
fn is_day_book(path: &Path) -> Result<bool> {
    if path.extension().is_some_and(|extension| extension == "daybook") {
        return Ok(true);
    }
    Ok(path.as_os_str() == source::STANDARD_INPUT && source::first_of_input()? != Some(b'{'))
}

impl fmt::Display for NotRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bad(bad) => write!(f, "{} bad lines", bad.len()),
            Self::Refused(bad) => write!(f, "{}: {}", bad.line, bad.message),
            Self::NoShop => f.write_str("no entry opens a shop with a currency"),
        }
    }
}
