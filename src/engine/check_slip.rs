//! Compares the code on a paper with the book: is it genuine, altered, or no longer what is so.

use super::account;
use super::day_slip::{DaySlip, day_of};
use super::open::Engine;
use super::slip_code::{Presented, SlipCode};
use crate::store::{Fault, Store};
use journal::{Hash, Line};
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::view::customer::CustomerRow;
use ledger::view::history::HistoryRow;
use ledger::view::paper::Paper;
use ledger::view::statement::Pair;
use ledger::view::versions::Version;

/// The most documents with one number that are looked at.
const MOST: u32 = 20;

/// What a code on a paper is worth.
#[derive(Debug, Clone)]
pub enum SlipFound {
    /// It names this version of a document, and nothing has changed since.
    Genuine(Box<Slip>),
    /// It names a version of a document, and later entries changed it.
    Superseded(Box<Slip>),
    /// It names a document of the book, and no version of it.
    Altered(Box<Slip>),
    /// It is of the report of a day.
    Day(Box<DaySlip>),
    /// It is of another shop.
    OtherShop,
    /// No entry on this device has its id or number.
    Unknown,
}

/// The document that a code names, as the book has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Slip {
    /// The customer.
    pub customer: CustomerRow,
    /// The document; of a statement of account or a reminder, the customer.
    pub document: Id,
    /// What it says.
    pub says: SlipSays,
    /// What changed it after the named version, in the order in which it counts.
    pub since: Vec<HistoryRow>,
    /// Entries that count before the named version came in, or stopped to count, after it was printed.
    pub is_reordered: bool,
}

/// What a paper says.
#[derive(Debug, Clone, PartialEq)]
pub enum SlipSays {
    /// A document.
    Document(Box<Paper>),
    /// A statement or a reminder: what was owed and the credit when it was printed.
    Statement(Pair),
    /// An entry that has no paper.
    Nothing,
}

impl<S: Store> Engine<S> {
    /// The code of a document as it is now; with the id of the customer, that of the statement of account. `None` for an id that the
    /// account does not have.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn slip_code(&self, customer: &Id, document: &Id) -> Result<Option<SlipCode>, Fault> {
        let versions = self.with_account(customer, |book| book.versions(document)).await?;
        let Some(last) = versions.last() else { return Ok(None) };
        self.code_of(document, last, versions.len()).await
    }

    /// The code of a paper that follows from `count` entries, of which `last` is the last.
    pub(super) async fn code_of(
        &self,
        document: &Id,
        last: &Version,
        count: usize,
    ) -> Result<Option<SlipCode>, Fault> {
        let shop = self.state.borrow().device.shop.clone();
        let hash = self.hash(last).await?;
        Ok(hash.map(|hash| SlipCode::new(&shop, document, (last.place.seq, &hash), count)))
    }

    /// What a code, or a number with its check characters, is worth.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn check_slip(&self, presented: &Presented) -> Result<SlipFound, Fault> {
        let places = match presented {
            Presented::Code(code) => {
                if !code.is_of(&self.state.borrow().device.shop) {
                    return Ok(SlipFound::OtherShop);
                }
                self.accounts_of(&code.document).await?
            }
            Presented::Typed { no, .. } => {
                let hits = self.documents(no, MOST).await?.into_iter();
                let same = hits.filter(|hit| hit.no.as_deref().is_some_and(|own| is_same_number(own, no)));
                same.map(|hit| (hit.customer, hit.id)).collect()
            }
        };
        if let (true, Some(day)) = (places.is_empty(), day_of(presented)) {
            let slip = self.day_slip(day, presented).await?;
            return Ok(slip.map_or(SlipFound::Unknown, |slip| SlipFound::Day(Box::new(slip))));
        }
        let mut altered = None;
        for (customer, document) in places {
            let possible = |book: &CustomerBook| match presented {
                Presented::Code(code) => book.possible_versions(&document, code.seq),
                Presented::Typed { .. } => book.versions(&document),
            };
            let possible = self.with_account(&customer, possible).await?;
            for version in possible {
                if self.hash(&version).await?.is_some_and(|hash| presented.is_of(&hash)) {
                    let of = |book: &CustomerBook| {
                        let is_reordered = !is_last_of_same(book, &document, &version, presented);
                        Slip { is_reordered, ..self.slip(book, &document, Some(&version)) }
                    };
                    let slip = Box::new(self.with_account(&customer, of).await?);
                    let genuine = slip.since.is_empty() && !slip.is_reordered;
                    return Ok(if genuine { SlipFound::Genuine(slip) } else { SlipFound::Superseded(slip) });
                }
            }
            let of = |book: &CustomerBook| self.slip(book, &document, None);
            altered.get_or_insert(self.with_account(&customer, of).await?);
        }
        Ok(altered.map_or(SlipFound::Unknown, |slip| SlipFound::Altered(Box::new(slip))))
    }

    fn slip(&self, book: &CustomerBook, document: &Id, version: Option<&Version>) -> Slip {
        let is_statement = document == book.customer();
        let last = || book.versions(document).pop();
        let says = if is_statement {
            let version = version.cloned().or_else(last);
            SlipSays::Statement(version.map(|version| book.balances_after(&version)).unwrap_or_default())
        } else {
            let paper = book.paper(&self.state.borrow().shop, document);
            paper.map_or(SlipSays::Nothing, |paper| SlipSays::Document(Box::new(paper)))
        };
        let since = version.map(|version| book.changed_since(document, version)).unwrap_or_default();
        Slip { customer: book.account().row(), document: document.clone(), says, since, is_reordered: false }
    }

    /// The accounts that have an entry with this id.
    async fn accounts_of(&self, document: &Id) -> Result<Vec<(Id, Id)>, Fault> {
        let found = self.store.with_id(document.as_str()).await?;
        let account = |bytes: &str| Id::new(Line::parse(bytes.as_bytes()).ok()?.account?).ok();
        let mut accounts: Vec<_> = found.iter().filter_map(|stored| account(&stored.bytes)).collect();
        accounts.sort();
        accounts.dedup();
        Ok(accounts.into_iter().map(|account| (account, document.clone())).collect())
    }

    /// The hash of the line of a version.
    pub(super) async fn hash(&self, version: &Version) -> Result<Option<Hash>, Fault> {
        let found = self.store.with_id(version.entry.id.as_str()).await?;
        let place = &version.place;
        let is_it = |bytes: &str| {
            Line::parse(bytes.as_bytes()).is_ok_and(|line| {
                line.seq == place.seq && line.chain == place.chain && line.device == place.device.as_str()
            })
        };
        let same = found.iter().filter(|stored| is_it(&stored.bytes));
        let hashes: Vec<_> = same.map(|stored| Hash::of(stored.bytes.as_bytes())).collect();
        // Lines of two branches can have the same place; the branch is the first half of the hash.
        let own = hashes.iter().find(|hash| hash.first_half() == place.branch);
        Ok(own.or(hashes.first()).copied())
    }

    /// Reads from an account; one that is not in memory is read, and forgotten again.
    async fn with_account<T>(&self, customer: &Id, read: impl Fn(&CustomerBook) -> T) -> Result<T, Fault> {
        let known = self.state.borrow().open_accounts.get(customer).map(|opened| opened.book.clone());
        match known {
            Some(book) => Ok(read(&book)),
            None => Ok(read(&account::read(&self.store, customer, self.fold).await?.book)),
        }
    }
}

/// Whether the version still counts, after as many entries as when the paper was printed.
fn is_last_of_same(book: &CustomerBook, document: &Id, version: &Version, presented: &Presented) -> bool {
    let versions = book.versions(document);
    let at = versions.iter().position(|other| other.place == version.place);
    at.is_some_and(|before| presented.has_count(before + 1))
}

/// Whether two numbers are the same but for the zeros before their counts.
fn is_same_number(own: &str, typed: &str) -> bool {
    let parts = |no: &str| {
        no.split_once('-')
            .map(|(series, count)| (series.to_ascii_uppercase(), count.trim_start_matches('0').to_owned()))
    };
    parts(own).is_some() && parts(own) == parts(typed)
}
