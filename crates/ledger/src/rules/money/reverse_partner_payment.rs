//! Reverse a payment of commission to a partner. A fact.

use crate::code::{BookAccount, Code};
use crate::entry::partner_payment_reversed::PartnerPaymentReversed;
use crate::entry::record::Entry;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::posting::Lines;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, reason};
use crate::shop::Shop;

/// The reversal of a payment to a partner.
#[derive(Debug, Clone, PartialEq)]
pub struct ReversePartnerPayment {
    /// The payment.
    pub of: Id,
    /// Required.
    pub reason: Option<String>,
}

impl Case<'_> {
    /// Refusals in order: UnknownPayment, NotPermitted, dates, ReasonRequired, AlreadyReversed. The entry contains the
    /// account and the amount of the payment.
    pub(crate) fn reverse_partner_payment(&self, asked: &ReversePartnerPayment) -> Result<Body, Refusal> {
        let of = &asked.of;
        let found = (self.cx.id_owner)(of).map(|owner| owner.entry.body);
        let Some(Body::PartnerPaid(paid)) = found else {
            return Err(Refusal::UnknownPayment { payment: of.clone() });
        };
        self.permitted(EntryKind::PartnerPaymentReversed, paid.amount)?;
        self.dated()?;
        let reason = reason(asked.reason.as_ref())?;
        if self.cx.shop.reversed_payments.contains_key(of) {
            return Err(Refusal::AlreadyReversed { id: of.clone() });
        }
        let (partner, account, amount) = (paid.partner, paid.account, paid.amount);
        let of = of.clone();
        Ok(Body::PartnerPaymentReversed(PartnerPaymentReversed { of, partner, account, amount, reason }))
    }
}

impl Shop {
    /// Dr money; Cr 2300. A second reversal of the same payment posts nothing.
    pub(crate) fn reverse_partner_payment(
        &mut self,
        entry: &Entry,
        reversed: &PartnerPaymentReversed,
    ) -> Lines {
        let mut lines = Lines::default();
        let reversals = self.reversed_payments.entry(reversed.of.clone()).or_default();
        reversals.push(entry.id.clone());
        if reversals.len() == 1 {
            let payable = BookAccount::of_id(Code::CommissionPayable, &reversed.partner);
            lines.transfer(&reversed.account, &payable, reversed.amount);
        }
        lines
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &ReversePartnerPayment, body: &Body) -> bool {
    let Body::PartnerPaymentReversed(written) = body else { return false };
    asked.of == written.of
}

impl Asked for ReversePartnerPayment {
    fn names(&self) -> Vec<Id> {
        vec![self.of.clone()]
    }
}
