//! The accounting identities that hold after every entry, and the full check that a recalculation runs.

use crate::account::documents::{Payout, Refund};
use crate::account::group::Group;
use crate::account::identity::Identity;
use crate::account::lot::Lot;
use crate::account::order::Order;
use crate::account::state::{Account, EntryState};
use crate::entry::Body;
use crate::id::Id;
use crate::money::Money;

impl Account {
    /// Recomputes all sums and checks every identity. After each entry the fold checks only what that entry touched.
    ///
    /// # Errors
    /// The first identity that does not hold.
    pub fn check(&self) -> Result<(), Identity> {
        if let Some(broken) = &self.broken {
            return Err(broken.clone());
        }
        self.orders.iter().try_for_each(|(id, order)| check_order_in_full(id, order))?;
        self.orders.iter().try_for_each(|(id, order)| self.check_returns(id, order))?;
        let owed: Money = self.orders.values().map(Order::owed).sum();
        if self.receivable != owed || self.owed != owed {
            return Err(Identity::Receivable { posted: self.receivable, owed });
        }
        let due = self.open.values().map(|(_, owed)| *owed).sum();
        if due != owed {
            return Err(Identity::Due { due, owed });
        }
        let outstanding: Money = self.lots.values().map(Lot::os).sum();
        if self.payable != outstanding {
            return Err(Identity::Credit { posted: self.payable, outstanding });
        }
        let (posted, waiting) = (-self.transit, self.in_transit());
        if posted != waiting {
            return Err(Identity::Transit { posted, waiting });
        }
        let (posted, rounded) = (self.rounding, self.rounded());
        if posted != rounded {
            return Err(Identity::Rounding { posted, rounded });
        }
        let transferred = self.transferred();
        if self.between != transferred {
            return Err(Identity::Between { posted: self.between, transferred });
        }
        let (available, to_repay) = (self.credit, self.to_repay);
        let agrees = available - to_repay == outstanding;
        if agrees { Ok(()) } else { Err(Identity::Available { available, to_repay, outstanding }) }
    }
}

impl Account {
    /// What the entries that count received from other customers, less what they gave.
    fn transferred(&self) -> Money {
        let counts = self.entries.values().filter(|found| found.state == EntryState::Counts);
        let amounts = counts.map(|found| {
            if let Body::CreditReceived(received) = &found.entry.body {
                return received.amount;
            }
            if let Body::CreditTransferred(given) = &found.entry.body {
                return -given.amount;
            }
            Money::ZERO
        });
        amounts.sum()
    }

    /// Recomputes what came back of each line of an order from its credit notes and refunds.
    fn check_returns(&self, id: &Id, order: &Order) -> Result<(), Identity> {
        let notes = order.notes.iter().filter_map(|note| self.notes.get(note)).map(|note| &note.returned);
        let refunds =
            order.refunds.iter().filter_map(|id| self.refunds.get(id)).map(|refund| &refund.returned);
        let documents: Vec<_> = notes.chain(refunds).flatten().collect();
        let agrees = (1_u32..).zip(&order.returned).all(|(number, returns)| {
            let of_line = || documents.iter().filter(|each| each.line == number);
            let qty: u64 = of_line().map(|each| u64::from(each.qty.0)).sum();
            let value: Money = of_line().map(|each| each.value).sum();
            (qty, value, of_line().count()) == (returns.qty, returns.value, returns.by.len())
        });
        let counted = !order.returned.is_empty() || documents.is_empty();
        if agrees && counted { Ok(()) } else { Err(Identity::Returns { order: id.clone() }) }
    }

    /// The amounts that are pending or awaiting, less the amounts paid out without a pay-out in this account.
    fn in_transit(&self) -> Money {
        let pending = self.refunds.values().map(Refund::in_transit);
        let awaiting = self.payouts.values().map(Payout::in_transit);
        pending.chain(awaiting).sum::<Money>() - self.unheld
    }
}

/// Checks the identities of an order after an entry touched it. The cost is proportional to its tax groups.
///
/// # Errors
/// The identity that does not hold.
pub fn check_order(id: &Id, order: &Order) -> Result<(), Identity> {
    let owed = order.owed();
    if owed < Money::ZERO {
        return Err(Identity::OwedBelowZero { order: id.clone(), owed });
    }
    let due: Money = order.dues(owed).into_iter().map(|(_, open)| open).sum();
    if due != owed {
        return Err(Identity::Instalments { order: id.clone(), due, owed });
    }
    let over = |group: &&Group| group.credited < Money::ZERO || group.room() < Money::ZERO;
    match order.groups.iter().find(over) {
        Some(Group { credited, gross, .. }) => {
            Err(Identity::GroupCredited { order: id.clone(), credited: *credited, gross: *gross })
        }
        None => Ok(()),
    }
}

fn check_order_in_full(id: &Id, order: &Order) -> Result<(), Identity> {
    check_order(id, order)?;
    let kept: Money = order.paid.values().map(|paid| paid.kept).sum();
    let applied: Money = order.credits.values().map(crate::account::order::AppliedCredit::remaining).sum();
    let credited: Money = order.groups.iter().map(|group| group.credited).sum();
    let agrees = kept == order.kept && applied == order.applied && credited == order.credited;
    if agrees { Ok(()) } else { Err(Identity::OrderSums { order: id.clone() }) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Account, Identity};
    use crate::account::documents::{HeldPart, Payout};
    use crate::account::fold::Fold;
    use crate::account::status::Status;
    use crate::code::{BookAccount, Code};
    use crate::date::Date;
    use crate::entry::Body;
    use crate::entry::payout_completed::PayoutCompleted;
    use crate::entry::record::Entry;
    use crate::entry::refund_named::RefundNamed;
    use crate::id::Id;
    use crate::money::Money;
    use crate::shop::Shop;
    use std::sync::Arc;

    const AMOUNT: Money = Money(500);

    /// The account after an entry that posts nothing itself, while `mistake` changes the account in a wrong way.
    fn account_after(mistake: impl FnOnce(&mut Fold<'_>)) -> Account {
        let (id, mira) = (Id::new("X-1").unwrap(), Id::new("mira").unwrap());
        let (on, customer) = (Date::parse("2026-03-02").unwrap(), Some(mira.clone()));
        let body = Body::RefundHandedOver(RefundNamed { refund: id.clone() });
        let entry = Arc::new(Entry { id, no: None, actor: mira, on, customer, body });
        let mut account = Account::default();
        let mut fold = Fold::new(&mut account, &entry);
        mistake(&mut fold);
        fold.finish();
        account
    }

    fn payout(fold: &Fold<'_>) -> Payout {
        let part = HeldPart { lot: Id::new("C-1").unwrap(), asked: AMOUNT, held: AMOUNT };
        Payout {
            entry: fold.entry.clone(),
            status: Status::Awaiting,
            parts: vec![part],
            done_by: None,
            done: None,
            completed: None,
            handed_over: false,
            rounding: Money::ZERO,
        }
    }

    fn transit(fold: &mut Fold<'_>) {
        let sales = BookAccount::of(Code::Sales);
        fold.lines.transfer(&sales, &BookAccount::of(Code::RefundsPayable), AMOUNT);
    }

    #[test]
    fn a_posting_without_a_document_breaks_an_identity() {
        let sales = BookAccount::of(Code::Sales);
        let receivable = account_after(|fold| fold.lines.transfer(&fold.receivable.clone(), &sales, AMOUNT));
        let credit = account_after(|fold| fold.lines.transfer(&sales, &fold.credit.clone(), AMOUNT));
        let none = Money::ZERO;
        assert_eq!(receivable.broken, Some(Identity::Receivable { posted: AMOUNT, owed: none }));
        assert_eq!(credit.broken, Some(Identity::Credit { posted: AMOUNT, outstanding: none }));
        let transit = account_after(transit);
        assert_eq!(transit.broken, Some(Identity::Transit { posted: AMOUNT, waiting: none }));
        assert_eq!(transit.check().err(), transit.broken);
    }

    #[test]
    fn the_account_view_reports_a_broken_identity() {
        let shop = Shop::default();
        assert!(account_after(transit).view(&shop).broken);
        assert!(!account_after(|_| ()).view(&shop).broken);
    }

    #[test]
    fn a_document_without_a_posting_breaks_an_identity() {
        let owing =
            account_after(|fold| fold.order_or_missing(&Id::new("O-1").unwrap()).written_off = -AMOUNT);
        let granted = account_after(|fold| fold.lot(&Id::new("C-1").unwrap()).amount = AMOUNT);
        let held = account_after(|fold| fold.insert_payout(&fold.entry.id, payout(fold)));
        let posted = Money::ZERO;
        assert_eq!(owing.broken, Some(Identity::Receivable { posted, owed: AMOUNT }));
        assert_eq!(granted.broken, Some(Identity::Credit { posted, outstanding: AMOUNT }));
        assert_eq!(held.broken, Some(Identity::Transit { posted, waiting: AMOUNT }));
    }

    #[test]
    fn a_change_of_status_without_a_posting_breaks_an_identity() {
        let posted = account_after(|fold| {
            fold.insert_payout(&fold.entry.id, payout(fold));
            transit(fold);
        });
        assert_eq!(posted.check(), Ok(()));
        let finished = account_after(|fold| {
            *fold.account = posted;
            fold.change_payout(&fold.entry.id, |payout| payout.status = Status::Complete);
        });
        let broken = Identity::Transit { posted: Money::ZERO, waiting: -AMOUNT };
        assert_eq!(finished.broken, Some(broken));
    }

    #[test]
    fn paying_more_or_less_than_the_pay_out_breaks_no_identity() {
        let id = Id::new("X-1").unwrap();
        let completed = |amount| PayoutCompleted {
            payout: id.clone(),
            account: BookAccount::drawer("A"),
            amount,
            rounding: Money::ZERO,
        };
        for amount in [Money(499), AMOUNT, Money(501)] {
            let paid = account_after(|fold| {
                fold.insert_payout(&fold.entry.id, payout(fold));
                transit(fold);
                fold.complete_payout(&completed(amount));
            });
            assert_eq!((paid.check(), paid.transit), (Ok(()), amount - AMOUNT));
        }
    }

    #[test]
    fn rounding_without_a_document_breaks_an_identity() {
        let drawer = BookAccount::drawer("A");
        let posted = account_after(|fold| fold.round(&drawer, Money(-2)));
        assert_eq!(posted.broken, Some(Identity::Rounding { posted: Money(-2), rounded: Money::ZERO }));
        let unposted = account_after(|fold| fold.round_unheld(Money(2)));
        assert_eq!(unposted.broken, Some(Identity::Rounding { posted: Money::ZERO, rounded: Money(-2) }));
        let both = account_after(|fold| {
            fold.round(&drawer, Money(-2));
            fold.round_unheld(Money(2));
        });
        assert_eq!(both.check(), Ok(()));
        let changed = account_after(|fold| {
            *fold.account = both;
            fold.account.unheld_rounding = Money(3);
        });
        assert_eq!(changed.check(), Err(Identity::Rounding { posted: Money(-2), rounded: Money(-3) }));
    }

    #[test]
    fn the_first_broken_identity_is_stored() {
        let broken = account_after(transit);
        let repaired = account_after(|fold| {
            *fold.account = broken.clone();
            let sales = BookAccount::of(Code::Sales);
            fold.lines.transfer(&BookAccount::of(Code::RefundsPayable), &sales, AMOUNT);
        });
        assert_eq!(repaired.check().err(), broken.broken);
    }
}
