//! The input of the form *Set up this shop*.

use crate::forms::pin::Pin;

/// The input of *Set up this shop*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    /// The name of the shop.
    pub shop_name: String,
    /// ISO 4217 code, such as `GBP`.
    pub currency: String,
    /// The name of the owner, who becomes the first admin.
    pub your_name: String,
    /// The owner's PIN. Only its salted hash is stored, and only on this device.
    pub pin: Option<Pin>,
}
