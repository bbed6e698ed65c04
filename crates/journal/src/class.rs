//! Which bytes the texts of an envelope may hold, and the shape of a date.

use crate::limits::MAX_TEXT;

/// Letters, digits and `-`: ids and document numbers.
pub(crate) const ID: u8 = 1;
/// As [`ID`], and `/`, `_`, `+`: names of time zones.
pub(crate) const ZONE: u8 = 2;
/// As [`ID`], and `.`: kinds of entries.
pub(crate) const KIND: u8 = 4;

/// The classes that each byte belongs to. A table, because every byte of every envelope is looked up.
#[expect(clippy::indexing_slicing, reason = "a constant: an index out of bounds does not compile")]
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let each = byte as u8;
        classes[byte] = match each {
            b'-' => ID | ZONE | KIND,
            b'/' | b'_' | b'+' => ZONE,
            b'.' => KIND,
            _ if each.is_ascii_alphanumeric() => ID | ZONE | KIND,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// Whether a byte belongs to a class.
pub(crate) fn is_of(byte: u8, class: u8) -> bool {
    CLASSES.get(usize::from(byte)).is_some_and(|classes| classes & class != 0)
}

/// Whether a text is not empty, not too long, and made of one class of bytes.
pub(crate) fn is_text(text: &str, class: u8) -> bool {
    (1..=MAX_TEXT).contains(&text.len()) && text.bytes().all(|byte| is_of(byte, class))
}

/// Whether a text has the shape `2026-03-02`. Whether that day exists is checked by callers that calculate with dates.
pub(crate) fn is_date(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
}
