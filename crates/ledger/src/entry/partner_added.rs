//! `partner.added`: a referral partner.

use crate::entry::content::Content;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

/// When a partner's commission counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Earned as eligible money comes in.
    OnPayment,
    /// Calculated when the order is placed, given as eligible money comes in.
    UpFront,
}

/// Adds a referral partner; the command's id is the partner's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddPartner {
    /// The partner's name.
    pub name: String,
    /// Commission on net sales.
    pub rate: Rate,
    /// When it counts.
    pub basis: Basis,
}

impl Content for AddPartner {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.name);
    }
}
