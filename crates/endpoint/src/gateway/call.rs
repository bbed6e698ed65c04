//! The calls of a gateway, as values: an operation asks for one and is told what came of it.

use serde::{Deserialize, Serialize};

use super::{CallError, Listed, Payment, Refund};

/// The refund of a book.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The shop.
    pub shop: String,
    /// The id of the refund.
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
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Of [`Call::Payment`].
    Payment(Result<Payment, CallError>),
    /// Of [`Call::List`].
    Listed(Result<Listed, CallError>),
    /// Of [`Call::Send`].
    Sent(Result<Refund, CallError>),
    /// Of [`Call::Look`].
    Looked(Result<Refund, CallError>),
    /// Of [`Call::Cancel`].
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

/// A refund to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The refund of the book.
    pub of: Wanted,
    /// The payment.
    pub payment: String,
    /// The amount in the smallest unit of the currency.
    pub amount: u64,
    /// What makes a repetition of the request the same refund. It never contains the amount: two equal refunds of one payment are two.
    pub key: String,
}
