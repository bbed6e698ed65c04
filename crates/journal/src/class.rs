//! Which bytes may stand in the words of an envelope.

/// The longest id, zone or kind, in bytes.
pub(crate) const LONGEST: usize = 64;

/// Letters and digits and `-`: ids, numbers.
pub(crate) const ID: u8 = 1;
/// The same and `/`, `_`, `+`: names of time zones.
pub(crate) const ZONE: u8 = 2;
/// As ids, and `.`: kinds of entries.
pub(crate) const KIND: u8 = 4;

/// Which words a byte may stand in; a table, because it is asked of every byte of every envelope.
#[expect(clippy::indexing_slicing, reason = "a constant: it does not compile where it would fail")]
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

/// Whether a byte may stand in words of a class.
pub(crate) fn is_of(byte: u8, class: u8) -> bool {
    CLASSES.get(usize::from(byte)).is_some_and(|classes| classes & class != 0)
}
