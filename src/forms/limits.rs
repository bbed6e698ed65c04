//! How much a form takes. Entries are kept for ever, so everything has a limit.

use ledger::limits::{MAX_LINES, MAX_TEXT};

/// Characters of a line's or a sale's text.
pub const TEXT: usize = MAX_TEXT;
/// Characters of a reference: check number, terminal slip.
pub const REFERENCE: usize = 60;
/// Characters of a reason in one's own words.
pub const REASON: usize = MAX_TEXT;
/// Characters of an internal note.
pub const NOTE: usize = MAX_TEXT;
/// Lines of one order.
pub const LINES: usize = MAX_LINES;
/// The most of one line.
pub const QUANTITY: u32 = 99_999;
/// Characters of a name: a shop's, a customer's, a member's.
pub const NAME: usize = 120;
/// Characters of an e-mail address (RFC 5321).
pub const EMAIL: usize = 254;
