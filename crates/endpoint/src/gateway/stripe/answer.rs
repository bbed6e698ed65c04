//! The answers of the interface: the fields that are used. Others may be added there at any time.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::http::word;
use super::{CHARGE, REFUND, SHOP};
use crate::gateway::operation::APPROVE;
use crate::gateway::{Refund, Wanted};

/// A payment intent.
#[derive(Deserialize)]
pub struct IntentAnswer {
    /// The currency, in small letters.
    pub currency: String,
}

/// A charge.
#[derive(Deserialize)]
pub struct ChargeAnswer {
    /// The currency, in small letters.
    pub currency: String,
}

/// A page of refunds or of charges.
#[derive(Deserialize)]
pub struct ListAnswer<T> {
    /// What is on it.
    pub data: Vec<T>,
    /// Whether there are more.
    pub has_more: bool,
}

/// A refund.
#[derive(Deserialize)]
pub struct RefundAnswer {
    id: String,
    amount: u64,
    currency: String,
    status: Option<String>,
    payment_intent: Option<String>,
    charge: Option<String>,
    failure_reason: Option<String>,
    #[serde(default)]
    metadata: Option<BTreeMap<String, String>>,
}

impl From<RefundAnswer> for Refund {
    fn from(answer: RefundAnswer) -> Self {
        let mut metadata = answer.metadata.unwrap_or_default();
        let of = metadata.remove(SHOP).zip(metadata.remove(REFUND));
        Self {
            id: answer.id,
            payments: [answer.payment_intent, answer.charge].into_iter().flatten().collect(),
            amount: answer.amount,
            currency: answer.currency,
            status: answer.status.unwrap_or_default(),
            reason: answer.failure_reason,
            of: of.map(|(shop, refund)| Wanted { shop, refund }),
            link: None,
        }
    }
}

/// A payment intent, as the charge of a customer.
#[derive(Deserialize)]
pub struct ChargedAnswer {
    id: String,
    amount: u64,
    #[serde(default)]
    amount_received: u64,
    currency: String,
    customer: Option<String>,
    status: String,
    last_payment_error: Option<PaymentError>,
    #[serde(default)]
    metadata: Option<BTreeMap<String, String>>,
}

/// Why it was not paid.
#[derive(Deserialize)]
struct PaymentError {
    code: Option<String>,
    decline_code: Option<String>,
}

impl From<ChargedAnswer> for Refund {
    fn from(answer: ChargedAnswer) -> Self {
        let mut metadata = answer.metadata.unwrap_or_default();
        let of = metadata.remove(SHOP).zip(metadata.remove(CHARGE));
        // Of an intent that was paid it counts what was received.
        let is_paid = answer.status == "succeeded";
        let why = |error: PaymentError| match (error.code, error.decline_code) {
            (Some(code), _) if code == APPROVE => code,
            (code, decline_code) => word(decline_code.or(code)),
        };
        Self {
            id: answer.id,
            payments: answer.customer.into_iter().collect(),
            amount: if is_paid { answer.amount_received } else { answer.amount },
            currency: answer.currency,
            status: answer.status,
            reason: answer.last_payment_error.map(why),
            of: of.map(|(shop, refund)| Wanted { shop, refund }),
            link: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refund_is_read_with_what_it_is_of() {
        let text = r#"{"id":"re_1","object":"refund","amount":5000,"currency":"gbp","status":"pending","new":1,
            "payment_intent":"pi_1","charge":"ch_1","pending_reason":"processing",
            "metadata":{"counterfoil_shop":"s1","counterfoil_refund":"r1","other":"x"}}"#;
        let refund = Refund::from(serde_json::from_str::<RefundAnswer>(text).unwrap());
        assert_eq!(refund.of, Some(Wanted { shop: "s1".into(), refund: "r1".into() }));
        assert_eq!(
            (refund.payments.as_slice(), refund.amount),
            (&["pi_1".to_owned(), "ch_1".to_owned()][..], 5000)
        );
    }

    #[test]
    fn a_charge_is_read_with_why_it_was_declined() {
        let read = |rest: &str| {
            let text = format!(
                r#"{{"id":"pi_1","amount":5000,"currency":"gbp","customer":"cus_1",{rest},
                "metadata":{{"counterfoil_shop":"s1","counterfoil_charge":"k1"}}}}"#
            );
            Refund::from(serde_json::from_str::<ChargedAnswer>(&text).unwrap())
        };
        let paid = read(r#""status":"succeeded","amount_received":4000"#);
        assert_eq!((paid.amount, paid.reason.as_deref(), paid.payments[0].as_str()), (4000, None, "cus_1"));
        assert_eq!(paid.of, Some(Wanted { shop: "s1".into(), refund: "k1".into() }));
        for (error, reason) in [
            (r#"{"code":"card_declined","decline_code":"insufficient_funds"}"#, "insufficient_funds"),
            (r#"{"code":"expired_card"}"#, "expired_card"),
            (
                r#"{"code":"authentication_required","decline_code":"generic_decline"}"#,
                "authentication_required",
            ),
            ("{}", "unknown"),
        ] {
            let declined =
                read(&format!(r#""status":"requires_payment_method","last_payment_error":{error}"#));
            assert_eq!((declined.amount, declined.reason.as_deref()), (5000, Some(reason)));
        }
    }

    #[test]
    fn one_that_was_made_elsewhere_is_of_nothing() {
        for metadata in ["null", "{}", r#"{"counterfoil_shop":"s1"}"#] {
            let text =
                format!(r#"{{"id":"re_1","amount":1,"currency":"gbp","status":null,"metadata":{metadata}}}"#);
            let refund = Refund::from(serde_json::from_str::<RefundAnswer>(&text).unwrap());
            assert_eq!((refund.of, refund.status.as_str()), (None, ""), "{metadata}");
        }
    }

    #[test]
    fn amounts_are_whole_numbers() {
        for amount in ["50.5", "-1", "1e2", "\"5000\"", "null", "18446744073709551616"] {
            let text = format!(r#"{{"id":"re_1","amount":{amount},"currency":"gbp","status":"pending"}}"#);
            assert!(serde_json::from_str::<RefundAnswer>(&text).is_err(), "{amount}");
        }
    }
}
