//! How a locale writes numbers: the decimal mark, and the mark between groups of three digits.

use ledger::money::{Currency, Money};
use std::cell::Cell;

/// The marks of a locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notation {
    /// Between whole units and decimals.
    pub decimal: char,
    /// Between groups of three digits.
    pub group: char,
}

/// The notation of the locales that write a point before the decimals.
pub const POINT: Notation = Notation { decimal: '.', group: ',' };

/// The notation of the locales that write a comma before the decimals.
pub const COMMA: Notation = Notation { decimal: ',', group: '.' };

thread_local! {
    static WRITTEN: Cell<Notation> = const { Cell::new(POINT) };
}

/// The notation in which the page writes numbers and people type them: that of its language, and [`POINT`] until it is known.
#[must_use]
pub fn written() -> Notation {
    WRITTEN.get()
}

/// Sets the notation of the page.
pub fn write_numbers_as(notation: Notation) {
    WRITTEN.set(notation);
}

/// A number as a person types it: digits with the decimal mark of the page, without marks between groups. `plain` has a point.
#[must_use]
pub fn typed(plain: impl ToString) -> String {
    written().with_mark(&plain.to_string())
}

/// An amount as a person types it, with all decimals of the currency.
#[must_use]
pub fn typed_amount(amount: Money, currency: &Currency) -> String {
    typed(currency.format(amount))
}

/// Marks between groups that people of all locales use; the marks of one list are one mark.
const SPACES: [char; 4] = [' ', '\u{a0}', '\u{2009}', '\u{202f}'];
const APOSTROPHES: [char; 2] = ['\'', '\u{2019}'];

/// A number without marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Digits, and optionally a point and more digits.
    pub plain: String,
    /// The same text if its only group mark were a decimal mark, which it is in other locales: `1.234` for `1,234`.
    pub with_a_decimal_mark: Option<String>,
}

impl Notation {
    /// A number with the decimal mark of this notation instead of a point.
    #[must_use]
    pub fn with_mark(self, plain: &str) -> String {
        plain.replace('.', self.decimal.encode_utf8(&mut [0; 4]))
    }

    /// As [`Self::read`], for what a person types: number pads have a point where people write a comma. It is read as a decimal
    /// mark if it cannot be a mark between groups.
    #[must_use]
    pub fn read_typed(self, text: &str) -> Option<Number> {
        let has_only_a_point = self.decimal == ',' && !text.contains([',', '\'', '\u{2019}']);
        let pad = Self { decimal: '.', group: '\u{202f}' };
        self.read(text).or_else(|| pad.read(text).filter(|_| has_only_a_point))
    }

    /// Reads digits with at most one decimal mark, and with one kind of mark between groups of three digits.
    #[must_use]
    pub fn read(self, text: &str) -> Option<Number> {
        let (whole, fraction) = text.split_once(self.decimal).unwrap_or((text, ""));
        let groups = self.groups(whole)?;
        let digits = groups.concat();
        if !fraction.bytes().all(|b| b.is_ascii_digit()) || digits.is_empty() && fraction.is_empty() {
            return None;
        }
        let whole_digits = if digits.is_empty() { "0" } else { &digits };
        let plain = match fraction {
            "" => whole_digits.to_owned(),
            fraction => format!("{whole_digits}.{fraction}"),
        };
        let with_a_decimal_mark = match groups.as_slice() {
            [first, second] if whole.len() == text.len() && whole.contains(self.group) => {
                Some(format!("{first}.{second}"))
            }
            _ => None,
        };
        Some(Number { plain, with_a_decimal_mark })
    }

    /// The groups of digits: all but the first have three. No mark, one group; no text, one empty group.
    fn groups(self, whole: &str) -> Option<Vec<&str>> {
        let mark = whole.chars().find(|c| !c.is_ascii_digit());
        let groups: Vec<&str> = match mark {
            None => return Some(vec![whole]),
            Some(mark) if mark == self.group => whole.split(mark).collect(),
            Some(mark) if SPACES.contains(&mark) => whole.split(SPACES).collect(),
            Some(mark) if APOSTROPHES.contains(&mark) => whole.split(APOSTROPHES).collect(),
            Some(_) => return None,
        };
        let (first, rest) = groups.split_first()?;
        let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
        let fits = (1..=3).contains(&first.len()) && digits(first);
        (fits && rest.iter().all(|group| group.len() == 3 && digits(group))).then_some(groups)
    }
}
