//! Requests to the server.

use super::refusal;
use crate::link::Link;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::time::Duration;
use sync::client::{Enrolment, EnrolmentStep, Method, Send};
use sync::wire::{Enrolled, InviteCode};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often a request is sent that gets no answer.
pub const TRIES: u32 = 4;

/// A whole answer: status, media type without parameters, body.
pub type Answer = (u16, String, Vec<u8>);

/// The network.
pub struct Network(reqwest::Client);

impl Network {
    /// The network, with one more trusted certificate if there is one.
    ///
    /// # Errors
    /// When the certificate cannot be read, or the system has none to trust.
    pub fn new(certificate: Option<&Path>) -> Result<Self> {
        // The second call of one process changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("counterfoil/", env!("CARGO_PKG_VERSION")));
        if let Some(path) = certificate {
            let cannot = || format!("cannot read {}", path.display());
            let pem = std::fs::read(path).with_context(cannot)?;
            for certificate in reqwest::Certificate::from_pem_bundle(&pem).with_context(cannot)? {
                builder = builder.add_root_certificate(certificate);
            }
        }
        Ok(Self(builder.build().context("the network cannot be used")?))
    }

    /// Sends a request; `None` if no whole answer came.
    pub async fn send(&self, origin: &str, send: &Send) -> Option<Answer> {
        let url = format!("{origin}{}", send.path);
        let mut request = match send.method {
            Method::Get => self.0.get(url),
            Method::Post => {
                self.0.post(url).header("content-type", "application/json").body(send.body.clone())
            }
        };
        if let Some(token) = &send.bearer {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.ok()?;
        let media = answer.headers().get("content-type").and_then(|media| media.to_str().ok());
        let media = media.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        let (status, media) = (answer.status().as_u16(), media.to_ascii_lowercase());
        Some((status, media, answer.bytes().await.ok()?.to_vec()))
    }

    /// Makes this program a device of the shop that has made the invite.
    ///
    /// # Errors
    /// When the server refuses, or does not answer.
    pub async fn enrol(&self, link: &Link, code: InviteCode, name: &str) -> Result<Enrolled> {
        let enrolment =
            Enrolment { code, device: link.device.clone(), key: link.public()?, name: name.to_owned() };
        let proof = link.sign(&enrolment.statement())?;
        let (method, path, bearer) = (Method::Post, "/v1/enrol".to_owned(), None);
        let send = Send { ticket: 0, method, path, body: enrolment.request(proof), bearer };
        for tries in 0..TRIES {
            let answer = self.send(&link.origin, &send).await;
            let step = answer.map_or(EnrolmentStep::Again(0), |(status, media, body)| {
                Enrolment::answered(status, &media, &body)
            });
            match step {
                EnrolmentStep::Enrolled(enrolled) => return Ok(*enrolled),
                EnrolmentStep::Refused(code) => return Err(refusal(code)),
                EnrolmentStep::Again(seconds) if tries + 1 < TRIES => {
                    tokio::time::sleep(Duration::from_secs(u64::from(seconds.max(tries + 1)))).await;
                }
                EnrolmentStep::Again(_) => {}
            }
        }
        bail!("{} does not answer", link.origin)
    }
}
