//! The accounting identities of an account, each with the figures that differ.

use crate::id::Id;
use crate::money::Money;
use serde::Serialize;

/// An identity that does not hold, with the figures that differ, in minor units. Entries are cut to what the account
/// has, so only a bug in this program can break an identity. The account stores the first broken identity, continues
/// to fold, and reports it whenever it is checked, such as by `counterfoil journal verify` and `recalculate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub enum Identity {
    /// No order owes less than zero.
    OwedBelowZero { order: Id, owed: Money },
    /// The open parts of the instalments of an order add up to what it owes.
    Instalments { order: Id, due: Money, owed: Money },
    /// What is owed by due date adds up to Σ owed.
    Due { due: Money, owed: Money },
    /// 0 ≤ K_g ≤ G_g: no tax group is credited for more than its gross.
    GroupCredited { order: Id, credited: Money, gross: Money },
    /// The sums of an order equal the sums of its parts.
    OrderSums { order: Id },
    /// What came back of each line is what the documents of the order say.
    Returns { order: Id },
    /// 1100 = Σ owed.
    Receivable { posted: Money, owed: Money },
    /// −2100 = Σ O/S.
    Credit { posted: Money, outstanding: Money },
    /// −2110 = what is pending or awaiting, less what was paid out without a pay-out in this account.
    Transit { posted: Money, waiting: Money },
    /// 6310 = the rounding of the documents that stand.
    Rounding { posted: Money, rounded: Money },
    /// 2120 = credit received from other customers less credit given to them.
    Between { posted: Money, transferred: Money },
    /// Available credit less credit to be repaid = Σ O/S.
    Available { available: Money, to_repay: Money, outstanding: Money },
}
