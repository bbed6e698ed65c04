//! Record how far a charge is at the card processor. A claim that posts nothing.

use crate::account::fold::Fold;
use crate::account::state::Account;
use crate::entry::Body;
use crate::entry::charge_progressed::ProgressCharge;
use crate::id::Id;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;

impl Case<'_> {
    /// Refusals in order: UnknownCharge, dates, NotUnderWay (the charge is paid, or over).
    pub(crate) fn progress_charge(&self, asked: &ProgressCharge) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownCharge { charge: asked.charge.clone() };
        let charge = self.account().charges.get(&asked.charge).ok_or_else(unknown)?;
        self.dated()?;
        if self.account().is_under_way(charge) {
            return Ok(Body::ChargeProgressed(asked.clone()));
        }
        Err(Refusal::NotUnderWay { charge: asked.charge.clone() })
    }
}

impl Account {
    /// Whether the customer may still be charged, or may have been: the charge is neither paid nor over.
    pub(crate) fn is_under_way(&self, charge: &crate::account::documents::Charge) -> bool {
        let is_over = charge.progress.as_ref().is_some_and(|progress| progress.stage.is_over());
        let is_paid = charge.asked().is_some_and(|asked| self.payments.contains_key(&asked.payment));
        !is_over && !is_paid
    }
}

impl Fold<'_> {
    /// Notes how far the charge is. The last entry in order counts.
    pub(crate) fn progress_charge(&mut self, progressed: &ProgressCharge) {
        if let Some(charge) = self.account.charges.get_mut(&progressed.charge) {
            charge.progress = Some(progressed.clone());
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &ProgressCharge, body: &Body) -> bool {
    matches!(body, Body::ChargeProgressed(written) if written == asked)
}

impl Asked for ProgressCharge {
    fn documents(&self) -> Vec<Id> {
        vec![self.charge.clone()]
    }
}
