//! Add a referral partner. A fact.

use crate::entry::Body;
use crate::entry::partner_added::AddPartner;
use crate::entry::record::Entry;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::shop::{Partner, Shop};

impl Case<'_> {
    /// Refusals in order: NotPermitted, RateOutOfRange.
    pub(crate) fn add_partner(&self, asked: &AddPartner) -> Result<Body, Refusal> {
        self.permitted("partner.added", Money::ZERO)?;
        if asked.rate.in_range() {
            Ok(Body::PartnerAdded(asked.clone()))
        } else {
            Err(Refusal::RateOutOfRange)
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &AddPartner, body: &Body) -> bool {
    matches!(body, Body::PartnerAdded(written) if written == asked)
}

impl Shop {
    /// Adds a partner. The first entry with an id counts.
    pub(crate) fn add_partner(&mut self, entry: &Entry, added: &AddPartner) {
        let (id, name, since) = (entry.id.clone(), added.name.clone(), entry.on);
        let partner = Partner { id: id.clone(), name, rate: added.rate, basis: added.basis, since };
        self.partners.entry(id).or_insert(partner);
    }
}
