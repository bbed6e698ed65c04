//! Finds customers during typing. Texts are folded once, when the customer's row changes; a key press only compares.

use super::phone_digits::{self, Notation, Phone};
use crate::normalize::{put_searchable, searchable};
use ledger::view::customer::CustomerRow;

/// The first letter of a name: A to Z, or none for digits and other scripts.
pub type Letter = Option<char>;

/// The search text of one customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchText<'a> {
    /// The folded name; customers are sorted by it too.
    pub name: &'a str,
    email: &'a str,
    phone: Phone<'a>,
    bytes: u64,
}

impl SearchText<'_> {
    /// The letter under which the customer is listed.
    pub fn letter(&self) -> Letter {
        self.name.chars().next().filter(char::is_ascii_lowercase)
    }
}

/// The search texts of customers one after the other, so that a key press reads memory from one end to the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchTexts {
    text: String,
    rows: Vec<TextRow>,
}

/// Where the texts of a customer are.
#[derive(Debug, Clone, PartialEq, Eq)]
struct TextRow {
    /// The offsets in the text: of the name, the e-mail address, the telephone number, and the end.
    at: [u32; 4],
    notation: Notation,
    /// The set of bytes that occur in the name or the e-mail address: one comparison rules out most customers.
    bytes: u64,
}

impl SearchTexts {
    /// Folds the texts of a row and adds them at the end.
    pub fn add(&mut self, row: &CustomerRow) {
        let mut at = [self.text.len() as u32; 4];
        put_searchable(&row.name, &mut self.text);
        at[1] = self.text.len() as u32;
        put_searchable(row.email.as_deref().unwrap_or_default(), &mut self.text);
        at[2] = self.text.len() as u32;
        let bytes = bytes(self.text.get(at[0] as usize..).unwrap_or_default());
        let (digits, notation) = phone_digits::read(row.phone.as_deref().unwrap_or_default());
        self.text.push_str(&digits);
        at[3] = self.text.len() as u32;
        self.rows.push(TextRow { at, notation, bytes });
    }

    /// Adds folded texts at the end.
    pub fn push(&mut self, added: &SearchText<'_>) {
        let mut at = [self.text.len() as u32; 4];
        for (end, part) in at.iter_mut().skip(1).zip([added.name, added.email, added.phone.digits]) {
            self.text.push_str(part);
            *end = self.text.len() as u32;
        }
        self.rows.push(TextRow { at, notation: added.phone.notation, bytes: added.bytes });
    }

    /// The texts of the row at this position.
    pub fn get(&self, at: usize) -> Option<SearchText<'_>> {
        self.rows.get(at).map(|row| self.texts(row))
    }

    /// The texts of every row.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = SearchText<'_>> {
        self.rows.iter().map(|row| self.texts(row))
    }

    /// The positions of the rows that match, and how well.
    pub fn fitting(&self, asked: &CustomerQuery) -> impl Iterator<Item = (usize, Fit)> {
        let may = |row: &TextRow| asked.number || asked.bytes & !row.bytes == 0;
        let rows = self.rows.iter().enumerate().filter(move |(_, row)| may(row));
        rows.filter_map(move |(at, row)| Some((at, asked.fit(&self.texts(row))?)))
    }

    fn texts(&self, row: &TextRow) -> SearchText<'_> {
        let [name, email, phone, end] = row.at;
        let part = |from: u32, to: u32| self.text.get(from as usize..to as usize).unwrap_or_default();
        let digits = Phone { digits: part(phone, end), notation: row.notation };
        SearchText { name: part(name, email), email: part(email, phone), phone: digits, bytes: row.bytes }
    }
}

/// How well a customer matches, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The name begins with what was typed.
    Beginning,
    /// Words of the name begin with it, or the telephone number contains it.
    Words,
    /// It occurs anywhere in the name or in the e-mail address.
    Anywhere,
}

/// The typed text, split and folded once.
pub struct CustomerQuery {
    words: Vec<String>,
    digits: String,
    notation: Notation,
    bytes: u64,
    /// Whether the text is a telephone number, or part of one, with any spacing.
    number: bool,
}

impl CustomerQuery {
    /// Parses a text.
    pub fn of(text: &str) -> Self {
        let folded = searchable(text);
        let words = folded.split_whitespace().map(String::from).collect();
        let (digits, notation) = phone_digits::read(text);
        let number = digits.len() >= 3 && folded.bytes().all(|b| !b.is_ascii_alphabetic());
        Self { words, digits, notation, bytes: bytes(&folded), number }
    }

    /// Whether nothing was typed: every customer matches.
    pub const fn is_nothing(&self) -> bool {
        self.words.is_empty()
    }

    /// The word, when the text is a single word.
    pub fn one_word(&self) -> Option<&str> {
        match self.words.as_slice() {
            [word] => Some(word),
            _ => None,
        }
    }

    /// How well a customer matches; every word must match.
    fn fit(&self, texts: &SearchText<'_>) -> Option<Fit> {
        let typed = Phone { digits: &self.digits, notation: self.notation };
        let phone = (self.number && texts.phone.fits(&typed)).then_some(Fit::Words);
        let words = || {
            let mut fits = self.words.iter().map(|word| fit_of(word, texts));
            fits.try_fold(Fit::Beginning, |worst, fit| Some(worst.max(fit?)))
        };
        let by_words = if self.bytes & !texts.bytes == 0 { words() } else { None };
        [phone, by_words].into_iter().flatten().min()
    }
}

fn fit_of(word: &str, texts: &SearchText<'_>) -> Option<Fit> {
    if texts.name.starts_with(word) {
        return Some(Fit::Beginning);
    }
    match begins_a_word(texts.name, word) {
        Some(true) => Some(Fit::Words),
        Some(false) => Some(Fit::Anywhere),
        None => begins_a_word(texts.email, word).map(|_| Fit::Anywhere),
    }
}

/// Whether a word of the text begins with `word`; `None` when the text does not contain it. Plain loops over bytes: on
/// texts this short they are many times faster than the search of the standard library.
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

/// A bit for each byte that occurs; spaces are left out.
fn bytes(text: &str) -> u64 {
    text.bytes().filter(|byte| !byte.is_ascii_whitespace()).fold(0, |set, byte| set | 1 << (byte & 63))
}
