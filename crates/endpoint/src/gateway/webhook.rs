//! Webhooks of a card processor: whether one is genuine, and what it is about.
//!
//! > A webhook is a hint. What has happened is asked of the processor; the worst that a webhook can do is one question.

mod signature;

use std::fmt;
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::secret::SecretError;
use super::stripe::answer::{ChargedAnswer, RefundAnswer};
use super::stripe::links::SessionAnswer;
use super::{Refund, Wanted};
use crate::private_file;
pub use signature::NotGenuine;
use signature::verify;

/// The most secrets: the present one, and the one before or after it.
const MAX_SECRETS: usize = 2;

/// The secrets with which a processor signs its webhooks. Neither `Debug` nor an error shows them.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecrets(Vec<String>);

/// What a webhook is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// A refund, as it was when the webhook was made.
    Refund(Box<Refund>),
    /// A charge that was asked for here.
    Charge(Wanted),
    /// A dispute: the list is read anew.
    Dispute,
    /// Something of another kind, in the processor's words.
    Other(String),
}

impl fmt::Debug for WebhookSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecrets(…)")
    }
}

impl WebhookSecrets {
    /// One secret, or two while they are changed, between spaces or line ends.
    ///
    /// # Errors
    /// [`SecretError::NotAWebhookSecret`] for other texts, and for more than two.
    pub fn new(text: &str) -> Result<Self, SecretError> {
        let secrets: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        let is_secret = |secret: &String| {
            secret.strip_prefix("whsec_").is_some_and(|rest| {
                (16..=240).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_graphic())
            })
        };
        if (1..=MAX_SECRETS).contains(&secrets.len()) && secrets.iter().all(is_secret) {
            Ok(Self(secrets))
        } else {
            Err(SecretError::NotAWebhookSecret)
        }
    }

    /// The secrets in a file that its owner alone can read.
    ///
    /// # Errors
    /// [`SecretError`].
    pub fn read(file: &Path) -> Result<Self, SecretError> {
        Self::new(&private_file::read(file)?)
    }

    /// Checks the signatures of a body as it was received, as [`verify`] does.
    ///
    /// # Errors
    /// [`NotGenuine`].
    pub fn verify(&self, header: &str, body: &[u8], now: u64) -> Result<(), NotGenuine> {
        verify(&self.0, header, body, now)
    }
}

/// The parts of an event that are used. Others may be added there at any time.
#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    data: Data<'a>,
}

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(borrow)]
    object: &'a RawValue,
}

/// The kind of an object.
#[derive(Deserialize)]
struct Kind {
    object: String,
}

impl Hint {
    /// What a genuine webhook is about; `None` where that cannot be read.
    #[must_use]
    pub fn read(body: &[u8]) -> Option<Self> {
        let Event { data: Data { object } } = serde_json::from_slice(body).ok()?;
        let kind: Kind = serde_json::from_str(object.get()).ok()?;
        match kind.object.as_str() {
            "refund" => {
                let refund: RefundAnswer = serde_json::from_str(object.get()).ok()?;
                Some(Self::Refund(Box::new(refund.into())))
            }
            "payment_intent" => {
                let charge: ChargedAnswer = serde_json::from_str(object.get()).ok()?;
                // What is paid in a web shop is not asked for here.
                Some(Refund::from(charge).of.map_or(Self::Other(kind.object), Self::Charge))
            }
            "checkout.session" => {
                let link: SessionAnswer = serde_json::from_str(object.get()).ok()?;
                Some(Refund::from(link).of.map_or(Self::Other(kind.object), Self::Charge))
            }
            "dispute" => Some(Self::Dispute),
            _ => Some(Self::Other(kind.object)),
        }
    }
}

#[cfg(test)]
mod tests;
