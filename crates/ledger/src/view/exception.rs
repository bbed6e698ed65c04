//! The open exceptions of an account, with the entries in conflict.

use crate::account::state::Account;
use crate::exception::Kind;
use crate::id::Id;
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
    /// The customer to whose account that entry belongs, if it is another one.
    pub elsewhere: Option<Id>,
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
        ExceptionRow { entry, other, exception, elsewhere: None }
    }

    /// The row of two entries with the same number or id of which this account has only `entry`; the index of all entries
    /// finds them. `elsewhere` is the account of `other`.
    #[must_use]
    pub fn row_across_accounts(
        &self,
        kind: Kind,
        entry: &Id,
        other: &Id,
        elsewhere: Option<Id>,
    ) -> ExceptionRow {
        let own = self.entry(entry).map(|entry| self.describe_entry(entry));
        let exception = Exception::across_accounts(kind, entry, other);
        ExceptionRow { exception, entry: own, other: None, elsewhere }
    }
}
