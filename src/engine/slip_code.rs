//! The code on a paper: which entry of which shop it was printed from.

use journal::Hash;
use ledger::date::Date;
use ledger::id::Id;
use std::fmt;

/// What every code begins with: the program and the version of the code.
pub const PREFIX: &str = "CF1.";

/// The digits of the entry's hash that the code has: 16 hexadecimal digits are 64 bits.
const HASH_DIGITS: usize = 16;

/// The digits of it that people can type.
const CHECK_DIGITS: usize = 8;

/// The letters and digits of the shop's id that the code has: the last group of a UUID, 48 drawn bits.
const SHOP_LETTERS: usize = 12;

/// The letters and digits of a UUID, with its hyphens.
const UUID: usize = 36;

/// Marks an id that is written as it is; other ids are written in capital letters, for which a QR code needs less room.
const AS_IT_IS: char = '*';

/// The code on a paper. Its text is `CF1.SHOP.DOCUMENT.SEQ.HASH.COUNT`, in the letters that a QR code packs most tightly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipCode {
    /// The end of the shop's id, in capital letters.
    pub shop: String,
    /// The document; on a statement of account and a reminder, the customer.
    pub document: Id,
    /// The number of the entry in its chain.
    pub seq: u64,
    /// The beginning of the entry's hash, in capital letters.
    pub hash: String,
    /// How many entries the paper follows from: this one and those before it. `None` on papers of earlier versions.
    pub count: Option<usize>,
}

/// What was scanned or typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presented {
    /// The code.
    Code(SlipCode),
    /// The number of the document and the check characters beside the code, in capital letters.
    Typed {
        /// Such as `AP-0084`; of the report of a day, the day, `2026-11-30`.
        no: String,
        /// Eight hexadecimal digits.
        check: String,
    },
}

impl SlipCode {
    /// The code of a document that was printed from an entry, which is the last of `count`.
    #[must_use]
    pub fn new(shop: &Id, document: &Id, (seq, hash): (u64, &Hash), count: usize) -> Self {
        let hash = beginning_of(hash, HASH_DIGITS);
        Self { shop: end_of(shop), document: document.clone(), seq, hash, count: Some(count) }
    }

    /// The check characters beside the code, such as `3F9A 11C2`.
    #[must_use]
    pub fn check(&self) -> String {
        let (first, rest) = self.hash.split_at_checked(CHECK_DIGITS / 2).unwrap_or_default();
        format!("{first} {}", rest.get(..CHECK_DIGITS / 2).unwrap_or_default())
    }

    /// Whether the code is of this shop.
    #[must_use]
    pub fn is_of(&self, shop: &Id) -> bool {
        self.shop == end_of(shop)
    }
}

impl Presented {
    /// Reads a code, or a number with its check characters; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_code = text.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX));
        if is_code { code(text.get(PREFIX.len()..)?).map(Self::Code) } else { typed(text) }
    }

    /// Whether a paper that follows from `count` entries, the named one included, can have this code.
    #[must_use]
    pub fn has_count(&self, count: usize) -> bool {
        match self {
            Self::Code(code) => code.count.is_none_or(|own| own == count),
            Self::Typed { .. } => true,
        }
    }

    /// Whether an entry has this hash.
    #[must_use]
    pub fn is_of(&self, hash: &Hash) -> bool {
        match self {
            Self::Code(code) => beginning_of(hash, HASH_DIGITS) == code.hash,
            Self::Typed { check, .. } => beginning_of(hash, CHECK_DIGITS) == *check,
        }
    }
}

impl fmt::Display for SlipCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { shop, document, seq, hash, count } = self;
        write!(f, "{PREFIX}{shop}.{}.{seq}.{hash}", written(document.as_str()))?;
        count.map_or(Ok(()), |count| write!(f, ".{count}"))
    }
}

fn code(text: &str) -> Option<SlipCode> {
    let parts: Vec<&str> = text.split('.').collect();
    let (&[shop, document, seq, hash], rest) = parts.split_first_chunk()?;
    let count = match rest {
        [] => None,
        [count] => Some(count.parse().ok()?),
        _ => return None,
    };
    let is_shop = !shop.is_empty() && shop.bytes().all(|b| b.is_ascii_alphanumeric());
    let is_hash = hash.len() == HASH_DIGITS && hash.bytes().all(|b| b.is_ascii_hexdigit());
    let document = Id::new(&read(document)).ok()?;
    let (seq, shop, hash) = (seq.parse().ok()?, shop.to_ascii_uppercase(), hash.to_ascii_uppercase());
    (is_shop && is_hash).then_some(SlipCode { shop, document, seq, hash, count })
}

/// `AP-0084 3F9A 11C2`, with any spaces and hyphens.
fn typed(text: &str) -> Option<Presented> {
    let text: String = text.to_ascii_uppercase().chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace('-', "");
    let (no, check) = text.split_at_checked(text.len().checked_sub(CHECK_DIGITS)?)?;
    // `AP0084`: letters, then digits.
    let letters = no.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (series, count) = no.split_at_checked(letters)?;
    let is_number = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
    let is_check = check.bytes().all(|b| b.is_ascii_hexdigit());
    let no = if letters == 0 { day(no)? } else { format!("{series}-{count}") };
    (is_number && is_check).then_some(Presented::Typed { no, check: check.to_owned() })
}

/// `2026-11-30` of `20261130`; `None` for any other digits.
fn day(digits: &str) -> Option<String> {
    let (year, rest) = digits.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    let day = format!("{year}-{month}-{day}");
    Date::parse(&day).map(|_| day)
}

fn end_of(shop: &Id) -> String {
    let text = shop.as_str().replace('-', "").to_ascii_uppercase();
    text.get(text.len().saturating_sub(SHOP_LETTERS)..).unwrap_or_default().to_owned()
}

fn beginning_of(hash: &Hash, digits: usize) -> String {
    hash.to_string().get(..digits).unwrap_or_default().to_ascii_uppercase()
}

/// An id as the code writes it: a UUID, and what follows it, in capital letters and without its own hyphens.
fn written(id: &str) -> String {
    match id.split_at_checked(UUID) {
        Some((uuid, rest)) if is_uuid(uuid) && !rest.bytes().any(|b| b.is_ascii_uppercase()) => {
            (uuid.replace('-', "") + rest).to_ascii_uppercase()
        }
        _ => format!("{AS_IT_IS}{id}"),
    }
}

fn read(text: &str) -> String {
    if let Some(id) = text.strip_prefix(AS_IT_IS) {
        return id.to_owned();
    }
    let text = text.to_ascii_lowercase();
    let groups = [0..8, 8..12, 12..16, 16..20, 20..32].map(|group| text.get(group).unwrap_or_default());
    groups.join("-") + text.get(32..).unwrap_or_default()
}

fn is_uuid(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, b)| match at {
        8 | 13 | 18 | 23 => b == b'-',
        _ => b.is_ascii_digit() || (b'a'..=b'f').contains(&b),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const SHOP: &str = "0192a3b4-c5d6-7e8f-9a0b-1c2d3e4f5a6b";

    fn of(document: &str) -> SlipCode {
        SlipCode::new(&Id::new(SHOP).unwrap(), &Id::new(document).unwrap(), (412, &Hash::of(b"{}")), 3)
    }

    #[test]
    fn a_code_is_read_as_it_was_written() {
        for document in [SHOP, &format!("{SHOP}-2"), "O-101", "mira", &format!("{SHOP}-A"), "AB-1"] {
            let code = of(document);
            let text = code.to_string();
            assert_eq!(Presented::parse(&text), Some(Presented::Code(code.clone())), "{text}");
            assert_eq!(Presented::parse(&format!(" {text}\n")), Some(Presented::Code(code)), "{text}");
        }
        let text = of(SHOP).to_string();
        assert_eq!(text, "CF1.1C2D3E4F5A6B.0192A3B4C5D67E8F9A0B1C2D3E4F5A6B.412.5F6EE579E8028829.3");
        // Papers of earlier versions.
        let without = SlipCode { count: None, ..of(SHOP) };
        assert_eq!(text.strip_suffix(".3"), Some(without.to_string().as_str()));
        assert_eq!(Presented::parse(&without.to_string()), Some(Presented::Code(without)));
        // A scanner may be set to small letters.
        assert_eq!(Presented::parse(&text.to_ascii_lowercase()), Some(Presented::Code(of(SHOP))));
    }

    #[test]
    fn number_and_check_characters_are_read_in_any_notation() {
        let wanted = Presented::Typed { no: "AP-0084".into(), check: "5F6EE579".into() };
        assert_eq!(of(SHOP).check(), "5F6E E579");
        for text in ["AP-0084 5F6E E579", "ap0084 5f6ee579", " ap-0084-5f6e-e579 "] {
            assert_eq!(Presented::parse(text), Some(wanted.clone()), "{text}");
        }
        let of_day = Presented::Typed { no: "2026-11-30".into(), check: "5F6EE579".into() };
        assert_eq!(Presented::parse("2026-11-30 5F6E E579"), Some(of_day));
        assert!(wanted.is_of(&Hash::of(b"{}")) && !wanted.is_of(&Hash::of(b"{ }")));
    }

    #[test]
    fn other_texts_are_no_codes() {
        let code = of(SHOP).to_string();
        let short = code.get(..code.len() - 3).unwrap();
        for text in [
            "",
            "AP-0084",
            "5F6EE579",
            "0084 5F6EE579",
            "CF1.",
            "CF2.A.B.1.C",
            short,
            &format!("{code}.3"),
            "CF1.é",
            "é5F6EE579",
        ] {
            assert_eq!(Presented::parse(text), None, "{text}");
        }
        assert_eq!(Presented::parse(&code.replace(".412.", ".four.")), None);
    }
}
