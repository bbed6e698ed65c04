//! The identities that hold after every entry, and the full check that a recalculation runs.

use super::Account;
use super::leg::Group;
use super::lot::Lot;
use super::order::Order;
use crate::act::refund::Status;
use crate::id::Id;
use crate::money::Money;
use serde::Serialize;

/// An identity that does not hold, with the figures that differ.
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
    /// −2110 = what is pending or awaiting, less what was paid out before its pay-out was here.
    Transit { posted: Money, waiting: Money },
    /// Available credit less credit to be repaid = Σ O/S.
    Available { available: Money, to_repay: Money, outstanding: Money },
}

impl Account {
    /// Adds everything up afresh. After each entry the account checks what that entry touched; this checks all.
    ///
    /// # Errors
    /// The first identity that does not hold.
    pub fn check(&self) -> Result<(), Identity> {
        if let Some(broken) = &self.broken {
            return Err(broken.clone());
        }
        self.orders.iter().try_for_each(|(id, order)| check_order(id, order))?;
        let owed: Money = self.orders.values().map(Order::owed).sum();
        if self.receivable != owed || self.owed != owed {
            return Err(Identity::Receivable { posted: self.receivable, owed });
        }
        let outstanding: Money = self.lots.values().map(Lot::os).sum();
        if self.payable != outstanding {
            return Err(Identity::Credit { posted: self.payable, outstanding });
        }
        let (posted, waiting) = (-self.transit, self.in_transit());
        if posted != waiting {
            return Err(Identity::Transit { posted, waiting });
        }
        let (available, to_repay) = (self.credit, self.to_repay);
        let agrees = available - to_repay == outstanding;
        if agrees { Ok(()) } else { Err(Identity::Available { available, to_repay, outstanding }) }
    }
}

impl Account {
    /// What is pending or awaiting.
    fn in_transit(&self) -> Money {
        let pending = self.refunds.values().filter(|refund| refund.status == Status::Pending);
        let awaiting = self.payouts.values().filter(|payout| payout.status == Status::Awaiting);
        let held = awaiting.flat_map(|payout| &payout.parts).map(|part| part.held);
        pending.map(|refund| refund.out).chain(held).sum::<Money>() - self.unheld
    }
}

/// What holds of an order after each entry that touches it. Its cost is that of its tax groups.
///
/// # Errors
/// The identity that does not hold.
pub fn order_stands(id: &Id, order: &Order) -> Result<(), Identity> {
    let owed = order.owed();
    if owed < Money::ZERO {
        return Err(Identity::OwedBelowZero { order: id.clone(), owed });
    }
    let over = |group: &&Group| group.credited < Money::ZERO || group.room() < Money::ZERO;
    match order.groups.iter().find(over) {
        Some(Group { credited, gross, .. }) => {
            Err(Identity::GroupCredited { order: id.clone(), credited: *credited, gross: *gross })
        }
        None => Ok(()),
    }
}

fn check_order(id: &Id, order: &Order) -> Result<(), Identity> {
    order_stands(id, order)?;
    let kept: Money = order.paid.values().map(|paid| paid.kept).sum();
    let applied: Money = order.credits.values().map(super::order::Applied::still).sum();
    let credited: Money = order.groups.iter().map(|group| group.credited).sum();
    let agrees = kept == order.kept && applied == order.applied && credited == order.credited;
    if agrees { Ok(()) } else { Err(Identity::OrderSums { order: id.clone() }) }
}
