//! Ask that a charge or a payment link be canceled. A claim: the endpoint does it, or says that the customer has paid meanwhile.

use crate::account::fold::Fold;
use crate::entry::Body;
use crate::entry::charge_withdrawn::WithdrawCharge;
use crate::id::Id;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;

impl Case<'_> {
    /// Refusals in order: UnknownCharge, dates, NotUnderWay (the charge is paid, or over, or is to be canceled already).
    pub(crate) fn withdraw_charge(&self, asked: &WithdrawCharge) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownCharge { charge: asked.charge.clone() };
        let charge = self.account().charges.get(&asked.charge).ok_or_else(unknown)?;
        self.dated()?;
        if self.account().is_under_way(charge) && !charge.cancel_asked {
            return Ok(Body::ChargeWithdrawn(asked.clone()));
        }
        Err(Refusal::NotUnderWay { charge: asked.charge.clone() })
    }
}

impl Fold<'_> {
    /// Notes that it is to be canceled. It stays under way until the endpoint says what became of it.
    pub(crate) fn withdraw_charge(&mut self, withdrawn: &WithdrawCharge) {
        if let Some(charge) = self.account.charges.get_mut(&withdrawn.charge) {
            charge.cancel_asked = true;
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &WithdrawCharge, body: &Body) -> bool {
    matches!(body, Body::ChargeWithdrawn(written) if written == asked)
}

impl Asked for WithdrawCharge {
    fn documents(&self) -> Vec<Id> {
        vec![self.charge.clone()]
    }
}
