//! The calls of a gateway, as values: an operation asks for one and is told what came of it.

use ledger::entry::SavedCard;
use serde::{Deserialize, Serialize};

use super::{CallError, Listed, Payment, Refund};

/// What a gateway is asked to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// To refund a payment.
    #[default]
    Refund,
    /// To charge a payment method that a customer has saved, by its id.
    Charge(String),
    /// To make a link with which the customer pays.
    Link(LinkAsk),
}

/// A payment link to make. Times are in milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkAsk {
    /// What the customer reads there: the numbers of the orders.
    pub shown: String,
    /// The page that the customer sees after paying.
    pub page: String,
    /// When it was asked for. The gateway has none from long before.
    pub asked: u64,
    /// Until when it can be paid, by the gateway's clock: fixed before the first request, as repetitions have to be the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<u64>,
    /// Whether the customer agrees that the card is saved for later charges.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub saves: bool,
}

/// A payment link, as the gateway has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkAt {
    /// Its address, while it can be paid.
    pub address: Option<String>,
    /// Until when it can be paid, in milliseconds since 1970.
    pub expires: u64,
    /// The number of the payment that was made with it.
    pub paid_as: Option<String>,
    /// The card that was saved with the payment, if that was asked for.
    #[serde(default, skip_serializing_if = "CardKept::is_unknown")]
    pub kept: CardKept,
}

/// What has become of the card of a payment link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardKept {
    /// It was not asked: lists do not say it.
    #[default]
    Unknown,
    /// No card is saved.
    No,
    /// This card is saved.
    Card(SavedCard),
}

impl CardKept {
    const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

impl Deed {
    /// Whether it is a charge.
    #[must_use]
    pub const fn is_charge(&self) -> bool {
        matches!(self, Self::Charge(_))
    }

    pub(super) const fn is_refund(&self) -> bool {
        matches!(self, Self::Refund)
    }
}

/// The refund or the charge of a book.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The shop.
    pub shop: String,
    /// The id of the refund or of the charge.
    pub refund: String,
}

/// A call to make of the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// [`super::Gateway::payment`].
    Payment(String),
    /// [`super::Gateway::refunds`].
    List(String),
    /// [`super::Gateway::ask`].
    Send(Ask),
    /// [`super::Gateway::refund`].
    Look(String),
    /// [`super::Gateway::cancel`].
    Cancel(String),
    /// [`super::Gateway::charges`].
    Charges(String),
    /// [`super::Gateway::charge`].
    LookAtCharge(String),
    /// [`super::Gateway::cancel_charge`].
    CancelCharge(String),
    /// [`super::Gateway::links`].
    Links(u64),
    /// [`super::Gateway::link`].
    LookAtLink(String),
    /// [`super::Gateway::expire_link`].
    ExpireLink(String),
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Of [`Call::Payment`].
    Payment(Result<Payment, CallError>),
    /// Of [`Call::List`], [`Call::Charges`] and [`Call::Links`].
    Listed(Result<Listed, CallError>),
    /// Of [`Call::Send`].
    Sent(Result<Refund, CallError>),
    /// Of [`Call::Look`], [`Call::LookAtCharge`], [`Call::CancelCharge`] and [`Call::LookAtLink`].
    Looked(Result<Refund, CallError>),
    /// Of [`Call::Cancel`] and [`Call::ExpireLink`].
    Canceled(Result<Refund, CallError>),
}

impl Outcome {
    /// Whether nothing was learned.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        matches!(
            self,
            Self::Payment(Err(CallError::Unknown(_)))
                | Self::Listed(Err(CallError::Unknown(_)))
                | Self::Sent(Err(CallError::Unknown(_)))
                | Self::Looked(Err(CallError::Unknown(_)))
                | Self::Canceled(Err(CallError::Unknown(_)))
        )
    }
}

/// A refund or a charge to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The refund or the charge of the book.
    pub of: Wanted,
    /// Which of them.
    pub deed: Deed,
    /// The payment that is refunded, the customer who is charged, or the name of the link.
    pub payment: String,
    /// The amount in the smallest unit of the currency.
    pub amount: u64,
    /// The currency by ISO 4217, in small letters.
    pub currency: String,
    /// What makes a repetition of the request the same refund or charge. It never contains the amount: two equal refunds of one payment are two.
    pub key: String,
}
