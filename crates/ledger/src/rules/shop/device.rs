//! Invite a device, withdraw an invite, take a device out of the shop. Claims; an endpoint carries them out.

use crate::entry::device_invited::InviteDevice;
use crate::entry::device_revoked::RevokeDevice;
use crate::entry::invite_withdrawn::WithdrawInvite;
use crate::entry::{Body, EntryKind};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;
use crate::shop::Shop;

impl Case<'_> {
    /// Refusal: NotPermitted.
    pub(crate) fn invite_device(&self, asked: &InviteDevice) -> Result<Body, Refusal> {
        self.permitted(EntryKind::DeviceInvited, Money::ZERO)?;
        Ok(Body::DeviceInvited(asked.clone()))
    }

    /// Refusal: NotPermitted. Whether there is such an invite is known to the endpoint alone.
    pub(crate) fn withdraw_invite(&self, asked: &WithdrawInvite) -> Result<Body, Refusal> {
        self.permitted(EntryKind::InviteWithdrawn, Money::ZERO)?;
        Ok(Body::InviteWithdrawn(asked.clone()))
    }

    /// Refusal: NotPermitted.
    pub(crate) fn revoke_device(&self, asked: &RevokeDevice) -> Result<Body, Refusal> {
        self.permitted(EntryKind::DeviceRevoked, Money::ZERO)?;
        Ok(Body::DeviceRevoked(asked.clone()))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same_invite(_: &Case<'_>, asked: &InviteDevice, body: &Body) -> bool {
    matches!(body, Body::DeviceInvited(written) if written == asked)
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same_withdrawal(_: &Case<'_>, asked: &WithdrawInvite, body: &Body) -> bool {
    matches!(body, Body::InviteWithdrawn(written) if written == asked)
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same_revocation(_: &Case<'_>, asked: &RevokeDevice, body: &Body) -> bool {
    matches!(body, Body::DeviceRevoked(written) if written == asked)
}

impl Shop {
    /// Takes a device out, for good.
    pub(crate) fn revoke_device(&mut self, revoked: &RevokeDevice) {
        self.revoked_devices.insert(revoked.device.clone());
    }
}
