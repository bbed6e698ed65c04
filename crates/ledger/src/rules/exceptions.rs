//! The open exceptions of an account, each with its remedy.

use crate::account::exceptions::OpenException;
use crate::account::state::Account;
use crate::rules::exception::Exception;

impl Account {
    /// The open exceptions, in the order in which they were raised.
    #[must_use]
    pub fn exceptions(&self) -> Vec<Exception> {
        self.open_exceptions().into_iter().map(|open| self.with_remedy(open)).collect()
    }

    fn with_remedy(&self, open: OpenException) -> Exception {
        Exception {
            remedy: self.remedy(&open),
            kind: open.kind,
            entry: open.entry,
            other: open.other,
            about: open.about,
            missing: open.missing,
            stays: open.stays,
        }
    }
}
