//! `credit.reversed`: credit given by mistake is taken back.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `credit.reversed`. The amount is a ceiling when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditReversed {
    pub lot: Id,
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Content for CreditReversed {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.lot);
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.note.iter().for_each(|text| visit(text));
    }

    fn summary(&self) -> Summary<'_> {
        Summary { amount: self.amount, note: self.note.as_deref(), ..Summary::default() }
    }
}
