//! Grant a right to a clerk. A fact.

use crate::entry::right_granted::GrantRight;
use crate::entry::rights::Grant;
use crate::entry::{Body, EntryKind};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::shop::Shop;

impl Case<'_> {
    /// Refusal: NotPermitted, also for what only the owner may do.
    pub(crate) fn grant_right(&self, asked: &GrantRight) -> Result<Body, Refusal> {
        self.permitted(EntryKind::RightGranted, Money::ZERO)?;
        if let Some(kind) = EntryKind::named(&asked.kind).filter(|kind| kind.is_for_owner()) {
            return Err(Refusal::NotPermitted { right: kind.name() });
        }
        Ok(Body::RightGranted(asked.clone()))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &GrantRight, body: &Body) -> bool {
    matches!(body, Body::RightGranted(written) if written == asked)
}

impl Shop {
    /// Adds a right, which replaces an earlier grant of the same kind, or takes it back.
    pub(crate) fn grant_right(&mut self, granted: &GrantRight) {
        if let Some(member) = self.staff.get_mut(&granted.member) {
            member.grants.retain(|grant| grant.kind != granted.kind);
            if !granted.taken_back {
                member.grants.push(Grant { kind: granted.kind.clone(), up_to: granted.up_to });
            }
        }
    }
}
