//! The key of a gateway, and files of secrets. They are read once and never printed.

use std::fmt;
use std::path::{Path, PathBuf};

/// A secret, which neither `Debug` nor an error shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// Why a secret cannot be used. The sentence says what to do, and never contains the secret.
#[derive(Debug, PartialEq, Eq)]
pub enum SecretError {
    /// The file cannot be read, with the reason.
    Unreadable(PathBuf, String),
    /// Others than its owner can read or write the file.
    Open(PathBuf),
    /// It is not a secret or restricted key.
    NotAKey,
    /// It is not one or two secrets of webhooks.
    NotAWebhookSecret,
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(file, why) => write!(f, "cannot read {}: {why}", file.display()),
            Self::Open(file) => write!(
                f,
                "others can read the secret in {0}: make it yours alone with `chmod 600 {0}`, and replace it at the gateway \
                 if they may have read it",
                file.display()
            ),
            Self::NotAKey => f.write_str(
                "the gateway's key must begin with rk_live_, rk_test_, sk_live_ or sk_test_: make a restricted key that may \
                 write refunds and read payment intents and charges",
            ),
            Self::NotAWebhookSecret => f.write_str(
                "the secret of the gateway's webhooks must begin with whsec_, and there can be two of them, on two lines: copy it from \
                 the page of the webhook at the gateway",
            ),
        }
    }
}

impl std::error::Error for SecretError {}

impl Secret {
    /// A key of Stripe.
    ///
    /// # Errors
    /// [`SecretError::NotAKey`] for other texts, above all the publishable key `pk_…`.
    pub fn new(text: &str) -> Result<Self, SecretError> {
        let key = text.trim();
        let begins = ["rk_live_", "rk_test_", "sk_live_", "sk_test_"].iter().any(|start| {
            key.strip_prefix(start).is_some_and(|rest| {
                (8..=240).contains(&rest.len())
                    && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            })
        });
        if begins { Ok(Self(key.to_owned())) } else { Err(SecretError::NotAKey) }
    }

    /// The key in a file that its owner alone can read.
    ///
    /// # Errors
    /// [`SecretError`].
    pub fn read(file: &Path) -> Result<Self, SecretError> {
        Self::new(&private_file(file)?)
    }

    /// The text, for the one place that sends it.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

/// The text of a file that its owner alone can read.
///
/// # Errors
/// [`SecretError::Unreadable`] and [`SecretError::Open`].
pub(super) fn private_file(file: &Path) -> Result<String, SecretError> {
    let unreadable = |error: std::io::Error| SecretError::Unreadable(file.to_owned(), error.to_string());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(file).map_err(unreadable)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(SecretError::Open(file.to_owned()));
        }
    }
    std::fs::read_to_string(file).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "rk_test_abcdefgh12345678";

    #[test]
    fn keys_are_told_from_other_texts() {
        assert_eq!(Secret::new(&format!(" {KEY}\n")).unwrap().text(), KEY);
        for wrong in
            ["", "pk_live_abcdefgh12345678", "rk_test_", "rk_test_short", "rk_test_abcdefgh 12345678"]
        {
            assert_eq!(Secret::new(wrong), Err(SecretError::NotAKey), "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::new(KEY).unwrap();
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("key");
        std::fs::write(&file, KEY).unwrap();
        for (mode, is_good) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o620, false)]
        {
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(Secret::read(&file).is_ok(), is_good, "{mode:o}");
        }
        let text = Secret::read(&file).unwrap_err().to_string();
        assert!(text.contains("chmod 600") && !text.contains(KEY), "{text}");
        assert!(matches!(Secret::read(&folder.path().join("none")), Err(SecretError::Unreadable(..))));
    }
}
