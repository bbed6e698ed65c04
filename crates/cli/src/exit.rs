//! The exit statuses.

/// Something is wrong with a book.
pub const WRONG: u8 = 1;
/// The command could not be carried out.
pub const NOT_DONE: u8 = 2;
