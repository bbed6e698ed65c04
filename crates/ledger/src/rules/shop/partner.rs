//! Add a referral partner, or change their name or rate. Adding is a fact, changing a claim.

use crate::entry::partner_added::AddPartner;
use crate::entry::partner_changed::ChangePartner;
use crate::entry::record::Entry;
use crate::entry::{Body, EntryKind};
use crate::money::Money;
use crate::rate::Rate;
use crate::refusal::Refusal;
use crate::rules::case::{Case, non_blank};
use crate::shop::{Partner, Shop};

impl Case<'_> {
    /// Refusals in order: NotPermitted, RateOutOfRange.
    pub(crate) fn add_partner(&self, asked: &AddPartner) -> Result<Body, Refusal> {
        self.permitted(EntryKind::PartnerAdded, Money::ZERO)?;
        if asked.rate.in_range() {
            Ok(Body::PartnerAdded(asked.clone()))
        } else {
            Err(Refusal::RateOutOfRange)
        }
    }
}

impl Case<'_> {
    /// Refusals in order: UnknownPartner, NotPermitted, RateOutOfRange.
    pub(crate) fn change_partner(&self, asked: &ChangePartner) -> Result<Body, Refusal> {
        if !self.cx.shop.partners.contains_key(&asked.partner) {
            return Err(Refusal::UnknownPartner { partner: asked.partner.clone() });
        }
        self.permitted(EntryKind::PartnerChanged, Money::ZERO)?;
        if asked.rate.is_none_or(Rate::in_range) {
            Ok(Body::PartnerChanged(asked.clone()))
        } else {
            Err(Refusal::RateOutOfRange)
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same_change(_: &Case<'_>, asked: &ChangePartner, body: &Body) -> bool {
    matches!(body, Body::PartnerChanged(written) if written == asked)
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

    /// Changes a partner. Orders that are already placed keep their rate.
    pub(crate) fn change_partner(&mut self, changed: &ChangePartner) {
        let Some(partner) = self.partners.get_mut(&changed.partner) else { return };
        if let Some(name) = non_blank(changed.name.as_ref()) {
            partner.name = name;
        }
        partner.rate = changed.rate.unwrap_or(partner.rate);
    }
}
