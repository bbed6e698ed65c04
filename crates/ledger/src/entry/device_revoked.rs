//! `device.revoked`: a device is one of the shop's no more.

use crate::entry::content::Content;
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// Takes a device out of the shop. What it recorded before stays. Input and recorded content are the same type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevokeDevice {
    /// The device.
    pub device: Id,
}

impl Content for RevokeDevice {}
