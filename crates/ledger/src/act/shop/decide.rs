//! Decides on the shop's own acts.

use super::{AddBank, AddPartner, AddStaff, Adopted, GrantRight, OpenShop};
use crate::body::Body;
use crate::decide::Case;
use crate::money::{Currency, Money};
use crate::refusal::Refusal;

impl Case<'_> {
    /// UnknownCurrency; a second opening is not permitted.
    pub(crate) fn open_shop(&self, asked: &OpenShop) -> Result<Body, Refusal> {
        if self.cx.shop.owner.is_some() {
            return Err(Refusal::NotPermitted { right: "shop.opened" });
        }
        let unknown = |_| Refusal::UnknownCurrency { code: asked.currency.clone() };
        Currency::new(&asked.currency).map_err(unknown)?;
        Ok(Body::ShopOpened(asked.clone()))
    }

    /// NotPermitted.
    pub(crate) fn add_staff(&self, asked: &AddStaff) -> Result<Body, Refusal> {
        self.permitted("staff.added", Money::ZERO)?;
        Ok(Body::StaffAdded(asked.clone()))
    }

    /// NotPermitted.
    pub(crate) fn add_bank(&self, asked: &AddBank) -> Result<Body, Refusal> {
        self.permitted("bank.added", Money::ZERO)?;
        Ok(Body::BankAdded(asked.clone()))
    }

    /// NotPermitted, RateOutOfRange.
    pub(crate) fn add_partner(&self, asked: &AddPartner) -> Result<Body, Refusal> {
        self.permitted("partner.added", Money::ZERO)?;
        if asked.rate.in_range() {
            Ok(Body::PartnerAdded(asked.clone()))
        } else {
            Err(Refusal::RateOutOfRange)
        }
    }

    /// NotPermitted.
    pub(crate) fn grant_right(&self, asked: &GrantRight) -> Result<Body, Refusal> {
        self.permitted("right.granted", Money::ZERO)?;
        Ok(Body::RightGranted(asked.clone()))
    }

    /// NotPermitted. Whether there is such an entry, the fold finds by its place.
    pub(crate) fn adopt(&self, asked: &Adopted) -> Result<Body, Refusal> {
        self.permitted("entry.adopted", Money::ZERO)?;
        Ok(Body::EntryAdopted(asked.clone()))
    }
}
