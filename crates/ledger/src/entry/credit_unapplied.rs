//! `credit.unapplied`: applied credit goes back to its lot.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// The content of `credit.unapplied`: gives back everything that is still applied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CreditUnapplied {
    pub lot: Id,
    pub order: Id,
}

impl Content for CreditUnapplied {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        [&self.lot, &self.order].into_iter().for_each(visit);
    }

    fn summary(&self) -> Summary<'_> {
        Summary { orders: vec![&self.order], ..Summary::default() }
    }
}
