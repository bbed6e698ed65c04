//! `charge.progressed`: how far a charge is at the card processor. It posts nothing; a charge that has succeeded is a payment.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::limits::{OverLimit, at_most};
use serde::{Deserialize, Serialize};

/// How far a charge is that is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChargeStage {
    /// The processor has it and the bank has not confirmed it.
    Bank,
    /// The bank wants the customer to approve it. It is not charged, and not asked for again by itself.
    Approve,
    /// The processor or the bank has declined it. It is not charged.
    Declined,
    /// It was given up before the customer was charged. Of a payment link: it can no longer be paid.
    Canceled,
    /// A person has to look at the processor whether it was charged.
    Person,
    /// The payment link is there, and can be paid.
    Open,
}

impl ChargeStage {
    /// Whether the customer was not charged, and is not going to be.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Approve | Self::Declined | Self::Canceled)
    }
}

/// The name of the limit on the address of a payment link.
pub const PAYMENT_LINK: &str = "payment link";

/// The most bytes of the address of a payment link.
const MAX_ADDRESS: usize = 2_000;

/// Where a payment link can be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentLink {
    /// Its address at the processor, which begins with `https://`.
    pub address: String,
    /// Until when it can be paid, by the processor's clock, in milliseconds since 1970.
    pub expires: u64,
}

impl PaymentLink {
    /// Whether a text can be the address of a payment link.
    #[must_use]
    pub fn is_address(text: &str) -> bool {
        let rest = text.strip_prefix("https://");
        text.len() <= MAX_ADDRESS
            && rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic()))
    }
}

/// The content of `charge.progressed`. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgressCharge {
    /// The charge.
    pub charge: Id,
    /// How far it is.
    pub stage: ChargeStage,
    /// Its number at the processor, once it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The processor's word for the reason, or the endpoint's for what a person has to look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Of a payment link that can be paid, where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<PaymentLink>,
}

/// The content of `charge.progressed`, version 1: without payment links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProgressChargeV1 {
    charge: Id,
    stage: ChargeStage,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl From<ProgressChargeV1> for ProgressCharge {
    fn from(old: ProgressChargeV1) -> Self {
        let ProgressChargeV1 { charge, stage, reference, reason } = old;
        Self { charge, stage, reference, reason, link: None }
    }
}

impl Content for ProgressCharge {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.charge);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        [&self.reference, &self.reason].into_iter().flatten().for_each(|text| visit(text));
    }

    fn check_limits(&self) -> Result<(), OverLimit> {
        let is_good = self.link.as_ref().is_none_or(|link| PaymentLink::is_address(&link.address));
        at_most(PAYMENT_LINK, usize::from(!is_good), 0)
    }

    fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    fn summary(&self) -> Summary<'_> {
        Summary { continues: Some(&self.charge), reason: self.reason.as_deref(), ..Summary::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::PaymentLink;

    #[test]
    fn an_address_is_one_of_the_web_and_of_nothing_else() {
        for good in ["https://checkout.example/c/pay/cs_1#fid", "https://a"] {
            assert!(PaymentLink::is_address(good), "{good}");
        }
        let long = format!("https://{}", "x".repeat(1_993));
        for bad in [
            "",
            "https://",
            "http://a",
            "javascript:alert(1)",
            "https://a b",
            "https://ä",
            "HTTPS://a",
            &long,
        ] {
            assert!(!PaymentLink::is_address(bad), "{bad}");
        }
    }
}
