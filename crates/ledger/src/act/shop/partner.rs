//! Add a referral partner. A fact.

use crate::body::Body;
use crate::date::Date;
use crate::decide::Case;
use crate::id::Id;
use crate::money::Money;
use crate::rate::Rate;
use crate::refusal::Refusal;
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

/// A bank account, a member or a partner as the book knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Partner {
    pub id: Id,
    pub name: String,
    pub rate: Rate,
    pub basis: Basis,
    pub since: Date,
}

impl Case<'_> {
    /// NotPermitted, RateOutOfRange.
    pub(crate) fn add_partner(&self, asked: &AddPartner) -> Result<Body, Refusal> {
        self.permitted("partner.added", Money::ZERO)?;
        if asked.rate.in_range() {
            Ok(Body::PartnerAdded(asked.clone()))
        } else {
            Err(Refusal::RateOutOfRange)
        }
    }
}
