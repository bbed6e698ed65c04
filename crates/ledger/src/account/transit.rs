//! Amounts in transit: pending online refunds, and pay-outs that await payment. Refunds and pay-outs change only
//! through these methods, so that 2110 and 6310 can be checked against them after each entry.

use crate::account::documents::{Payout, Refund};
use crate::account::fold::Fold;
use crate::account::identity::Identity;
use crate::account::status::Status;
use crate::code::Code;
use crate::id::Id;
use crate::money::Money;

impl Refund {
    /// The amount that the gateway was asked for and has not settled.
    pub fn in_transit(&self) -> Money {
        if self.status == Status::Pending { self.out } else { Money::ZERO }
    }
}

impl Payout {
    /// The amount that the pay-out was processed for.
    pub fn asked(&self) -> Money {
        self.parts.iter().map(|part| part.asked).sum()
    }

    /// The amount held until the pay-out is completed.
    pub fn in_transit(&self) -> Money {
        match self.status {
            Status::Awaiting => self.parts.iter().map(|part| part.held).sum(),
            _ => Money::ZERO,
        }
    }
}

impl Fold<'_> {
    /// Inserts a new refund.
    pub fn insert_refund(&mut self, id: &Id, refund: Refund) {
        self.in_transit += refund.in_transit();
        self.rounding -= refund.rounded();
        self.account.refunds.insert(id.clone(), refund);
    }

    /// Inserts a new pay-out.
    pub fn insert_payout(&mut self, id: &Id, payout: Payout) {
        self.in_transit += payout.in_transit();
        self.rounding -= payout.rounded();
        self.account.payouts.insert(id.clone(), payout);
    }

    /// Changes a refund, if the account has it.
    pub fn change_refund(&mut self, id: &Id, change: impl FnOnce(&mut Refund)) {
        if let Some(refund) = self.account.refunds.get_mut(id) {
            let before = (refund.in_transit(), refund.rounded());
            change(refund);
            self.in_transit += refund.in_transit() - before.0;
            self.rounding -= refund.rounded() - before.1;
        }
    }

    /// Changes a pay-out, if the account has it.
    pub fn change_payout(&mut self, id: &Id, change: impl FnOnce(&mut Payout)) {
        if let Some(payout) = self.account.payouts.get_mut(id) {
            let before = (payout.in_transit(), payout.rounded());
            change(payout);
            self.in_transit += payout.in_transit() - before.0;
            self.rounding -= payout.rounded() - before.1;
        }
    }

    /// Records an amount that was paid out without a pay-out in this account.
    pub fn pay_unheld(&mut self, amount: Money) {
        self.account.unheld += amount;
        self.in_transit -= amount;
    }

    /// Checks that the amount in transit and 2110 change by the same amount.
    pub(super) fn settle_transit(&mut self) {
        let (posted, waiting) = (-self.lines.net_of(Code::RefundsPayable), self.in_transit);
        if posted != waiting {
            self.account.broken.get_or_insert(Identity::Transit { posted, waiting });
        }
        self.account.transit -= posted;
    }
}
