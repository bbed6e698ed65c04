//! `order.planned`: what an order owes is due in instalments. It posts nothing.

use crate::date::Date;
use crate::entry::content::{Content, Summary, sum_within};
use crate::id::Id;
use crate::limits::{MAX_PARTS, OverLimit, at_most};
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// An amount that is due on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Instalment {
    pub due: Date,
    pub amount: Money,
}

/// The content of `order.planned`: the instalments in the order of their dates. The last plan of an order counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OrderPlanned {
    pub order: Id,
    pub instalments: Vec<Instalment>,
}

impl Content for OrderPlanned {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.order);
    }

    fn check_limits(&self) -> Result<(), OverLimit> {
        at_most("instalments", self.instalments.len(), MAX_PARTS)?;
        sum_within(self.instalments.iter().map(|part| part.amount))
    }

    fn summary(&self) -> Summary<'_> {
        let amount = self.instalments.iter().map(|part| part.amount).sum();
        Summary { orders: vec![&self.order], amount, ..Summary::default() }
    }
}
