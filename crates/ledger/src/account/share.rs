//! One partner's commission on an order.

use crate::code::{BookAccount, Code};
use crate::entry::order_placed::OrderPartner;
use crate::entry::partner_added::Basis;
use crate::money::Money;
use crate::rate::Rate;
use serde::Serialize;

/// What one partner stands to earn on an order, with the rate and basis of the day it was placed.
#[derive(Debug, Clone, Serialize)]
pub struct Share {
    #[serde(skip)]
    pub payable: BookAccount,
    #[serde(skip)]
    pub accrued: BookAccount,
    pub rate: Rate,
    pub basis: Basis,
    /// Given to date.
    pub given: Money,
    /// Calculated up front; given is a part of it. Zero for the on-payment basis.
    pub calculated: Money,
}

impl Share {
    /// A partner of an order just placed.
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

    /// Calculated and not yet given.
    pub fn waiting(&self) -> Money {
        match self.basis {
            Basis::OnPayment => Money::ZERO,
            Basis::UpFront => self.calculated - self.given,
        }
    }
}
