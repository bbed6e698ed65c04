//! Size limits of form input. Journal entries are permanent, so every input has a limit.

use ledger::limits::{MAX_LINES, MAX_TEXT};

/// Characters in the description of an order line or a sale.
pub const TEXT: usize = MAX_TEXT;
/// Characters of a reference: check number, terminal slip.
pub const REFERENCE: usize = 60;
/// Characters in a reason typed under *other*.
pub const REASON: usize = MAX_TEXT;
/// Characters of an internal note.
pub const NOTE: usize = MAX_TEXT;
/// Lines in one order.
pub const LINES: usize = MAX_LINES;
/// The largest quantity of one line.
pub const QUANTITY: u32 = 99_999;
/// Characters of the name of a shop, a customer or a staff member.
pub const NAME: usize = 120;
/// Characters of an e-mail address (RFC 5321).
pub const EMAIL: usize = 254;
