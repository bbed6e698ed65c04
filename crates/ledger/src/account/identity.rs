//! The identities of an account, each with the figures that differ.

use crate::id::Id;
use crate::money::Money;
use serde::Serialize;

/// An identity that does not hold, with the figures that differ. What entries say is cut to what the account has, so it
/// takes a mistake in this program. The account keeps the first that broke, goes on folding, and tells it whenever it is
/// checked; `counterfoil journal verify` and `recalculate` do so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub enum Identity {
    /// No order owes less than nothing.
    OwedBelowZero { order: Id, owed: Money },
    /// 0 ≤ K_g ≤ G_g: no tax group is credited for more than it holds.
    GroupCredited { order: Id, credited: Money, gross: Money },
    /// An order's sums are the sums of its parts.
    OrderSums { order: Id },
    /// 1100 = Σ owed.
    Receivable { posted: Money, owed: Money },
    /// −2100 = Σ O/S.
    Credit { posted: Money, outstanding: Money },
    /// −2110 = what is pending or awaiting, less what was paid out that no pay-out here asked for.
    Transit { posted: Money, waiting: Money },
    /// Available credit less credit to be repaid = Σ O/S.
    Available { available: Money, to_repay: Money, outstanding: Money },
}
