//! The answers of the interface: the fields that are used. Others may be added there at any time.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{REFUND, SHOP};
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

/// A page of refunds.
#[derive(Deserialize)]
pub struct ListAnswer {
    /// The refunds.
    pub data: Vec<RefundAnswer>,
    /// Whether there are more.
    pub has_more: bool,
}

/// A refund.
#[derive(Deserialize)]
pub struct RefundAnswer {
    /// Its id.
    pub id: String,
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
