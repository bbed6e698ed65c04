//! `refund.progressed`: how far an online refund is at the card processor. It posts nothing.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// How far an online refund is before it is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// The processor has it and the bank has not confirmed it.
    Bank,
    /// A person has to look at the processor whether it was made.
    Person,
    /// The processor refused it, or the bank sent it back. The settlement follows.
    Returned,
}

/// The content of `refund.progressed`. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgressRefund {
    /// The refund.
    pub refund: Id,
    /// How far it is.
    pub stage: Stage,
    /// Its number at the processor, once it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The processor's word for the reason, or the endpoint's for what a person has to look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Content for ProgressRefund {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.refund);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        [&self.reference, &self.reason].into_iter().flatten().for_each(|text| visit(text));
    }

    fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    fn summary(&self) -> Summary<'_> {
        Summary { continues: Some(&self.refund), reason: self.reason.as_deref(), ..Summary::default() }
    }
}
