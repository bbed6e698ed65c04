//! The logo of a shop: a small picture inside an entry, so that every counter has it.

use serde::{Deserialize, Deserializer, Serialize};

/// The most bytes of a logo as text. A line of the journal has room for it.
pub const MAX_LOGO: usize = 12_000;

/// What a logo begins with: the kinds of pictures that every browser shows and that contain no scripts.
const KINDS: [&str; 3] = ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/webp;base64,"];

/// A picture as a `data:` address of a PNG, JPEG or WebP in base64, at most [`MAX_LOGO`] bytes; or no picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Logo(String);

impl Logo {
    /// No picture, which removes the logo.
    #[must_use]
    pub const fn none() -> Self {
        Self(String::new())
    }

    /// A picture; `None` if the text is not the address of one, or is too long.
    #[must_use]
    pub fn new(address: &str) -> Option<Self> {
        let data = KINDS.iter().find_map(|kind| address.strip_prefix(kind))?;
        let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
        let fits = address.len() <= MAX_LOGO && !data.is_empty() && data.bytes().all(is_base64);
        fits.then(|| Self(address.to_owned()))
    }

    /// The address of the picture; empty if there is none.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.0
    }

    /// Whether there is no picture.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de> Deserialize<'de> for Logo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::read(deserializer, |text| match text {
            "" => Ok(Self::none()),
            text => {
                Self::new(text).ok_or("not a PNG, JPEG or WebP picture in base64 of at most 12,000 bytes")
            }
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Logo, MAX_LOGO};

    #[test]
    fn a_logo_is_a_small_picture_without_scripts() {
        let png = "data:image/png;base64,iVBORw0KGgo=";
        assert_eq!(Logo::new(png).unwrap().address(), png);
        assert_eq!(serde_json::from_str::<Logo>(&format!("\"{png}\"")).unwrap(), Logo::new(png).unwrap());
        assert!(serde_json::from_str::<Logo>("\"\"").unwrap().is_none());
        for bad in [
            "data:image/svg+xml;base64,PHN2Zz4=",
            "https://example.net/logo.png",
            "data:image/png;base64,",
            "data:image/png;base64,a b",
            "data:image/png;base64,\" onload",
        ] {
            assert_eq!(Logo::new(bad), None, "{bad}");
        }
        let long = format!("data:image/png;base64,{}", "A".repeat(MAX_LOGO));
        assert_eq!(Logo::new(&long), None);
        assert!(serde_json::from_str::<Logo>(&format!("\"{long}\"")).is_err());
    }
}
