//! The open exceptions of an account, with the entries in conflict.

use crate::account::state::Account;
use crate::exception::Kind;
use crate::rules::exception::Exception;
use crate::shop::Shop;
use crate::view::history::HistoryRow;

/// An open exception as a screen shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExceptionRow {
    /// The exception with its remedy.
    pub exception: Exception,
    /// The entry that raised it.
    pub entry: Option<HistoryRow>,
    /// The entry that it conflicts with, if there is one and it has arrived.
    pub other: Option<HistoryRow>,
}

impl Account {
    /// The open exceptions, in the order in which they were raised.
    pub(crate) fn exception_rows(&self, shop: &Shop) -> Vec<ExceptionRow> {
        self.exceptions(shop).into_iter().map(|exception| self.exception_row(exception)).collect()
    }

    fn exception_row(&self, exception: Exception) -> ExceptionRow {
        let of = |id| self.entry(id).map(|entry| self.describe_entry(entry));
        // The account finds the first of two entries with the same id; the second is in the list of clashes.
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
