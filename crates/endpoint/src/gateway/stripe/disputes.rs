//! Disputes of payments.

use serde::Deserialize;

use super::answer::ListAnswer;
use super::{MAX_PAGES, Stripe, encoded};
use crate::gateway::{CallError, Dispute};

/// A dispute.
#[derive(Deserialize)]
struct DisputeAnswer {
    id: String,
    amount: u64,
    currency: String,
    status: String,
    reason: Option<String>,
    charge: Option<String>,
    payment_intent: Option<String>,
    evidence_details: Option<Evidence>,
    #[serde(default)]
    balance_transactions: Vec<Movement>,
}

#[derive(Deserialize)]
struct Evidence {
    /// In seconds since 1970.
    due_by: Option<u64>,
}

/// What a dispute has moved on the account of the shop at Stripe: first the amount and the fee, later what comes back.
#[derive(Deserialize)]
struct Movement {
    currency: String,
    /// Above zero what Stripe takes, below zero what it gives back.
    fee: i64,
}

impl From<DisputeAnswer> for Dispute {
    fn from(answer: DisputeAnswer) -> Self {
        // A fee in another currency, as of an account that is paid out in one, cannot be a figure of this book.
        let fees = answer.balance_transactions.iter().filter(|moved| moved.currency == answer.currency);
        let fee = fees.fold(0_i64, |sum, moved| sum.saturating_add(moved.fee));
        Self {
            id: answer.id,
            payments: [answer.payment_intent, answer.charge].into_iter().flatten().collect(),
            amount: answer.amount,
            fee: u64::try_from(fee).unwrap_or_default(),
            currency: answer.currency,
            status: answer.status,
            reason: answer.reason,
            answer_by: answer
                .evidence_details
                .and_then(|evidence| evidence.due_by)
                .map(|seconds| seconds.saturating_mul(1_000)),
        }
    }
}

impl Stripe {
    /// All disputes that were opened after a time, in milliseconds since 1970.
    pub(super) async fn disputes(&self, since: u64) -> Result<Vec<Dispute>, CallError> {
        let first = format!("/v1/disputes?created%5Bgte%5D={}&limit=100", since / 1_000);
        let (mut disputes, mut path): (Vec<Dispute>, _) = (Vec::new(), first.clone());
        for _ in 0..MAX_PAGES {
            let (page, _): (ListAnswer<DisputeAnswer>, _) = self.get(&path).await?;
            disputes.extend(page.data.into_iter().map(Dispute::from));
            match disputes.last() {
                Some(last) if page.has_more => {
                    path = format!("{first}&starting_after={}", encoded(&last.id));
                }
                Some(_) | None => return Ok(disputes),
            }
        }
        Err(CallError::Unknown("the list is too long".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dispute_is_read_with_what_stripe_keeps() {
        let read = |moved: &str| {
            let text = format!(
                r#"{{"id":"dp_1","object":"dispute","amount":5000,"currency":"gbp","status":"needs_response","reason":"fraudulent",
                "charge":"ch_1","payment_intent":"pi_1","evidence_details":{{"due_by":1800000000}},"balance_transactions":[{moved}]}}"#
            );
            Dispute::from(serde_json::from_str::<DisputeAnswer>(&text).unwrap())
        };
        let taken = r#"{"amount":-5000,"currency":"gbp","fee":1500}"#;
        let opened = read(taken);
        assert_eq!(opened.payments, ["pi_1", "ch_1"]);
        assert_eq!((opened.fee, opened.answer_by), (1_500, Some(1_800_000_000_000)));
        assert_eq!(read(&format!(r#"{taken},{{"amount":5000,"currency":"gbp","fee":-1500}}"#)).fee, 0);
        assert_eq!(read(&format!(r#"{taken},{{"amount":5000,"currency":"gbp","fee":0}}"#)).fee, 1_500);
        assert_eq!(read(r#"{"amount":-5800,"currency":"eur","fee":1700}"#).fee, 0);
        assert_eq!(read("").fee, 0);
    }
}
