//! `shop.moved`: the shop is at another endpoint from now on, or at none.

use crate::entry::content::Content;
use serde::{Deserialize, Serialize};

/// Says where the shop is; of several entries the last in order counts. Input and recorded content are the same type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveShop {
    /// The address of the endpoint; `None` for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
}

impl Content for MoveShop {}

/// The address of an endpoint as a browser writes its origin, such as `https://shop.example`: at most 200 bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Address(String);

const MAX_ADDRESS: usize = 200;

impl Address {
    /// The address with this text; `None` for a text that is none, or that has a path.
    #[must_use]
    pub fn new(text: String) -> Option<Self> {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let is_of_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        let is_host = !host.is_empty() && host.bytes().all(is_of_host);
        (is_host && text.len() <= MAX_ADDRESS).then_some(Self(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Address {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text).ok_or("the address of an endpoint begins with https:// or http:// and has no path")
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn an_address_has_a_scheme_and_a_host_and_no_path() {
        for good in ["https://shop.example", "http://127.0.0.1:8080", "http://[::1]:8080"] {
            assert!(Address::new(good.into()).is_some(), "{good}");
        }
        let long = format!("https://{}", "a".repeat(200));
        for bad in ["", "shop.example", "https://", "https://a/b", "https://a b", "javascript://a", &long] {
            assert!(Address::new(bad.into()).is_none(), "{bad}");
        }
    }
}
