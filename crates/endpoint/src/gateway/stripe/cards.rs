//! Saved payment methods of a customer.

use ledger::entry::SavedCard;
use serde::Deserialize;
use sync::wire::CardThere;

use super::Stripe;
use super::answer::ListAnswer;
use crate::gateway::CallError;

/// A payment method.
#[derive(Deserialize)]
pub(super) struct MethodAnswer {
    id: String,
    card: Option<CardAnswer>,
}

#[derive(Deserialize)]
struct CardAnswer {
    brand: String,
    last4: String,
    exp_month: u8,
    exp_year: u16,
}

impl MethodAnswer {
    /// What is shown of a card; `None` for other payment methods.
    pub(super) fn card(self) -> Option<CardThere> {
        let CardAnswer { brand, last4, exp_month, exp_year } = self.card?;
        let is_shown = last4.len() == 4 && last4.bytes().all(|byte| byte.is_ascii_digit());
        let is_known = is_shown && SavedCard::is_method(&self.id);
        is_known.then_some(CardThere { method: self.id, brand, last4, month: exp_month, year: exp_year })
    }
}

impl Stripe {
    /// The cards of a customer: the newest hundred. Of other payment methods there is nothing to show.
    pub(super) async fn cards(&self, customer: &str) -> Result<Vec<CardThere>, CallError> {
        if !SavedCard::is_customer(customer) {
            return Err(CallError::NotThere);
        }
        let path = format!("/v1/customers/{customer}/payment_methods?type=card&limit=100");
        let (page, _): (ListAnswer<MethodAnswer>, _) = self.get(&path).await?;
        Ok(page.data.into_iter().filter_map(MethodAnswer::card).collect())
    }
}
