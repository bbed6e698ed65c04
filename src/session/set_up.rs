//! What *Set up this shop* asks for.

/// What *Set up this shop* asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    /// What the shop is called.
    pub shop_name: String,
    /// ISO 4217 code, such as `GBP`.
    pub currency: String,
    /// The owner, who becomes its first admin.
    pub your_name: String,
    /// The owner's PIN; only a salted hash of it is kept, on this device.
    pub pin: Option<String>,
}
