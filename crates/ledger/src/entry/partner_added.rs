//! `partner.added`: a referral partner.

use crate::entry::content::Content;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

/// When commission is earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Earned when eligible money is received.
    OnPayment,
    /// Calculated when the order is placed, given when eligible money is received.
    UpFront,
}

/// Adds a referral partner. The id of the entry is the id of the partner. Input and recorded content are the same
/// type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddPartner {
    /// The name of the partner.
    pub name: String,
    /// The commission rate on net sales.
    pub rate: Rate,
    /// When the commission is earned.
    pub basis: Basis,
}

impl Content for AddPartner {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.name);
    }
}
