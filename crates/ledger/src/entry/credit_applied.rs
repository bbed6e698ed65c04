//! `credit.applied`: credit of a lot is applied to an order, or to a lot below zero.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `credit.applied`. The amount is a ceiling when folded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditApplied {
    pub lot: Id,
    pub order: Id,
    pub amount: Money,
    pub eligible: bool,
}

impl Content for CreditApplied {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        [&self.lot, &self.order].into_iter().for_each(visit);
    }

    fn summary(&self) -> Summary<'_> {
        Summary { orders: vec![&self.order], amount: self.amount, ..Summary::default() }
    }
}
