//! One request to the gateway: no repetition, no redirect, a limit of time and size.

use std::fmt;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::gateway::CallError;
use crate::gateway::secret::Secret;

/// The version of the interface.
const VERSION: &str = "2024-10-28.acacia";

/// The most bytes of an answer.
const MAX_ANSWER: usize = 1 << 20;

/// The connection with the gateway.
pub struct Http {
    client: reqwest::Client,
    base: String,
    secret: Secret,
    patience: Duration,
}

/// A request: with a body it is a POST.
pub struct Request<'a> {
    /// The path, with the query.
    pub path: &'a str,
    /// The body, as a form.
    pub body: Option<String>,
    /// What makes a repetition the same request.
    pub key: Option<&'a str>,
}

/// A good answer.
pub struct Read {
    /// The body.
    pub body: Vec<u8>,
    /// The gateway's time, in milliseconds since 1970.
    pub now: u64,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("base", &self.base).finish_non_exhaustive()
    }
}

/// An error of the interface.
#[derive(Deserialize)]
struct ErrorAnswer {
    error: ErrorBody,
}

#[derive(Deserialize)]
struct ErrorBody {
    #[serde(rename = "type")]
    kind: Option<String>,
    code: Option<String>,
    /// The charge that was declined.
    payment_intent: Option<Box<RawValue>>,
}

impl Http {
    /// The connection. `is_here` says that the gateway is on this machine, where no proxy is asked.
    ///
    /// # Errors
    /// A system without certificates to trust.
    pub fn new(base: &str, secret: Secret, patience: Duration, is_here: bool) -> Result<Self> {
        // The second call of one process changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = reqwest::Client::builder()
            .timeout(patience)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            // A connection that the gateway has closed meanwhile would be a request whose fate is not known.
            .pool_max_idle_per_host(0)
            .user_agent(concat!("counterfoil/", env!("CARGO_PKG_VERSION")));
        if is_here {
            client = client.no_proxy();
        }
        let client = client.build().context("the network cannot be used")?;
        Ok(Self { client, base: base.to_owned(), secret, patience })
    }

    /// Ends a call of several requests when its time is over.
    pub async fn within<T>(&self, call: impl Future<Output = Result<T, CallError>>) -> Result<T, CallError> {
        tokio::time::timeout(self.patience, call)
            .await
            .unwrap_or_else(|_| Err(unknown("the gateway did not answer in time")))
    }

    /// Sends a request.
    ///
    /// # Errors
    /// [`CallError`]. A refusal is one only if the gateway says so in its own form; whatever else comes may be from something in between.
    pub async fn send(&self, request: Request<'_>) -> Result<Read, CallError> {
        let url = format!("{}{}", self.base, request.path);
        let mut sent = match request.body {
            None => self.client.get(url),
            Some(body) => {
                self.client.post(url).header("content-type", "application/x-www-form-urlencoded").body(body)
            }
        };
        if let Some(key) = request.key {
            sent = sent.header("idempotency-key", key);
        }
        let sent = sent.header("stripe-version", VERSION).bearer_auth(self.secret.text());
        // The texts of the client name the address, and never a header.
        let mut answer = sent.send().await.map_err(|_| unknown("the gateway does not answer"))?;
        let status = answer.status().as_u16();
        let header =
            |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (date, id) = (header("date"), header("request-id").unwrap_or_default());
        let is_json = header("content-type").is_some_and(|media| media.starts_with("application/json"));
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|_| unknown("the gateway's answer was cut"))? {
            body.extend_from_slice(&part);
            if body.len() > MAX_ANSWER {
                return Err(unknown("the gateway's answer is too long"));
            }
        }
        match status {
            200..=299 if is_json => {
                let now = date
                    .as_deref()
                    .and_then(millis)
                    .ok_or_else(|| unknown("the gateway's answer has no date"))?;
                Ok(Read { body, now })
            }
            // A charge that was declined is there: it is the answer.
            402 if is_json && let Some(charge) = declined(&body) => {
                Ok(Read { body: charge, now: date.as_deref().and_then(millis).unwrap_or_default() })
            }
            _ => Err(refused(status, is_json.then_some(&body), &id)),
        }
    }
}

/// What an answer means that is not a good one.
fn refused(status: u16, body: Option<&Vec<u8>>, id: &str) -> CallError {
    let error: Option<ErrorAnswer> = body.and_then(|body| serde_json::from_slice(body).ok());
    match (status, error) {
        (404, Some(_)) => CallError::NotThere,
        (400 | 402, Some(ErrorAnswer { error })) => {
            // Another request had the same key: that is a mistake of ours, and says nothing about the refund.
            if error.kind.as_deref() == Some("idempotency_error") {
                return unknown("the gateway knows another request by this key");
            }
            CallError::Refused(word(error.code.or(error.kind)))
        }
        (401 | 403, _) => unknown(&format!("the gateway does not accept the key (request {id})")),
        (429, _) => unknown("the gateway is asked too often"),
        _ => unknown(&format!("the gateway answers with {status} (request {id})")),
    }
}

/// The charge in an answer that says that it was declined.
fn declined(body: &[u8]) -> Option<Vec<u8>> {
    let error: ErrorAnswer = serde_json::from_slice(body).ok()?;
    Some(error.error.payment_intent?.get().as_bytes().to_vec())
}

/// A code as it is stored and shown: the gateway's words are short.
pub(super) fn word(code: Option<String>) -> String {
    let is_in = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '_';
    let word: String = code.unwrap_or_default().chars().filter(is_in).take(64).collect();
    if word.is_empty() { "unknown".to_owned() } else { word }
}

fn unknown(why: &str) -> CallError {
    CallError::Unknown(why.to_owned())
}

/// The date of an answer (RFC 9110), in milliseconds since 1970.
fn millis(date: &str) -> Option<u64> {
    let time = httpdate::parse_http_date(date).ok()?;
    let since = time.duration_since(std::time::UNIX_EPOCH).ok()?;
    u64::try_from(since.as_millis()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_refusal_only_in_the_gateways_form() {
        let body = |text: &str| text.as_bytes().to_vec();
        let refusal = body(r#"{"error":{"type":"invalid_request_error","code":"charge_already_refunded"}}"#);
        let key = body(r#"{"error":{"type":"idempotency_error"}}"#);
        let is_unknown =
            |status, body: Option<&Vec<u8>>| matches!(refused(status, body, "req_1"), CallError::Unknown(_));
        assert_eq!(refused(400, Some(&refusal), ""), CallError::Refused("charge_already_refunded".into()));
        assert_eq!(refused(404, Some(&refusal), ""), CallError::NotThere);
        assert!(is_unknown(400, Some(&key)) && is_unknown(400, None) && is_unknown(404, None));
        assert!(is_unknown(400, Some(&body("<html>"))) && is_unknown(302, Some(&refusal)));
        assert!([401, 403, 409, 429, 500, 503].iter().all(|status| is_unknown(*status, Some(&refusal))));
    }

    #[test]
    fn a_code_is_a_short_word() {
        assert_eq!(word(Some("amount_too_large".into())), "amount_too_large");
        assert_eq!(word(Some("<b>\u{202e}x".into())), "bx");
        assert_eq!(word(Some("a".repeat(100))).len(), 64);
        assert_eq!((word(None), word(Some("–".into()))), ("unknown".to_owned(), "unknown".to_owned()));
    }

    #[test]
    fn dates_are_read() {
        assert_eq!(millis("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777_000));
        assert_eq!(millis("yesterday"), None);
    }
}
