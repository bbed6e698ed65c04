//! The open exceptions of an account, each with its remedy.

use crate::account::exceptions::OpenException;
use crate::account::raised::RaisedException;
use crate::account::state::Account;
use crate::rules::exception::Exception;

impl Account {
    /// The open exceptions, in the order in which they were raised.
    #[must_use]
    pub fn exceptions(&self) -> Vec<Exception> {
        self.open_exceptions().into_iter().map(|open| self.with_remedy(open)).collect()
    }

    fn with_remedy(&self, open: OpenException) -> Exception {
        let remedy = self.remedy(&open);
        let RaisedException { kind, entry, other, about, missing, .. } = open.raised;
        Exception { kind, entry, other, about, missing, stays: open.stays, remedy }
    }
}
