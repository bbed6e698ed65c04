//! The largest line, text and number that an envelope may hold.

/// The longest line in bytes, without its line end.
pub const MAX_LINE: usize = 16 * 1024;

/// The longest id, zone or kind, in bytes.
pub(crate) const MAX_TEXT: usize = 64;

/// The largest whole number that every JSON reader holds exactly: 2^53 − 1.
pub(crate) const MAX_WHOLE: u64 = (1 << 53) - 1;
