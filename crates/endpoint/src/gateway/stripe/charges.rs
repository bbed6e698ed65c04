//! Charges of saved payment methods: payment intents that are confirmed without the customer.

use super::answer::ChargedAnswer;
use super::http::Request;
use super::{CHARGE, SHOP, Stripe, encoded, form, parsed};
use crate::gateway::{Ask, CallError, Listed, Refund};
use ledger::entry::SavedCard;

impl Stripe {
    /// All charges of a customer.
    pub(super) async fn charges(&self, customer: &str) -> Result<Listed, CallError> {
        if !SavedCard::is_customer(customer) {
            return Err(CallError::NotThere);
        }
        let path = format!("/v1/payment_intents?customer={customer}&limit=100");
        match self.pages::<ChargedAnswer>(&path).await {
            // So it says in a list that the customer is not there.
            Err(CallError::Refused(code)) if code == "resource_missing" => Err(CallError::NotThere),
            listed => listed,
        }
    }

    /// Charges a payment method at once. Where the bank declines it or wants the customer to approve it, the answer has the charge too.
    pub(super) async fn ask_charge(&self, ask: &Ask, method: &str) -> Result<Refund, CallError> {
        if !SavedCard::is_customer(&ask.payment) || !SavedCard::is_method(method) {
            return Err(CallError::Refused("invalid_id".into()));
        }
        let body = form(&[
            ("amount", &ask.amount.to_string()),
            ("currency", &ask.currency),
            ("customer", &ask.payment),
            ("payment_method", method),
            ("automatic_payment_methods[enabled]", "true"),
            ("automatic_payment_methods[allow_redirects]", "never"),
            ("confirm", "true"),
            ("off_session", "true"),
            (&format!("metadata[{SHOP}]"), &ask.of.shop),
            (&format!("metadata[{CHARGE}]"), &ask.of.refund),
        ]);
        let request = Request { path: "/v1/payment_intents", body: Some(body), key: Some(&ask.key) };
        let (answer, _): (ChargedAnswer, _) = parsed(self.0.send(request).await?)?;
        Ok(answer.into())
    }

    /// A charge.
    pub(super) async fn charge(&self, id: &str) -> Result<Refund, CallError> {
        let (answer, _): (ChargedAnswer, _) =
            self.get(&format!("/v1/payment_intents/{}", encoded(id))).await?;
        Ok(answer.into())
    }

    /// Cancels a charge. To ask for it twice does no harm, so it needs no key.
    pub(super) async fn cancel_charge(&self, id: &str) -> Result<Refund, CallError> {
        let path = format!("/v1/payment_intents/{}/cancel", encoded(id));
        let request = Request { path: &path, body: Some(String::new()), key: None };
        let (answer, _): (ChargedAnswer, _) = parsed(self.0.send(request).await?)?;
        Ok(answer.into())
    }
}
