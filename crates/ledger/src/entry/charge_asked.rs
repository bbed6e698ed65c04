//! `charge.asked`: the card processor is asked to charge the payment method that a customer has saved, or to make a link with which the
//! customer pays. It posts nothing: the payment is an entry of its own, once the processor has the money.

use crate::code::{BookAccount, Code};
use crate::entry::card_saved::SavedCard;
use crate::entry::content::{Content, Summary, sum_within};
use crate::entry::payment_recorded::{Allocation, PaymentRecorded};
use crate::id::Id;
use crate::limits::{MAX_PARTS, OverLimit, at_most};
use crate::method::Method;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The content of `charge.asked`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChargeAsked {
    /// The id that the payment gets once the charge has succeeded: endpoints and counters that record it, also again, record one payment.
    pub payment: Id,
    /// What is charged; `None` asks for a payment link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<SavedCard>,
    /// The amount in minor units.
    pub amount: Money,
    /// The orders that it is for.
    pub allocations: Vec<Allocation>,
    /// Whether the payment counts for commission.
    pub eligible: bool,
    /// The internal note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Of a payment link, whether the customer agrees that the card is saved for later charges.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub saves: bool,
}

/// The content of `charge.asked`, version 1: always a saved payment method.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChargeAskedV1 {
    payment: Id,
    card: SavedCard,
    amount: Money,
    allocations: Vec<Allocation>,
    eligible: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// The content of `charge.asked`, version 2: no card is saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChargeAskedV2 {
    payment: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    card: Option<SavedCard>,
    amount: Money,
    allocations: Vec<Allocation>,
    eligible: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl From<ChargeAskedV2> for ChargeAsked {
    fn from(old: ChargeAskedV2) -> Self {
        let ChargeAskedV2 { payment, card, amount, allocations, eligible, note } = old;
        Self { payment, card, amount, allocations, eligible, note, saves: false }
    }
}

impl From<ChargeAskedV1> for ChargeAsked {
    fn from(old: ChargeAskedV1) -> Self {
        let ChargeAskedV1 { payment, card, amount, allocations, eligible, note } = old;
        Self { payment, card: Some(card), amount, allocations, eligible, note, saves: false }
    }
}

impl ChargeAsked {
    /// Whether a payment link is asked for.
    #[must_use]
    pub const fn is_link(&self) -> bool {
        self.card.is_none()
    }

    /// The payment that a successful charge is. `reference` is its number at the processor.
    #[must_use]
    pub fn paid(&self, reference: String) -> PaymentRecorded {
        PaymentRecorded {
            method: Method::Online,
            account: BookAccount::of(Code::Card),
            amount: self.amount,
            tendered: None,
            allocations: self.allocations.clone(),
            eligible: self.eligible,
            reference: Some(reference),
            note: self.note.clone(),
            rounding: Money::ZERO,
        }
    }
}

impl Content for ChargeAsked {
    fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a Id)) {
        // The payment comes later, or never.
        self.allocations.iter().for_each(|part| visit(&part.order));
    }

    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        let shown = self.card.as_ref().and_then(|card| card.shown.as_ref());
        [self.note.as_ref(), shown].into_iter().flatten().for_each(|text| visit(text));
    }

    fn check_limits(&self) -> Result<(), OverLimit> {
        at_most("allocations", self.allocations.len(), MAX_PARTS)?;
        self.card.as_ref().map_or(Ok(()), SavedCard::check_limits)?;
        sum_within(self.allocations.iter().map(|part| part.amount))
    }

    fn summary(&self) -> Summary<'_> {
        Summary {
            method: Some(Method::Online),
            orders: self.allocations.iter().map(|part| &part.order).collect(),
            amount: self.amount,
            note: self.note.as_deref(),
            ..Summary::default()
        }
    }
}
