//! How far a refund is at a gateway, and what the journal says about it.

use serde::{Deserialize, Serialize};

/// How far a refund is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The gateway was not asked yet.
    Queued,
    /// The gateway was asked, and what came of it is not known.
    Sending,
    /// The gateway has it and has not settled it.
    WithBank,
    /// The money is on its way to the customer. Banks can still send it back.
    Succeeded,
    /// It was refused or failed, with the gateway's word for it. The customer does not get the money.
    Failed(String),
    /// It was canceled before it was settled.
    Canceled,
    /// A person has to look.
    Person(Person),
}

/// Why a person has to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Person {
    /// It was sent, no answer came, and it cannot be sent again without the danger that it is made twice.
    TooLate,
    /// The gateway has more than one refund of it.
    Twice,
    /// The gateway's refund has another amount, currency or payment.
    Differs,
    /// The payment is in another currency than the shop, or counted in other units.
    Currency,
    /// The payment has no number that the gateway gives.
    NoPayment,
    /// The gateway does not know the customer who is to be charged.
    NoCustomer,
    /// The gateway has had it for weeks.
    TooLong,
}

impl Person {
    /// The word that the journal has for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::TooLate => "too-late",
            Self::Twice => "twice",
            Self::Differs => "differs",
            Self::Currency => "currency",
            Self::NoPayment => "no-payment",
            Self::NoCustomer => "no-customer",
            Self::TooLong => "too-long",
        }
    }
}

/// How far a refund is, as the counters read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// The gateway has it.
    WithBank,
    /// It succeeded.
    Succeeded,
    /// It failed, or was sent back: the amount is on the account again.
    Failed,
    /// It was canceled: the amount is on the account again.
    Canceled,
    /// A person has to look.
    Person,
}
