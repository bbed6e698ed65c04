//! What is in transit: online refunds that are pending, and pay-outs that await their payment. Both change through
//! here alone, so that after each entry 2110 is held against what moved in them.

use crate::account::documents::{Payout, Refund};
use crate::account::fold::Fold;
use crate::account::identity::Identity;
use crate::account::status::Status;
use crate::code::Code;
use crate::id::Id;
use crate::money::Money;

impl Refund {
    /// What the gateway was asked for and has not settled.
    pub fn in_transit(&self) -> Money {
        if self.status == Status::Pending { self.out } else { Money::ZERO }
    }
}

impl Payout {
    /// What it was processed for.
    pub fn asked(&self) -> Money {
        self.parts.iter().map(|part| part.asked).sum()
    }

    /// What is held until somebody pays it.
    pub fn in_transit(&self) -> Money {
        match self.status {
            Status::Awaiting => self.parts.iter().map(|part| part.held).sum(),
            _ => Money::ZERO,
        }
    }
}

impl Fold<'_> {
    /// Puts a new refund into the account.
    pub fn insert_refund(&mut self, id: &Id, refund: Refund) {
        self.in_transit += refund.in_transit();
        self.account.refunds.insert(id.clone(), refund);
    }

    /// Puts a new pay-out into the account.
    pub fn insert_payout(&mut self, id: &Id, payout: Payout) {
        self.in_transit += payout.in_transit();
        self.account.payouts.insert(id.clone(), payout);
    }

    /// Changes a refund that is here.
    pub fn change_refund(&mut self, id: &Id, change: impl FnOnce(&mut Refund)) {
        if let Some(refund) = self.account.refunds.get_mut(id) {
            let before = refund.in_transit();
            change(refund);
            self.in_transit += refund.in_transit() - before;
        }
    }

    /// Changes a pay-out that is here.
    pub fn change_payout(&mut self, id: &Id, change: impl FnOnce(&mut Payout)) {
        if let Some(payout) = self.account.payouts.get_mut(id) {
            let before = payout.in_transit();
            change(payout);
            self.in_transit += payout.in_transit() - before;
        }
    }

    /// Notes what was paid that no pay-out here asked for.
    pub fn pay_unheld(&mut self, amount: Money) {
        self.account.unheld += amount;
        self.in_transit -= amount;
    }

    /// What is in transit and 2110 move by the same amount.
    pub(super) fn settle_transit(&mut self) {
        let (posted, waiting) = (-self.lines.net_of(Code::RefundsPayable), self.in_transit);
        if posted != waiting {
            self.account.broken.get_or_insert(Identity::Transit { posted, waiting });
        }
        self.account.transit -= posted;
    }
}
