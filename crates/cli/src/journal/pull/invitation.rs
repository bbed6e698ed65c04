//! The link of an invite.

use std::str::FromStr;
use sync::wire::InviteCode;

/// Where the book is, and the code that lets one device in.
#[derive(Clone)]
pub struct Invitation {
    /// The address of the server without a path, such as `https://till.example.org`.
    pub origin: String,
    /// The code.
    pub code: InviteCode,
}

impl FromStr for Invitation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || "write it as the counter shows it, like https://till.example.org/setup#0123…".to_owned();
        let (page, code) = text.trim().split_once('#').ok_or_else(wrong)?;
        let code = InviteCode::parse(&code.to_ascii_lowercase()).map_err(|_| wrong())?;
        let (scheme, rest) = page.split_once("://").ok_or_else(wrong)?;
        let host = rest.split('/').next().unwrap_or_default();
        if !matches!(scheme, "http" | "https") || host.is_empty() || host.contains(['@', '?', ' ']) {
            return Err(wrong());
        }
        Ok(Self { origin: format!("{scheme}://{host}"), code })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_as_the_counter_shows_it() {
        let code = "00112233445566778899aabbccddeeff";
        for (page, origin) in [
            ("https://till.example.org/setup", Some("https://till.example.org")),
            ("http://127.0.0.1:8080/books/setup", Some("http://127.0.0.1:8080")),
            ("till.example.org/setup", None),
            ("file://till.example.org/setup", None),
            ("https:///setup", None),
            ("https://user@till.example.org/setup", None),
        ] {
            let read = format!(" {page}#{code}\n").parse::<Invitation>();
            assert_eq!(read.ok().map(|read| read.origin).as_deref(), origin, "{page}");
        }
        assert!("https://till.example.org/setup#00".parse::<Invitation>().is_err());
        assert!("https://till.example.org/setup".parse::<Invitation>().is_err());
    }
}
