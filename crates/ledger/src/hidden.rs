//! Characters that cannot be seen, or that turn the text after them around. No text is recorded with one. What came from
//! elsewhere keeps its bytes, and is shown with [`SHOWN_AS`] in the place of each.

/// What is shown instead: the Unicode replacement character.
pub const SHOWN_AS: char = '\u{fffd}';

/// Whether a character is hidden: control characters other than tab and line feed, the separators of lines and paragraphs,
/// and what begins or ends another direction of the text.
#[must_use]
pub const fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => true,
        _ => false,
    }
}

/// The number of hidden characters in a text.
#[must_use]
pub fn count(text: &str) -> usize {
    if may_hide(text) { text.chars().filter(|c| is_hidden(*c)).count() } else { 0 }
}

/// The text of a JSON value with hidden characters replaced, written out or escaped; `None` if there are none.
#[must_use]
pub fn replaced(json: &str) -> Option<String> {
    if !may_hide(json) {
        return None;
    }
    let (mut text, mut rest, mut found) = (String::with_capacity(json.len()), json, false);
    while let Some(next) = rest.chars().next() {
        let (hidden, length) = match next {
            '\\' => escape(rest),
            c => (is_hidden(c), c.len_utf8()),
        };
        let (this, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if hidden {
            text.push(SHOWN_AS);
        } else {
            text.push_str(this);
        }
        (rest, found) = (after, found || hidden);
    }
    found.then_some(text)
}

/// Whether the escape at the beginning of a text stands for a hidden character, and its length.
fn escape(text: &str) -> (bool, usize) {
    match text.as_bytes().get(1) {
        Some(b'u') => {
            let code = text.get(2..6).and_then(|digits| u32::from_str_radix(digits, 16).ok());
            (code.and_then(char::from_u32).is_some_and(is_hidden), 6)
        }
        Some(b'b' | b'f' | b'r') => (true, 2),
        Some(_) | None => (false, 2),
    }
}

/// Whether one of the bytes can be the first of a hidden character, or of its escape: almost no text has one.
fn may_hide(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, 0..0x20 | 0x7f | 0xc2 | 0xe2 | b'\\'))
}

#[cfg(test)]
mod tests {
    use super::{count, is_hidden, replaced};

    #[test]
    fn controls_and_changes_of_direction_are_hidden_and_letters_are_not() {
        let hidden = [
            '\0', '\u{7}', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{2028}', '\u{202e}', '\u{2066}', '\u{2069}',
        ];
        assert!(hidden.into_iter().all(is_hidden));
        // A mark of direction, joiners and marks above letters are a part of how names are written.
        let seen = ['a', ' ', '\t', '\n', 'é', '\u{a0}', '\u{200f}', '\u{200d}', '\u{301}', '€', '王', '😀'];
        assert!(!seen.into_iter().any(is_hidden));
        assert_eq!((count("Mira\u{202e}letaP\0"), count("Zoë 😀")), (2, 0));
    }

    #[test]
    fn hidden_characters_are_replaced_written_out_and_escaped() {
        for (json, shown) in [
            (r#"{"name":"Mira\u0000"}"#, Some("{\"name\":\"Mira\u{fffd}\"}")),
            (r#"{"name":"a\\u0000\nb\u202E\b"}"#, Some("{\"name\":\"a\\\\u0000\\nb\u{fffd}\u{fffd}\"}")),
            ("{\"name\":\"Mira\u{202e}letaP €\"}", Some("{\"name\":\"Mira\u{fffd}letaP €\"}")),
            (r#"{"name":"\"Zoë\" 10 € \u20ac \ud83d\ude00 \t"}"#, None),
            (r#"{"name":"Mira"}"#, None),
            (r"\", None),
            (r"\u00", None),
        ] {
            assert_eq!(replaced(json).as_deref(), shown, "{json}");
        }
    }
}
