//! Finding customers while somebody types: 20,000 of them in a few milliseconds a key.
//!
//! Names are folded once, when the list of customers changes; a key only compares.

use crate::book::{Book, fold::fold};
use ledger::view::customer::CustomerRow;
use leptos::prelude::*;
use std::sync::Arc;

/// Customers with what they are found by; provided by the root, made on first use.
#[derive(Clone, Copy)]
pub struct Finder(Memo<Arc<Index>>);

impl Finder {
    /// Follows the book's customers.
    #[must_use]
    pub fn new(book: Book) -> Self {
        let customers = book.customers();
        Self(Memo::new(move |_| Arc::new(Index::new(customers.get()))))
    }

    /// The index as it stands; tracked.
    #[must_use]
    pub fn index(self) -> Arc<Index> {
        self.0.get()
    }
}

/// The first letter of a name: A to Z, or none for digits and other scripts.
pub type Letter = Option<char>;

/// All customers, folded.
#[derive(Debug, Default, PartialEq)]
pub struct Index {
    rows: Arc<Vec<CustomerRow>>,
    folded: Vec<Folded>,
}

/// What one customer is found by.
#[derive(Debug, PartialEq)]
struct Folded {
    name: String,
    digits: String,
    email: String,
    /// Which bytes occur in any of them: most customers are passed over by one comparison.
    bytes: u64,
}

impl Index {
    /// Folds them; they come sorted by name.
    #[must_use]
    pub fn new(rows: Arc<Vec<CustomerRow>>) -> Self {
        let folded = rows.iter().map(Folded::of).collect();
        Self { rows, folded }
    }

    /// How many there are, walk-in accounts left out.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rows.iter().filter(|row| !row.walk_in).count()
    }

    /// Those that fit the text, best first, and within that by name; `None` of text means all.
    #[must_use]
    pub fn fitting(&self, text: &str) -> Vec<&CustomerRow> {
        let asked = Asked::of(text);
        let each = self.rows.iter().zip(&self.folded);
        if asked.words.is_empty() {
            return each.map(|(row, _)| row).filter(|row| !row.walk_in).collect();
        }
        let mut found: Vec<_> = each.filter_map(|(row, folded)| Some((asked.rank(folded)?, row))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, row)| row).collect()
    }

    /// Those of a first letter.
    #[must_use]
    pub fn under(&self, letter: Letter) -> Vec<&CustomerRow> {
        let each = self.rows.iter().zip(&self.folded);
        each.filter(|(row, folded)| !row.walk_in && folded.letter() == letter).map(|(row, _)| row).collect()
    }

    /// The letters that somebody's name begins with.
    #[must_use]
    pub fn letters(&self) -> Vec<Letter> {
        let each = self.rows.iter().zip(&self.folded).filter(|(row, _)| !row.walk_in);
        let mut all: Vec<_> = each.map(|(_, folded)| folded.letter()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Folded {
    fn of(row: &CustomerRow) -> Self {
        let name = fold(&row.name);
        let email = fold(row.email.as_deref().unwrap_or_default());
        let bytes = bytes(&name) | bytes(&email);
        Self { digits: digits(row.phone.as_deref().unwrap_or_default()), name, email, bytes }
    }

    fn letter(&self) -> Letter {
        self.name.chars().next().filter(char::is_ascii_lowercase)
    }
}

/// What was typed, taken apart once.
struct Asked {
    words: Vec<String>,
    digits: String,
    bytes: u64,
    /// A phone number, or part of one, however it is spaced.
    number: bool,
}

impl Asked {
    fn of(text: &str) -> Self {
        let folded = fold(text);
        let words = folded.split_whitespace().map(String::from).collect();
        let digits = digits(text);
        let number = digits.len() >= 3 && folded.bytes().all(|b| !b.is_ascii_alphabetic());
        Self { words, digits, bytes: bytes(&folded), number }
    }

    /// 0 when the name begins with it, 1 when its words do, 2 anywhere else; none when it does not fit.
    fn rank(&self, folded: &Folded) -> Option<u8> {
        if self.number && folded.digits.contains(&self.digits) {
            return Some(1);
        }
        if self.bytes & !folded.bytes != 0 {
            return None;
        }
        let mut ranks = self.words.iter().map(|word| rank_of(word, folded));
        ranks.try_fold(0, |worst, rank| Some(worst.max(rank?)))
    }
}

fn rank_of(word: &str, folded: &Folded) -> Option<u8> {
    if folded.name.starts_with(word) {
        return Some(0);
    }
    match begins_a_word(&folded.name, word) {
        Some(true) => Some(1),
        Some(false) => Some(2),
        None => begins_a_word(&folded.email, word).map(|_| 2),
    }
}

/// Whether some word of the text begins so; none when it is nowhere in it. Plain loops over bytes: on texts
/// this short they are many times faster than the search of the standard library.
fn begins_a_word(text: &str, word: &str) -> Option<bool> {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let first = *word.first()?;
    let mut found = None;
    for (at, _) in text.iter().enumerate().filter(|(_, byte)| **byte == first) {
        if text.get(at..).is_some_and(|rest| rest.starts_with(word)) {
            let before = at.checked_sub(1).and_then(|before| text.get(before));
            if before.is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()) {
                return Some(true);
            }
            found = Some(false);
        }
    }
    found
}

/// A bit for each byte that occurs, spaces left out.
fn bytes(text: &str) -> u64 {
    text.bytes().filter(|byte| !byte.is_ascii_whitespace()).fold(0, |set, byte| set | 1 << (byte & 63))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use ledger::id::Id;
    use ledger::money::Money;

    fn row(name: &str, phone: &str, email: &str) -> CustomerRow {
        CustomerRow {
            id: Id::new(&fold(name).replace([' ', '.'], "-")).unwrap(),
            name: name.into(),
            company: false,
            walk_in: name.starts_with("Walk-in"),
            phone: (!phone.is_empty()).then(|| phone.into()),
            email: (!email.is_empty()).then(|| email.into()),
            since: None,
            owed: Money::ZERO,
            credit: Money::ZERO,
            to_repay: Money::ZERO,
            oldest_due: None,
            records: 1,
            last: None,
        }
    }

    fn index() -> Index {
        Index::new(Arc::new(vec![
            row("Dee Okafor", "020 7946 0011", ""),
            row("Mira Patel", "07700 900118", "mira@example.net"),
            row("Palmer Ltd", "", "post@palmer.example"),
            row("Pat Lee", "", ""),
            row("Walk-in A 2026-11-18", "", ""),
            row("4 Wheels", "", ""),
        ]))
    }

    fn names(found: Vec<&CustomerRow>) -> Vec<&str> {
        found.into_iter().map(|row| row.name.as_str()).collect()
    }

    #[test]
    fn a_name_that_begins_so_comes_before_one_that_only_contains_it() {
        assert_eq!(names(index().fitting("pat")), ["Pat Lee", "Mira Patel"]);
        assert_eq!(names(index().fitting("PALMER")), ["Palmer Ltd"]);
        assert_eq!(names(index().fitting("lee pat")), ["Pat Lee"], "every word must fit, in any sequence");
        assert_eq!(names(index().fitting("almer")), ["Palmer Ltd"]);
    }

    #[test]
    fn phone_numbers_are_found_however_they_are_spaced() {
        assert_eq!(names(index().fitting("0770 0900")), ["Mira Patel"]);
        assert_eq!(names(index().fitting("(020) 7946")), ["Dee Okafor"]);
    }

    #[test]
    fn e_mail_addresses_are_found() {
        assert_eq!(names(index().fitting("mira@")), ["Mira Patel"]);
        assert!(index().fitting("nobody@").is_empty());
    }

    #[test]
    fn walk_in_accounts_show_only_when_asked_for() {
        assert_eq!(index().fitting(" ").len(), 5);
        assert_eq!(index().count(), 5);
        assert_eq!(names(index().fitting("walk")), ["Walk-in A 2026-11-18"]);
    }

    #[test]
    fn a_letter_or_the_bucket_for_the_rest() {
        assert_eq!(names(index().under(Some('p'))), ["Palmer Ltd", "Pat Lee"]);
        assert_eq!(names(index().under(None)), ["4 Wheels"]);
        assert_eq!(index().letters(), [None, Some('d'), Some('m'), Some('p')]);
    }
}
