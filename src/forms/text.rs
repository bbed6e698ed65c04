//! Parses free text: trimmed, composed, limited in length, without card numbers and without characters that cannot be seen.

use super::{Confirmed, Field, Problem, limits, looks_like_a_card};
use crate::normalize::composed;
use ledger::hidden::is_hidden;

/// Parses free text; text of spaces only gives `None`.
///
/// # Errors
/// The text is too long, or contains a card number.
pub fn optional(text: &str, most: usize) -> Result<Option<String>, Problem> {
    let text = one_line(text, most)?;
    if text.as_deref().is_some_and(looks_like_a_card) { Err(Problem::CardNumber) } else { Ok(text) }
}

/// Parses an internal note. Digits like those of a card number have to be confirmed not to be one.
///
/// # Errors
/// The text is too long; [`Problem::MaybeCardNumber`] until it is confirmed.
pub fn note(text: &str, field: &Field, confirmed: &Confirmed) -> Result<Option<String>, Problem> {
    let read = limited(text, limits::NOTE)?;
    if read.as_deref().is_some_and(looks_like_a_card) && !confirmed.has(field, text) {
        return Err(Problem::MaybeCardNumber);
    }
    Ok(read)
}

/// Parses text of several lines, such as an address; text of spaces only gives an empty text.
///
/// # Errors
/// The text is too long, or contains a card number.
pub fn lines(text: &str, most: usize) -> Result<String, Problem> {
    let text = limited(text, most)?.unwrap_or_default();
    if looks_like_a_card(&text) { Err(Problem::CardNumber) } else { Ok(text) }
}

/// Parses a telephone number. It is never taken for a card number: with the country in front it can have as many digits.
///
/// # Errors
/// The text is too long.
pub fn phone(text: &str) -> Result<Option<String>, Problem> {
    one_line(text, limits::REFERENCE)
}

/// As [`limited`], without tabs and line breaks.
fn one_line(text: &str, most: usize) -> Result<Option<String>, Problem> {
    if text.trim().contains(['\t', '\n']) { Err(Problem::HiddenCharacter) } else { limited(text, most) }
}

/// The trimmed text in composed form (Unicode NFC); `None` if it is empty.
fn limited(text: &str, most: usize) -> Result<Option<String>, Problem> {
    let text = composed(text.trim());
    let found = text.chars().count();
    if found > most {
        return Err(Problem::TooLong { most, found });
    }
    if text.chars().any(is_hidden) {
        return Err(Problem::HiddenCharacter);
    }
    Ok((!text.is_empty()).then_some(text))
}

/// Parses free text that is required.
///
/// # Errors
/// As [`optional`], and [`Problem::Missing`] for an empty text.
pub fn required(text: &str, most: usize) -> Result<String, Problem> {
    optional(text, most)?.ok_or(Problem::Missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_and_limited() {
        assert_eq!(optional("  ", 5), Ok(None));
        assert_eq!(optional(" ab ", 2), Ok(Some("ab".into())));
        assert_eq!(optional("äöü", 3), Ok(Some("äöü".into())), "characters, not bytes");
        assert_eq!(optional("abcd", 3), Err(Problem::TooLong { most: 3, found: 4 }));
        assert_eq!(required(" ", 5), Err(Problem::Missing));
        assert_eq!(required("4111 1111 1111 1111", 50), Err(Problem::CardNumber));
    }

    #[test]
    fn a_character_that_cannot_be_seen_is_refused_and_joiners_are_not() {
        for bad in [
            "Mira\0Patel",
            "Mira\u{7}",
            "Mi\u{202e}ra",
            "\u{2067}Mira",
            "Mira\tPatel",
            "Mira\nPatel",
            "a\u{85}b",
        ] {
            assert_eq!(required(bad, 50), Err(Problem::HiddenCharacter), "{bad:?}");
            assert_eq!(phone(bad), Err(Problem::HiddenCharacter), "{bad:?}");
        }
        for good in ["\u{200f}\u{5de}\u{5d9}\u{5e8}\u{5d4}", "👩\u{200d}🔧", "نامه\u{200c}ای"] {
            assert_eq!(required(good, 50), Ok(good.into()), "{good:?}");
        }
        let (field, confirmed) = (Field::new("note"), Confirmed::default());
        let lines = "a\tb\nc";
        assert_eq!(note(lines, &field, &confirmed), Ok(Some(lines.into())));
        assert_eq!(note("a\u{202e}b", &field, &confirmed), Err(Problem::HiddenCharacter));
    }

    #[cfg(target_arch = "wasm32")]
    #[wasm_bindgen_test::wasm_bindgen_test]
    fn a_letter_typed_in_two_parts_is_stored_as_one() {
        assert_eq!(required("Zoe\u{308}", 3), Ok("Zoë".into()));
    }

    #[test]
    fn a_note_like_a_card_number_is_accepted_once_it_is_confirmed() {
        let (field, mut confirmed) = (Field::new("note"), Confirmed::default());
        let text = "Parcel 4111 1111 1111 1111";
        assert_eq!(note(text, &field, &confirmed), Err(Problem::MaybeCardNumber));
        confirmed.set(&field, text, true);
        assert_eq!(note(text, &field, &confirmed), Ok(Some(text.into())));
        let other = "card 5555 5555 5555 4444";
        assert_eq!(note(other, &field, &confirmed), Err(Problem::MaybeCardNumber));
        let long = Problem::TooLong { most: limits::NOTE, found: limits::NOTE + 1 };
        assert_eq!(note(&"x".repeat(limits::NOTE + 1), &field, &confirmed), Err(long));
    }

    #[test]
    fn a_telephone_number_is_never_a_card_number() {
        let number = "+49 4111 111 111 111 111";
        assert!(looks_like_a_card(number), "the number of this test has to look like one");
        assert_eq!(phone(number), Ok(Some(number.into())));
        assert_eq!(phone(" "), Ok(None));
    }
}
