//! Which figures and accounts a commit, a refresh or a merge changed.

use ledger::id::Id;
use std::collections::BTreeSet;

/// The parts of the book that screens have to read again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changed {
    /// Whether anything changed at all.
    pub any: bool,
    /// Whether any account may have changed, including new ones.
    pub all: bool,
    /// The customers whose accounts changed.
    pub accounts: BTreeSet<Id>,
}

impl Changed {
    /// Everything has to be read again.
    pub fn everything() -> Self {
        Self { any: true, all: true, accounts: BTreeSet::new() }
    }

    pub(super) fn join(&mut self, other: Self) {
        self.any |= other.any;
        self.all |= other.all;
        self.accounts.extend(other.accounts);
    }
}
