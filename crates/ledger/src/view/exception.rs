//! What two counters disagreed about on an account, with both entries beside it.

use crate::account::state::Account;
use crate::exception::Kind;
use crate::rules::exception::Exception;
use crate::view::history::HistoryRow;

/// An open exception as a screen shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExceptionRow {
    /// What it is, and what would put it right.
    pub exception: Exception,
    /// The entry that raised it.
    pub entry: Option<HistoryRow>,
    /// The entry it disagrees with, where there is one and it is here.
    pub other: Option<HistoryRow>,
}

impl Account {
    /// The open exceptions, in the order in which they arose.
    pub(crate) fn exception_rows(&self) -> Vec<ExceptionRow> {
        self.exceptions().into_iter().map(|exception| self.exception_row(exception)).collect()
    }

    fn exception_row(&self, exception: Exception) -> ExceptionRow {
        let of = |id| self.entry(id).map(|entry| self.describe_entry(entry));
        // Of two with one id the account knows the first by it; the other is kept aside.
        let clash = || self.clashes().iter().find(|other| other.id == exception.entry);
        let entry = if exception.kind == Kind::IdClash {
            clash().map(|entry| self.describe_entry(entry))
        } else {
            of(&exception.entry)
        };
        let other = exception.other.as_ref().and_then(of);
        ExceptionRow { entry, other, exception }
    }
}
