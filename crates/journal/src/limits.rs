//! The largest line, text and number that an envelope may hold, and the largest numbers that are accepted from elsewhere.

/// The longest line in bytes, without its line end.
pub const MAX_LINE: usize = 16 * 1024;

/// The longest id, zone or kind, in bytes.
pub(crate) const MAX_TEXT: usize = 64;

/// The largest whole number that every JSON reader holds exactly: 2^53 − 1.
pub(crate) const MAX_WHOLE: u64 = (1 << 53) - 1;

/// The highest number of a chain that is accepted: a device opens its next chain with the number after its last one.
pub const MAX_CHAIN: u32 = 1_000_000;

/// The highest number of a line that is accepted: a device counts on from its last line.
pub const MAX_SEQ: u64 = 1 << 40;

/// The latest clock that is accepted, in milliseconds since 1970: the end of the year 9999. A device whose clock is there
/// can still tick.
pub const MAX_MILLIS: u64 = 253_402_300_799_999;

/// The highest count of a document number that is accepted: a counter counts on from its last document.
pub const MAX_COUNT: u64 = 1_000_000_000_000;

/// Milliseconds after which the clock of another device is too far ahead to be followed: a day.
pub(crate) const MAX_AHEAD: u64 = 24 * 3_600_000;
