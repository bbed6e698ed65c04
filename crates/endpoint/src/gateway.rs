//! Refunds and charges by card, through a gateway: the processor with which the shop takes payments online.
//!
//! > One refund of the book is at most one refund at the gateway, and one charge at most one charge.
//!
//! - [`Operation`] is what is known of one refund or charge, and decides what is asked next. It has no sockets and no clock; a simulation runs it
//!   (`tests/refunds.rs`).
//! - [`Gateway`] is what is asked of a gateway. [`Stripe`] is one.
//! - [`Secret`] is the key of a gateway, from a file or the environment.
//! - [`WebhookSecrets`] tells webhooks of the gateway from others; a [`Hint`] is what one is about.

mod accounts;
mod asked;
mod call;
mod cards;
mod charging;
mod collecting;
mod disputes;
mod found;
mod hint;
mod index;
mod kept;
mod notice;
mod operation;
mod progress;
mod schedule;
mod secret;
mod sent_back;
mod state;
mod stripe;
mod units;
mod webhook;
mod worker;
mod writing;

pub use call::{Ask, Call, CardKept, Deed, LinkAsk, LinkAt, Outcome, Wanted};
pub use hint::receive_webhooks;
pub use operation::Operation;
pub use secret::{Secret, SecretError};
pub use state::{Person, Progress, State};
pub use stripe::Stripe;
pub use webhook::{Hint, NotGenuine, WebhookSecrets};
pub use worker::{Refunds, Round};

use std::fmt;
use std::pin::Pin;

use sync::wire::CardThere;

/// What a call of a gateway returns.
pub type Calling<'a, T> = Pin<Box<dyn Future<Output = Result<T, CallError>> + Send + 'a>>;

/// The calls that are made of a gateway. None is repeated by itself: what is sent again is decided by [`Operation`].
pub trait Gateway: Send + Sync + 'static {
    /// The payment that is to be refunded.
    fn payment<'a>(&'a self, payment: &'a str) -> Calling<'a, Payment>;

    /// All refunds of a payment.
    fn refunds<'a>(&'a self, payment: &'a str) -> Calling<'a, Listed>;

    /// Asks for a refund, a charge or a payment link. The same key again is the same one, for a day. A charge that is declined is there, with its status
    /// and its reason.
    fn ask<'a>(&'a self, ask: &'a Ask) -> Calling<'a, Refund>;

    /// A refund.
    fn refund<'a>(&'a self, id: &'a str) -> Calling<'a, Refund>;

    /// Cancels a refund, if it can still be canceled; the same again has the same result. The refund as it is then.
    fn cancel<'a>(&'a self, id: &'a str) -> Calling<'a, Refund>;

    /// All charges of a customer.
    fn charges<'a>(&'a self, customer: &'a str) -> Calling<'a, Listed>;

    /// A charge.
    fn charge<'a>(&'a self, id: &'a str) -> Calling<'a, Refund>;

    /// Cancels a charge, so that nothing can be charged with it any more. As it then is.
    fn cancel_charge<'a>(&'a self, id: &'a str) -> Calling<'a, Refund>;

    /// All payment links that were made since a time, in milliseconds since 1970.
    fn links(&self, since: u64) -> Calling<'_, Listed>;

    /// A payment link.
    fn link<'a>(&'a self, id: &'a str) -> Calling<'a, Refund>;

    /// Ends a payment link that can still be paid, so that it cannot be paid any more. As it then is.
    fn expire_link<'a>(&'a self, id: &'a str) -> Calling<'a, Refund>;

    /// The cards that a customer has saved. A gateway without any has none.
    fn cards<'a>(&'a self, _customer: &'a str) -> Calling<'a, Vec<CardThere>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// All disputes that were opened after a time, in milliseconds since 1970. A gateway without disputes has none.
    fn disputes(&self, _since: u64) -> Calling<'_, Vec<Dispute>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

/// A dispute at the gateway: the customer's bank takes a payment back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// Its id there.
    pub id: String,
    /// The payment, by each id that it has there.
    pub payments: Vec<String>,
    /// What is disputed, in the smallest unit of the currency.
    pub amount: u64,
    /// What the gateway keeps for itself so far, in the same unit.
    pub fee: u64,
    /// The currency by ISO 4217, in small letters.
    pub currency: String,
    /// Its status, in the gateway's words.
    pub status: String,
    /// The customer's reason, in the gateway's words.
    pub reason: Option<String>,
    /// By when the gateway wants the shop's answer, in milliseconds since 1970.
    pub answer_by: Option<u64>,
}

/// A payment at the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The currency by ISO 4217, in small letters.
    pub currency: String,
}

/// The refunds of a payment, the charges of a customer, or payment links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// All of them.
    pub refunds: Vec<Refund>,
    /// The gateway's time when it answered, in milliseconds since 1970.
    pub now: u64,
}

/// A refund at the gateway, a charge, or a payment link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Its id there.
    pub id: String,
    /// The payment that it refunds, by each id that it has there; of a charge the customer, of a link its name.
    pub payments: Vec<String>,
    /// The amount in the smallest unit of the currency.
    pub amount: u64,
    /// The currency by ISO 4217, in small letters.
    pub currency: String,
    /// Its status, in the gateway's words: ones that this program does not know are not final.
    pub status: String,
    /// Why it failed or was declined, in the gateway's words.
    pub reason: Option<String>,
    /// The refund or the charge of the book that it is, if this program asked for it.
    pub of: Option<Wanted>,
    /// Of a payment link, where and until when it can be paid.
    pub link: Option<LinkAt>,
}

/// Why a call has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// The gateway has answered that it will not do it, with its code.
    Refused(String),
    /// The gateway does not know what was asked for.
    NotThere,
    /// Whether it was done is not known: no answer, a failure there, or an answer that cannot be read. The text is for the operator.
    Unknown(String),
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(code) => write!(f, "the gateway refuses it ({code})"),
            Self::NotThere => f.write_str("the gateway does not know it"),
            Self::Unknown(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for CallError {}
