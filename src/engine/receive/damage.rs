//! The bad lines of a damaged or cut file, and what is left out because of them.

use super::not_received::Flaw;
use std::collections::BTreeSet;

/// The most bad lines that are named.
pub const MOST_NAMED: usize = 100;

/// The bad lines of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Survey {
    /// The first bad lines, with what is wrong.
    pub bad: Vec<(u64, Flaw)>,
    /// The numbers of the lines that are left out: bad ones, and those that only follow bad ones.
    pub left_out: BTreeSet<u64>,
    /// The numbers of the lines that follow a line of the store, not of the file.
    pub attached: BTreeSet<u64>,
    /// Whether a good line, or the store, opens a shop.
    pub opens_shop: bool,
}
