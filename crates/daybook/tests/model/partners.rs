//! Payments to partners in the model.

use super::ask::{Ask, CheckResult, ensure, reasoned};
use ledger::entry::{Body, Entry};
use ledger::method::Method;
use ledger::rules::{PayPartner, ReversePartnerPayment};

impl Ask<'_> {
    pub fn may_pay_partner(&self, asked: &PayPartner) -> CheckResult {
        ensure("UnknownPartner", self.partner(asked.partner.as_str()))?;
        self.permitted()?;
        self.dated()?;
        ensure("AmountNotPositive", asked.amount.0 > 0)?;
        let balances = super::figures(self.records).balances;
        let payable = -balances.get(&format!("2300:{}", asked.partner)).copied().unwrap_or_default();
        ensure("ExceedsPayable", asked.amount.0 <= payable)?;
        ensure("MethodNotAvailable", self.method(asked.method))?;
        ensure("NotesRequired", asked.method != Method::Other || asked.note.is_some())
    }

    pub fn may_reverse_partner_payment(&self, asked: &ReversePartnerPayment) -> CheckResult {
        let of = asked.of.as_str();
        let paid = self.known(of).is_some_and(|entry| matches!(entry.body, Body::PartnerPaid(_)));
        ensure("UnknownPayment", paid)?;
        self.permitted()?;
        self.dated()?;
        ensure("ReasonRequired", reasoned(asked.reason.as_ref()))?;
        let reverses = |entry: &&Entry| match &entry.body {
            Body::PartnerPaymentReversed(reversed) => reversed.of.as_str() == of,
            _ => false,
        };
        ensure("AlreadyReversed", !self.entries.iter().any(reverses))
    }
}
