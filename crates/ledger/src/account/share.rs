//! The commission of one partner on an order.

use crate::code::{BookAccount, Code};
use crate::entry::order_placed::OrderPartner;
use crate::entry::partner_added::Basis;
use crate::money::Money;
use crate::rate::Rate;
use serde::Serialize;

/// The commission of one partner on an order, at the rate and basis of the day when the order was placed.
#[derive(Debug, Clone, Serialize)]
pub struct Share {
    #[serde(skip)]
    pub payable: BookAccount,
    #[serde(skip)]
    pub accrued: BookAccount,
    pub rate: Rate,
    pub basis: Basis,
    /// The commission given to date.
    pub given: Money,
    /// The commission calculated up front, including what is given. Zero for the on-payment basis.
    pub calculated: Money,
}

impl Share {
    /// The share of a partner of a new order.
    pub fn new(partner: &OrderPartner) -> Self {
        Self {
            payable: BookAccount::of_id(Code::CommissionPayable, &partner.id),
            accrued: BookAccount::of_id(Code::CommissionAccrued, &partner.id),
            rate: partner.rate,
            basis: partner.basis,
            given: Money::ZERO,
            calculated: Money::ZERO,
        }
    }

    /// The commission that is calculated and not given yet.
    pub fn waiting(&self) -> Money {
        match self.basis {
            Basis::OnPayment => Money::ZERO,
            Basis::UpFront => self.calculated - self.given,
        }
    }
}
