//! `charge.progressed`: how far a charge is at the card processor. It posts nothing; a charge that has succeeded is a payment.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
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
    /// It was given up before the customer was charged.
    Canceled,
    /// A person has to look at the processor whether it was charged.
    Person,
}

impl ChargeStage {
    /// Whether the customer was not charged, and is not going to be.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Approve | Self::Declined | Self::Canceled)
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
}

impl Content for ProgressCharge {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.charge);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        [&self.reference, &self.reason].into_iter().flatten().for_each(|text| visit(text));
    }

    fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    fn summary(&self) -> Summary<'_> {
        Summary { continues: Some(&self.charge), reason: self.reason.as_deref(), ..Summary::default() }
    }
}
