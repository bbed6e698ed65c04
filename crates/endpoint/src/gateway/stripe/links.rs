//! Payment links: Checkout Sessions, on Stripe's own page. Only cards are taken there, so one that is paid has the money at once.

use std::collections::BTreeMap;

use ledger::entry::SavedCard;
use serde::Deserialize;

use super::cards::MethodAnswer;
use super::http::Request;
use super::{CHARGE, SHOP, Stripe, encoded, form, parsed};
use crate::gateway::{Ask, CallError, CardKept, LinkAsk, LinkAt, Listed, Refund, Wanted};

/// A Checkout Session. Those of a web shop can lack amount and currency.
#[derive(Deserialize)]
pub struct SessionAnswer {
    id: String,
    status: Option<String>,
    payment_status: Option<String>,
    amount_total: Option<u64>,
    currency: Option<String>,
    client_reference_id: Option<String>,
    payment_intent: Option<String>,
    /// The customer of the processor, if there is one.
    customer: Option<String>,
    url: Option<String>,
    #[serde(default)]
    expires_at: u64,
    #[serde(default)]
    metadata: Option<BTreeMap<String, String>>,
}

/// The payment of a session that is paid, with its payment method in full.
#[derive(Deserialize)]
struct IntentAnswer {
    setup_future_usage: Option<String>,
    #[serde(default)]
    payment_method: serde_json::Value,
}

/// What the payment gets of what names it.
const LATER: &str = "payment_intent_data[metadata]";

impl From<SessionAnswer> for Refund {
    fn from(answer: SessionAnswer) -> Self {
        let mut metadata = answer.metadata.unwrap_or_default();
        let of = metadata.remove(SHOP).zip(metadata.remove(CHARGE));
        let status = match (answer.status.as_deref(), answer.payment_status.as_deref()) {
            (Some("complete"), Some("paid")) => "paid".to_owned(),
            (status, _) => status.unwrap_or_default().to_owned(),
        };
        let (address, expires) = (answer.url, answer.expires_at.saturating_mul(1_000));
        Self {
            id: answer.id,
            payments: answer.client_reference_id.into_iter().collect(),
            amount: answer.amount_total.unwrap_or_default(),
            currency: answer.currency.unwrap_or_default(),
            status,
            reason: None,
            of: of.map(|(shop, refund)| Wanted { shop, refund }),
            link: Some(LinkAt { address, expires, paid_as: answer.payment_intent, kept: CardKept::Unknown }),
        }
    }
}

impl Stripe {
    /// All sessions that were made since a time.
    pub(super) async fn links(&self, since: u64) -> Result<Listed, CallError> {
        let path = format!("/v1/checkout/sessions?created%5Bgte%5D={}&limit=100", since / 1_000);
        self.pages::<SessionAnswer>(&path).await
    }

    /// Makes a session. The payment that it becomes carries what it is of, too, for people who look at it there.
    pub(super) async fn ask_link(&self, ask: &Ask, link: &LinkAsk) -> Result<Refund, CallError> {
        let price = "line_items[0][price_data]";
        let expires = link.expires.unwrap_or_default() / 1_000;
        let (currency, unit) = (format!("{price}[currency]"), format!("{price}[unit_amount]"));
        let (name, amount) = (format!("{price}[product_data][name]"), ask.amount.to_string());
        let expires = expires.to_string();
        let of = |start: &str, key: &str| format!("{start}[{key}]");
        let (shop, charge) = (of("metadata", SHOP), of("metadata", CHARGE));
        let (shop_too, charge_too) = (of(LATER, SHOP), of(LATER, CHARGE));
        let mut fields = vec![
            ("mode", "payment"),
            ("payment_method_types[0]", "card"),
            ("line_items[0][quantity]", "1"),
            (&currency, &*ask.currency),
            (&unit, &amount),
            (&name, &link.shown),
            ("success_url", &link.page),
            ("expires_at", &expires),
            ("client_reference_id", &ask.payment),
            (&shop, &ask.of.shop),
            (&charge, &ask.of.refund),
            (&shop_too, &ask.of.shop),
            (&charge_too, &ask.of.refund),
        ];
        if link.saves {
            // The page asks the customer for the agreement, too.
            fields.push(("customer_creation", "always"));
            fields.push(("payment_intent_data[setup_future_usage]", "off_session"));
        }
        let body = form(&fields);
        let request = Request { path: "/v1/checkout/sessions", body: Some(body), key: Some(&ask.key) };
        let (answer, _): (SessionAnswer, _) = parsed(self.0.send(request).await?)?;
        Ok(answer.into())
    }

    /// A session.
    pub(super) async fn link(&self, id: &str) -> Result<Refund, CallError> {
        let (answer, _): (SessionAnswer, _) =
            self.get(&format!("/v1/checkout/sessions/{}", encoded(id))).await?;
        let customer = answer.customer.clone();
        let mut there = Refund::from(answer);
        if let Some(link) = &mut there.link
            && let Some(payment) = &link.paid_as
        {
            link.kept = self.kept(customer, payment).await?;
        }
        Ok(there)
    }

    /// The card that a payment has saved for a customer. A key that may not read payment methods learns of none: the payment counts all the
    /// same.
    async fn kept(&self, customer: Option<String>, payment: &str) -> Result<CardKept, CallError> {
        let Some(customer) = customer else { return Ok(CardKept::No) };
        let path = format!("/v1/payment_intents/{}?expand%5B0%5D=payment_method", encoded(payment));
        let answer: Result<(IntentAnswer, u64), _> = self.get(&path).await;
        let method = match answer {
            Ok((IntentAnswer { setup_future_usage: Some(_), payment_method }, _)) => {
                serde_json::from_value::<MethodAnswer>(payment_method).ok()
            }
            Ok(_) => None,
            Err(CallError::Refused(_) | CallError::NotThere) => None,
            Err(why @ CallError::Unknown(_)) => return Err(why),
        };
        let Some(there) = method.and_then(MethodAnswer::card) else { return Ok(CardKept::No) };
        let shown = Some(there.shown());
        Ok(CardKept::Card(SavedCard { customer, method: there.method, shown }))
    }

    /// Ends a session that is open; another one is refused.
    pub(super) async fn expire_link(&self, id: &str) -> Result<Refund, CallError> {
        let path = format!("/v1/checkout/sessions/{}/expire", encoded(id));
        let request = Request { path: &path, body: Some(String::new()), key: None };
        let (answer, _): (SessionAnswer, _) = parsed(self.0.send(request).await?)?;
        Ok(answer.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rest: &str) -> Refund {
        let text = format!(
            r#"{{"id":"cs_1","object":"checkout.session","expires_at":1790000000,{rest},"new":1,
            "metadata":{{"counterfoil_shop":"s1","counterfoil_charge":"k1"}}}}"#
        );
        serde_json::from_str::<SessionAnswer>(&text).unwrap().into()
    }

    #[test]
    fn a_session_is_paid_only_with_the_money() {
        let whole = r#""amount_total":5000,"currency":"gbp","client_reference_id":"k1""#;
        for (status, payment, word) in [
            ("open", "unpaid", "open"),
            ("complete", "paid", "paid"),
            ("complete", "unpaid", "complete"),
            ("complete", "no_payment_required", "complete"),
            ("expired", "unpaid", "expired"),
            ("held", "paid", "held"),
        ] {
            let link = read(&format!(r#""status":"{status}","payment_status":"{payment}",{whole}"#));
            assert_eq!((link.status.as_str(), link.amount), (word, 5_000), "{status}, {payment}");
            assert_eq!((link.payments[0].as_str(), link.of.unwrap().refund.as_str()), ("k1", "k1"));
        }
    }

    #[test]
    fn its_time_is_in_milliseconds_and_its_payment_has_a_number() {
        let open = read(r#""status":"open","payment_intent":null,"url":"https://checkout.example/c""#);
        let at = open.link.unwrap();
        assert_eq!(
            (at.expires, at.address.as_deref()),
            (1_790_000_000_000, Some("https://checkout.example/c"))
        );
        let paid = read(r#""status":"complete","payment_status":"paid","payment_intent":"pi_1","url":null"#);
        assert_eq!(paid.link.unwrap().paid_as.as_deref(), Some("pi_1"));
        // What a web shop sells otherwise.
        assert_eq!(read(r#""status":"complete","amount_total":null,"currency":null"#).amount, 0);
    }
}
