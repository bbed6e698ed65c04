//! Add a member of staff, or change their name or role, or that they left. Adding is a fact, changing a claim.

use crate::entry::staff_added::AddStaff;
use crate::entry::staff_changed::ChangeStaff;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::{Case, non_blank};
use crate::shop::{Member, Shop};

impl Case<'_> {
    /// Refusal: NotPermitted.
    pub(crate) fn add_staff(&self, asked: &AddStaff) -> Result<Body, Refusal> {
        self.permitted(EntryKind::StaffAdded, Money::ZERO)?;
        Ok(Body::StaffAdded(asked.clone()))
    }
}

impl Case<'_> {
    /// Refusals in order: UnknownActor (no member of staff has the id), NotPermitted.
    pub(crate) fn change_staff(&self, asked: &ChangeStaff) -> Result<Body, Refusal> {
        if !self.cx.shop.staff.contains_key(&asked.member) {
            return Err(Refusal::UnknownActor { actor: asked.member.clone() });
        }
        self.permitted(EntryKind::StaffChanged, Money::ZERO)?;
        Ok(Body::StaffChanged(asked.clone()))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same_change(_: &Case<'_>, asked: &ChangeStaff, body: &Body) -> bool {
    matches!(body, Body::StaffChanged(written) if written == asked)
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &AddStaff, body: &Body) -> bool {
    matches!(body, Body::StaffAdded(written) if written == asked)
}

impl Shop {
    /// Adds a member of staff. The first entry with an id counts.
    pub(crate) fn add_member(&mut self, id: &Id, added: &AddStaff) {
        let (name, pin) = (added.name.clone(), added.pin.clone());
        let grants = Vec::new();
        let member = Member { id: id.clone(), name, role: added.role, pin, left: false, grants };
        self.staff.entry(id.clone()).or_insert(member);
    }

    /// Changes a member of staff.
    pub(crate) fn change_member(&mut self, changed: &ChangeStaff) {
        let Some(member) = self.staff.get_mut(&changed.member) else { return };
        if let Some(name) = non_blank(changed.name.as_ref()) {
            member.name = name;
        }
        member.role = changed.role.unwrap_or(member.role);
        member.left = changed.left.unwrap_or(member.left);
    }
}
