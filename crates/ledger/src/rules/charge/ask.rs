//! Ask the card processor to charge the payment method that a customer has saved, or for a payment link. It posts nothing: the payment does, once there is one.

use crate::account::documents::Charge;
use crate::account::fold::Fold;
use crate::entry::Body;
use crate::entry::charge_asked::ChargeAsked;
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, non_blank};
use crate::rules::payment::{AllocationAsked, RecordPayment};

/// A charge to ask for. The id of the command becomes the id of the charge.
#[derive(Debug, Clone, PartialEq)]
pub struct AskCharge {
    /// The id that the payment gets.
    pub payment: Id,
    /// Whether the customer pays by a link, rather than that the saved card is charged.
    pub by_link: bool,
    /// Whether the customer agrees that the card with which the link is paid is saved for later charges; without effect otherwise.
    pub saves: bool,
    /// The amount in minor units.
    pub amount: Money,
    /// The allocations, as of a payment.
    pub allocations: Vec<AllocationAsked>,
    /// Whether the payment counts for commission.
    pub eligible: bool,
    /// The internal note.
    pub note: Option<String>,
}

impl AskCharge {
    /// The payment that the charge becomes, to be checked as one.
    fn as_payment(&self) -> RecordPayment {
        RecordPayment {
            amount: self.amount,
            method: Method::Online,
            bank: None,
            allocations: self.allocations.clone(),
            eligible: self.eligible,
            tendered: None,
            reference: None,
            note: self.note.clone(),
            rounding: Money::ZERO,
        }
    }
}

impl Case<'_> {
    /// Refusals as of a payment, then NoSavedCard (unless it is a link) and IdTaken (of the payment). A second charge of one order is not refused: the form warns.
    pub(crate) fn ask_charge(&self, asked: &AskCharge) -> Result<Body, Refusal> {
        let body = self.record_payment(&asked.as_payment())?;
        let Body::PaymentRecorded(paid) = body else { return Ok(body) };
        let saved = || self.account().customer.as_ref().and_then(|customer| customer.card.clone());
        let card = if asked.by_link { None } else { Some(saved().ok_or(Refusal::NoSavedCard)?) };
        if self.entry_with_id(&asked.payment).is_some() || asked.payment == *self.id {
            return Err(Refusal::IdTaken { id: asked.payment.clone() });
        }
        Ok(Body::ChargeAsked(ChargeAsked {
            payment: asked.payment.clone(),
            card,
            amount: paid.amount,
            allocations: paid.allocations,
            eligible: paid.eligible,
            note: paid.note,
            saves: asked.by_link && asked.saves,
        }))
    }
}

impl Fold<'_> {
    /// Posts nothing.
    pub(crate) fn ask_charge(&mut self) {
        let charge = Charge { entry: self.entry.clone(), progress: None, cancel_asked: false };
        self.account.charges.insert(self.entry.id.clone(), charge);
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(case: &Case<'_>, asked: &AskCharge, body: &Body) -> bool {
    let Body::ChargeAsked(written) = body else { return false };
    let recorded = Body::PaymentRecorded(crate::entry::PaymentRecorded {
        reference: None,
        ..written.paid(String::new())
    });
    asked.payment == written.payment
        && asked.by_link == written.is_link()
        && (asked.by_link && asked.saves) == written.saves
        && non_blank(asked.note.as_ref()) == written.note
        && crate::rules::payment::is_same(case, &asked.as_payment(), &recorded)
}

impl Asked for AskCharge {
    fn names(&self) -> Vec<Id> {
        self.allocations.iter().map(|part| part.order.clone()).chain([self.payment.clone()]).collect()
    }

    fn documents(&self) -> Vec<Id> {
        self.allocations.iter().map(|part| part.order.clone()).collect()
    }
}
