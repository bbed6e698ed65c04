//! `payment.disputed`: what the card processor says of a dispute (a chargeback). It posts nothing.

use crate::date::Date;
use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// How far a dispute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DisputeStage {
    /// The customer's bank has taken the money, and has not decided.
    Open,
    /// It was decided for the shop: the processor has given the money back.
    Won,
    /// It was decided for the customer: the money stays with them.
    Lost,
}

/// The content of `payment.disputed`. Input and recorded content are the same type. Amounts are in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportDispute {
    /// The payment that is disputed.
    pub payment: Id,
    /// The dispute: an id that follows from its number at the processor.
    pub dispute: Id,
    /// How far it is.
    pub stage: DisputeStage,
    /// What is disputed of the payment, above zero.
    pub amount: Money,
    /// What the processor keeps for itself so far.
    #[serde(default, skip_serializing_if = "Money::is_zero_ref")]
    pub fee: Money,
    /// The day by which the processor wants the shop's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Date>,
    /// Its number at the processor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The processor's word for the customer's reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Content for ReportDispute {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.payment);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        [&self.reference, &self.reason].into_iter().flatten().for_each(|text| visit(text));
    }

    fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    fn summary(&self) -> Summary<'_> {
        Summary { continues: Some(&self.payment), amount: self.amount, ..Summary::default() }
    }
}
