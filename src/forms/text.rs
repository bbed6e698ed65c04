//! Parses free text: trimmed, limited in length, and without card numbers.

use super::{Problem, looks_like_a_card};

/// Parses free text; text of spaces only gives `None`.
///
/// # Errors
/// The text is too long, or contains a card number.
pub fn optional(text: &str, most: usize) -> Result<Option<String>, Problem> {
    let text = text.trim();
    let found = text.chars().count();
    if found > most {
        return Err(Problem::TooLong { most, found });
    }
    if looks_like_a_card(text) {
        return Err(Problem::CardNumber);
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
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
}
