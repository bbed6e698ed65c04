//! What the exit status says.

/// Something is wrong with a book.
pub const WRONG: u8 = 1;
/// It could not be done.
pub const NOT_DONE: u8 = 2;
