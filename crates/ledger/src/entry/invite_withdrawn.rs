//! `invite.withdrawn`: an invite that was not used is no longer good.

use crate::entry::content::Content;
use crate::entry::device_invited::InviteHash;
use serde::{Deserialize, Serialize};

/// Withdraws an invite. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawInvite {
    /// The hash of its code, as `device.invited` has it.
    pub code: InviteHash,
}

impl Content for WithdrawInvite {}
