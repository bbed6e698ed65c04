//! Folds the records of the shop.

use super::Partner;
use crate::body::Body;
use crate::entry::{Entry, Place, Record, Verdict};
use crate::id::Id;
use crate::money::Currency;
use crate::posting::Moved;
use crate::rights::Grant;
use crate::shop::{Member, Seal, Shop};

impl Shop {
    /// Folds one record of the shop; total. What it returns still has to be given to [`Shop::moved`], beside
    /// what accounts contribute.
    pub fn add(&mut self, record: &Record) -> Vec<Moved> {
        match record.verdict {
            Verdict::Ok => self.take(&record.place, &record.entry),
            Verdict::Refused => Vec::new(),
        }
    }

    pub(crate) fn take(&mut self, place: &Place, entry: &Entry) -> Vec<Moved> {
        let id = &entry.id;
        match &entry.body {
            Body::ShopOpened(opened) if self.owner.is_none() => {
                self.name.clone_from(&opened.name);
                self.currency = Currency::new(&opened.currency).ok();
                self.owner = Some(entry.actor.clone());
            }
            Body::StaffAdded(added) => self.add_member(id, added),
            Body::RightGranted(granted) => self.grant(&granted.member, &granted.kind, granted.up_to),
            Body::BankAdded(bank) if !self.banks.contains(&bank.name) => self.banks.push(bank.name.clone()),
            Body::MethodAdded(added) if self.method(added.word).is_none() && added.account.is_money() => {
                self.methods.push(added.clone());
            }
            Body::PartnerAdded(added) => {
                let (name, since) = (added.name.clone(), entry.on);
                let partner = Partner { id: id.clone(), name, rate: added.rate, basis: added.basis, since };
                self.partners.entry(id.clone()).or_insert(partner);
            }
            Body::DaySealed(sealed) => self.seal(place, id, sealed),
            Body::ExceptionResolved(resolved) => self.resolved.extend(resolved.names()),
            body => return crate::act::money::lines(body).dated(entry.on).collect(),
        }
        Vec::new()
    }

    fn add_member(&mut self, id: &Id, added: &super::AddStaff) {
        let (name, pin) = (added.name.clone(), added.pin.clone());
        let member = Member { id: id.clone(), name, role: added.role, pin, grants: Vec::new() };
        self.staff.entry(id.clone()).or_insert(member);
    }

    fn grant(&mut self, member: &Id, kind: &str, up_to: Option<crate::money::Money>) {
        if let Some(member) = self.staff.get_mut(member) {
            member.grants.retain(|grant| grant.kind != kind);
            member.grants.push(Grant { kind: kind.into(), up_to });
        }
    }

    /// Of two seals of one day the first in order counts.
    fn seal(&mut self, place: &Place, id: &Id, sealed: &crate::act::money::DaySealed) {
        let seal =
            Seal { entry: id.clone(), place: place.clone(), day: sealed.day, covers: sealed.covers.clone() };
        let seals = std::sync::Arc::make_mut(&mut self.seals);
        match seals.binary_search_by(|other| other.day.cmp(&seal.day)) {
            Ok(at) => {
                if let Some(other) = seals.get_mut(at).filter(|other| seal.place < other.place) {
                    *other = seal;
                }
            }
            Err(at) => seals.insert(at, seal),
        }
        self.sealed = self.sealed.max(Some(sealed.day));
    }
}
