//! What would put an exception right: the command to offer beside it. Where the books need nothing more, somebody
//! looks at it and says what was done.

use super::Account;
use super::raised::{Raised, Until};
use crate::act::credit::ApplyCredit;
use crate::act::payment::{AllocationAsked, Method, RecordPayment};
use crate::act::payout::{FromLot, ProcessPayout};
use crate::act::refund::Status;
use crate::body::Body;
use crate::command::Act;
use crate::exception::{Kind, look_at};
use crate::id::Id;
use crate::money::Money;

impl Account {
    /// Credit moved to a lot below zero; money or credit for an order that owes again; a second payment paid back; a
    /// pay-out without its credit rejected.
    pub(super) fn remedy(&self, raised: &Raised) -> Act {
        let found = match (&raised.kind, &raised.until) {
            (_, Until::LotMadeGood(lot)) => Some(self.make_good(lot)),
            (_, Until::LotSpent(lot)) => Some(pay_back(lot, self.os(lot))),
            (Kind::OverRefunded, Until::RefundUndone(_)) => self.collect_again(raised),
            (Kind::CreditOverspent | Kind::OverCredited, _) => self.cut(raised),
            _ => None,
        };
        found.unwrap_or_else(|| look_at(raised.kind, &raised.entry))
    }

    /// A claim was cut: what it would have covered is still owed, or the pay-out that it holds lacks credit.
    fn cut(&self, raised: &Raised) -> Option<Act> {
        match self.body(&raised.entry)? {
            Body::PayoutProcessed(_) => {
                let awaiting = self.payouts.get(&raised.entry)?.status == Status::Awaiting;
                awaiting.then(|| Act::RejectPayout { payout: raised.entry.clone() })
            }
            Body::CreditApplied(_)
            | Body::RefundRecorded(_)
            | Body::RefundApproved(_)
            | Body::RefundReversed(_)
            | Body::RefundSettled(_) => self.with_credit(raised).or_else(|| self.collect_again(raised)),
            _ => None,
        }
    }

    /// Credit that the customer has elsewhere pays what is owed again.
    fn with_credit(&self, raised: &Raised) -> Option<Act> {
        let (order, amount) = self.owed_again(raised)?;
        let (lot, credit) = self.lots.iter().find(|(_, lot)| lot.os().is_positive())?;
        Some(apply(lot, order, amount.min(credit.os())))
    }

    /// Money pays it.
    fn collect_again(&self, raised: &Raised) -> Option<Act> {
        let (order, amount) = self.owed_again(raised)?;
        Some(collect(amount, Some(order)))
    }

    /// The order that owes again, and how much of that is due to what is missing.
    fn owed_again<'a>(&self, raised: &'a Raised) -> Option<(&'a Id, Money)> {
        let order = raised.about.as_ref()?;
        let placed = self.orders.get(order)?.entry.is_some();
        let amount = raised.missing.min(self.owed_on(order));
        (placed && amount.is_positive()).then_some((order, amount))
    }

    fn make_good(&self, below: &Id) -> Act {
        let needed = -self.os(below);
        match self.lots.iter().find(|(_, lot)| lot.os().is_positive()) {
            Some((from, lot)) => apply(from, below, needed.min(lot.os())),
            None => collect(needed, None),
        }
    }
}

fn apply(lot: &Id, to: &Id, amount: Money) -> Act {
    Act::ApplyCredit(ApplyCredit { lot: lot.clone(), to: to.clone(), amount, eligible: None })
}

fn collect(amount: Money, order: Option<&Id>) -> Act {
    let allocations = order.map(|order| AllocationAsked { order: order.clone(), amount: None });
    Act::RecordPayment(RecordPayment {
        amount,
        method: Method::Cash,
        bank: None,
        allocations: allocations.into_iter().collect(),
        eligible: true,
        tendered: None,
        reference: None,
        note: None,
    })
}

fn pay_back(lot: &Id, amount: Money) -> Act {
    Act::ProcessPayout(ProcessPayout {
        amount,
        method: Method::Cash,
        bank: None,
        from: vec![FromLot { lot: lot.clone(), amount }],
        payee: None,
        reference: None,
        note: None,
    })
}
