//! The key of a gateway. It is read once and never printed.

use std::fmt;
use std::path::Path;

use crate::private_file::{self, PrivateFileError};

/// A secret, which neither `Debug` nor an error shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// Why a secret cannot be used. The sentence says what to do, and never contains the secret.
#[derive(Debug, PartialEq, Eq)]
pub enum SecretError {
    /// Its file cannot be used.
    File(PrivateFileError),
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
            Self::File(error) => error.fmt(f),
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

impl From<PrivateFileError> for SecretError {
    fn from(error: PrivateFileError) -> Self {
        Self::File(error)
    }
}

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
        Self::new(&private_file::read(file)?)
    }

    /// The text, for the one place that sends it.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
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
}
