//! `charge.withdrawn`: a charge or a payment link is to be canceled, as far as that is still possible. It posts nothing: what became of it is
//! said by `charge.progressed`, or by the payment.

use crate::entry::content::{Content, Summary};
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// The content of `charge.withdrawn`. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawCharge {
    /// The charge.
    pub charge: Id,
}

impl Content for WithdrawCharge {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        visit(&self.charge);
    }

    fn summary(&self) -> Summary<'_> {
        Summary { continues: Some(&self.charge), ..Summary::default() }
    }
}
