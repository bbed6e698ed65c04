//! Cash rounding: what counts for the customer less what moved. After each entry 6310 is checked against the documents
//! that stand.

use crate::account::documents::{Payment, Payout, Refund};
use crate::account::fold::Fold;
use crate::account::identity::Identity;
use crate::account::state::Account;
use crate::account::status::Status;
use crate::code::{BookAccount, Code, MoneyAccount};
use crate::money::Money;

impl Payment {
    /// The rounding that stands, in minor units; zero once the payment is reversed.
    pub fn rounded(&self) -> Money {
        let paid = self.recorded().filter(|_| self.reversed.is_none());
        paid.map_or(Money::ZERO, |paid| paid.rounding)
    }
}

impl Refund {
    /// The rounding that stands, in minor units: of a manual refund that moved money and is not reversed.
    pub fn rounded(&self) -> Money {
        let moved = self.status == Status::Recorded && self.account.is_some();
        let written = self.content().filter(|_| moved);
        written.map_or(Money::ZERO, |written| written.rounding)
    }
}

impl Payout {
    /// The rounding that stands, in minor units: of a pay-out that is complete.
    pub fn rounded(&self) -> Money {
        if self.status == Status::Complete { self.rounding } else { Money::ZERO }
    }
}

impl Fold<'_> {
    /// Posts the rounding of money that came in, or minus that of money that went out: Dr 6310, Cr money.
    pub fn round(&mut self, money: &MoneyAccount, rounding: Money) {
        self.lines.transfer(&BookAccount::of(Code::CashRounding), money, rounding);
    }

    /// Records the rounding of money that was paid out without a pay-out in this account.
    pub fn round_unheld(&mut self, rounding: Money) {
        self.account.unheld_rounding += rounding;
        self.rounding -= rounding;
    }

    /// Checks that 6310 and the rounding of the documents change by the same amount.
    pub(super) fn settle_rounding(&mut self) {
        let (posted, rounded) = (self.lines.net_of(Code::CashRounding), self.rounding);
        if posted != rounded {
            self.account.broken.get_or_insert(Identity::Rounding { posted, rounded });
        }
        self.account.rounding += posted;
    }
}

impl Account {
    /// The rounding of all documents that stand: of money that came in, less that of money that went out.
    pub(super) fn rounded(&self) -> Money {
        let taken: Money = self.payments.values().map(Payment::rounded).sum();
        let refunded: Money = self.refunds.values().map(Refund::rounded).sum();
        let paid_out: Money = self.payouts.values().map(Payout::rounded).sum();
        taken - refunded - paid_out - self.unheld_rounding
    }
}
