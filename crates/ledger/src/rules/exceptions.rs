//! The open exceptions of an account, each with its remedy.

use crate::account::exceptions::OpenException;
use crate::account::raised::RaisedException;
use crate::account::state::Account;
use crate::rules::exception::Exception;
use crate::shop::Shop;

impl Account {
    /// The open exceptions, in the order in which they were raised. Each remedy can be recorded now; the note of a
    /// remedy that only resolves still needs its reason.
    #[must_use]
    pub fn exceptions(&self, shop: &Shop) -> Vec<Exception> {
        self.open_exceptions().into_iter().map(|open| self.with_remedy(open, shop)).collect()
    }

    fn with_remedy(&self, open: OpenException, shop: &Shop) -> Exception {
        let remedy = self.remedy(&open, shop);
        let RaisedException { kind, entry, other, about, missing, .. } = open.raised;
        Exception { kind, entry, other, about, missing, stays: open.stays, remedy }
    }
}
