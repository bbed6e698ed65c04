//! Add a member of staff. A fact.

use crate::entry::Body;
use crate::entry::staff_added::AddStaff;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::shop::{Member, Shop};

impl Case<'_> {
    /// Refusal: NotPermitted.
    pub(crate) fn add_staff(&self, asked: &AddStaff) -> Result<Body, Refusal> {
        self.permitted("staff.added", Money::ZERO)?;
        Ok(Body::StaffAdded(asked.clone()))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &AddStaff, body: &Body) -> bool {
    matches!(body, Body::StaffAdded(written) if written == asked)
}

impl Shop {
    /// Adds a member of staff. The first entry with an id counts.
    pub(crate) fn add_member(&mut self, id: &Id, added: &AddStaff) {
        let (name, pin) = (added.name.clone(), added.pin.clone());
        let member = Member { id: id.clone(), name, role: added.role, pin, grants: Vec::new() };
        self.staff.entry(id.clone()).or_insert(member);
    }
}
