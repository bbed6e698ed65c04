//! Stripe, by fifteen of its calls. The version of its interface is fixed, so that an answer means tomorrow what it means today.

pub(super) mod answer;
mod cards;
mod charges;
mod disputes;
mod http;
pub(super) mod links;

use std::time::Duration;

use anyhow::{Result, ensure};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;
use sync::wire::CardThere;

use super::call::{Ask, Deed};
use super::secret::Secret;
use super::{CallError, Calling, Dispute, Gateway, Listed, Payment, Refund};
use answer::{ChargeAnswer, IntentAnswer, ListAnswer, RefundAnswer};
use http::{Http, Read, Request};

/// Where Stripe is.
const BASE: &str = "https://api.stripe.com";

/// The most pages of refunds of one payment: 100 are on each.
const MAX_PAGES: usize = 20;

/// The names under which a refund carries what it is of.
pub(super) const SHOP: &str = "counterfoil_shop";
pub(super) const REFUND: &str = "counterfoil_refund";
pub(super) const CHARGE: &str = "counterfoil_charge";

/// Everything but letters, digits and the four marks that never need it.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Stripe.
#[derive(Debug)]
pub struct Stripe(Http);

impl Stripe {
    /// Stripe with a key.
    ///
    /// # Errors
    /// A system without certificates to trust.
    pub fn new(secret: Secret) -> Result<Self> {
        Self::at(BASE, secret)
    }

    /// As [`Stripe::new`], somewhere else: for tests, and for a proxy of one's own. Each call ends after 30 seconds.
    ///
    /// # Errors
    /// Also an address that is neither `https` nor this machine.
    pub fn at(base: &str, secret: Secret) -> Result<Self> {
        Self::with_patience(base, secret, Duration::from_millis(super::schedule::CALL))
    }

    /// As [`Stripe::at`], with another limit for a call.
    ///
    /// # Errors
    /// As [`Stripe::at`].
    pub fn with_patience(base: &str, secret: Secret, patience: Duration) -> Result<Self> {
        let base = base.trim_end_matches('/');
        let rest = base.strip_prefix("http://").unwrap_or_default();
        let host = rest.rsplit_once(':').map_or(rest, |(host, _)| host);
        let is_here = matches!(host, "127.0.0.1" | "localhost" | "[::1]");
        ensure!(
            is_here || base.starts_with("https://"),
            "the address of the gateway must begin with https://: its key is sent there"
        );
        Ok(Self(Http::new(base, secret, patience, is_here)?))
    }

    async fn payment(&self, payment: &str) -> Result<Payment, CallError> {
        let currency = match Kind::of(payment)? {
            Kind::Intent => {
                let answer: IntentAnswer = self.get(&format!("/v1/payment_intents/{payment}")).await?.0;
                answer.currency
            }
            Kind::Charge => {
                let answer: ChargeAnswer = self.get(&format!("/v1/charges/{payment}")).await?.0;
                answer.currency
            }
        };
        Ok(Payment { currency })
    }

    async fn refunds(&self, payment: &str) -> Result<Listed, CallError> {
        let first = format!("/v1/refunds?{}={payment}&limit=100", Kind::of(payment)?.name());
        self.pages::<RefundAnswer>(&first).await
    }

    /// All pages of a list.
    async fn pages<T: DeserializeOwned + Into<Refund>>(&self, first: &str) -> Result<Listed, CallError> {
        let (mut refunds, mut path): (Vec<Refund>, _) = (Vec::new(), first.to_owned());
        for _ in 0..MAX_PAGES {
            let (page, now): (ListAnswer<T>, _) = self.get(&path).await?;
            refunds.extend(page.data.into_iter().map(Into::into));
            match refunds.last() {
                Some(last) if page.has_more => {
                    path = format!("{first}&starting_after={}", encoded(&last.id));
                }
                Some(_) | None => return Ok(Listed { refunds, now }),
            }
        }
        Err(CallError::Unknown("the list is too long".into()))
    }

    async fn ask(&self, ask: &Ask) -> Result<Refund, CallError> {
        let body = form(&[
            (Kind::of(&ask.payment)?.name(), &ask.payment),
            ("amount", &ask.amount.to_string()),
            ("reason", "requested_by_customer"),
            (&format!("metadata[{SHOP}]"), &ask.of.shop),
            (&format!("metadata[{REFUND}]"), &ask.of.refund),
        ]);
        let request = Request { path: "/v1/refunds", body: Some(body), key: Some(&ask.key) };
        let (answer, _): (RefundAnswer, _) = parsed(self.0.send(request).await?)?;
        Ok(answer.into())
    }

    async fn refund(&self, id: &str) -> Result<Refund, CallError> {
        let (answer, _): (RefundAnswer, _) = self.get(&format!("/v1/refunds/{}", encoded(id))).await?;
        Ok(answer.into())
    }

    async fn cancel(&self, id: &str) -> Result<Refund, CallError> {
        let path = format!("/v1/refunds/{}/cancel", encoded(id));
        let request = Request { path: &path, body: Some(String::new()), key: None };
        let (answer, _): (RefundAnswer, _) = parsed(self.0.send(request).await?)?;
        Ok(answer.into())
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<(T, u64), CallError> {
        parsed(self.0.send(Request { path, body: None, key: None }).await?)
    }
}

impl Gateway for Stripe {
    fn payment<'a>(&'a self, payment: &'a str) -> Calling<'a, Payment> {
        Box::pin(self.0.within(self.payment(payment)))
    }

    fn refunds<'a>(&'a self, payment: &'a str) -> Calling<'a, Listed> {
        Box::pin(self.0.within(self.refunds(payment)))
    }

    fn ask<'a>(&'a self, ask: &'a Ask) -> Calling<'a, Refund> {
        match &ask.deed {
            Deed::Refund => Box::pin(self.0.within(self.ask(ask))),
            Deed::Charge(method) => Box::pin(self.0.within(self.ask_charge(ask, method))),
            Deed::Link(link) => Box::pin(self.0.within(self.ask_link(ask, link))),
        }
    }

    fn refund<'a>(&'a self, id: &'a str) -> Calling<'a, Refund> {
        Box::pin(self.0.within(self.refund(id)))
    }

    fn cancel<'a>(&'a self, id: &'a str) -> Calling<'a, Refund> {
        Box::pin(self.0.within(self.cancel(id)))
    }

    fn charges<'a>(&'a self, customer: &'a str) -> Calling<'a, Listed> {
        Box::pin(self.0.within(self.charges(customer)))
    }

    fn charge<'a>(&'a self, id: &'a str) -> Calling<'a, Refund> {
        Box::pin(self.0.within(self.charge(id)))
    }

    fn cancel_charge<'a>(&'a self, id: &'a str) -> Calling<'a, Refund> {
        Box::pin(self.0.within(self.cancel_charge(id)))
    }

    fn links(&self, since: u64) -> Calling<'_, Listed> {
        Box::pin(self.0.within(self.links(since)))
    }

    fn link<'a>(&'a self, id: &'a str) -> Calling<'a, Refund> {
        Box::pin(self.0.within(self.link(id)))
    }

    fn expire_link<'a>(&'a self, id: &'a str) -> Calling<'a, Refund> {
        Box::pin(self.0.within(self.expire_link(id)))
    }

    fn cards<'a>(&'a self, customer: &'a str) -> Calling<'a, Vec<CardThere>> {
        Box::pin(self.0.within(self.cards(customer)))
    }

    fn disputes(&self, since: u64) -> Calling<'_, Vec<Dispute>> {
        Box::pin(self.0.within(self.disputes(since)))
    }
}

/// What a payment's number names.
#[derive(Clone, Copy)]
enum Kind {
    Intent,
    Charge,
}

impl Kind {
    /// By the beginning of the number; another number names nothing.
    fn of(payment: &str) -> Result<Self, CallError> {
        let is_word =
            payment.len() <= 255 && payment.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        match payment.split_once('_') {
            Some(("pi", _)) if is_word => Ok(Self::Intent),
            Some(("ch" | "py", _)) if is_word => Ok(Self::Charge),
            _ => Err(CallError::NotThere),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Intent => "payment_intent",
            Self::Charge => "charge",
        }
    }
}

/// An answer as what was asked for.
fn parsed<T: DeserializeOwned>(read: Read) -> Result<(T, u64), CallError> {
    let answer = serde_json::from_slice(&read.body)
        .map_err(|_| CallError::Unknown("the gateway's answer is not what was asked for".into()))?;
    Ok((answer, read.now))
}

fn form(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<_> =
        fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    pairs.join("&")
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_encoded() {
        let text = form(&[("metadata[a]", "ü & b=1"), ("amount", "5000")]);
        assert_eq!(text, "metadata%5Ba%5D=%C3%BC%20%26%20b%3D1&amount=5000");
    }

    #[test]
    fn only_numbers_of_payments_are_asked_for() {
        for (number, name) in [
            ("pi_3N", Some("payment_intent")),
            ("ch_3N", Some("charge")),
            ("py_3N", Some("charge")),
            ("re_3N", None),
            ("12345", None),
            ("pi_3N/../x", None),
            ("pi_3N&amount=1", None),
            ("", None),
        ] {
            assert_eq!(Kind::of(number).ok().map(Kind::name), name, "{number}");
        }
    }

    #[test]
    fn the_key_is_sent_over_tls_or_to_this_machine() {
        let at = |base| Stripe::at(base, Secret::new("rk_test_abcdefgh12345678").unwrap()).is_ok();
        assert!(at("https://api.stripe.com") && at("http://127.0.0.1:8000") && at("http://localhost:8000/"));
        assert!(
            !at("http://gateway.example") && !at("http://127.0.0.1.example:80") && !at("ftp://127.0.0.1")
        );
    }
}
