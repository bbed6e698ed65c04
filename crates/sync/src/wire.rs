//! What is sent: requests, answers, problems, and their limits. All bodies are JSON in UTF-8.
//!
//! Requests reject unknown and doubled fields, so that a mistake of a client is found and not ignored. Answers accept
//! unknown fields, so that an endpoint can be newer than its clients within one version of the protocol. Entries are
//! [`RawValue`](serde_json::value::RawValue)s: their bytes are never serialized again.
//!
//! | route | request | answer |
//! | --- | --- | --- |
//! | `GET /v1/meta` | | [`Meta`] |
//! | `POST /v1/shops` | [`Found`] | [`Founded`] |
//! | `POST /v1/enrol` | [`Enrol`] | [`Enrolled`] |
//! | `GET /v1/shops/{shop}/devices` | | [`Devices`] |
//! | `POST /v1/session` | [`AskSession`] | [`Challenged`], then [`Session`] |
//! | `POST /v1/shops/{shop}/entries` | [`Push`] | [`Pushed`] |
//! | `GET /v1/shops/{shop}/entries` | [`Pull`] in the query | [`Page`] |
//! | `GET /v1/shops/{shop}/heads` | [`AskHeads`] in the query | [`Heads`] |
//! | `POST /v1/shops/{shop}/reoffer` | [`Reoffer`] | [`Reoffered`] |
//! | `POST /v1/shops/{shop}/mails` | [`AskMail`] | [`Mails`] |
//! | `GET /v1/shops/{shop}/mails` | [`AskMails`] in the query | [`Mails`] |
//! | `POST /v1/shops/{shop}/mails/returns` | [`MailCameBack`] | [`Mails`] |
//! | `GET /v1/shops/{shop}/cards` | [`AskCards`] in the query | [`Cards`] |
//! | `GET /v1/shops/{shop}/events` | | one [`Moved`] a line, an empty line every [`limits::KEEPALIVE_SECONDS`] |
//!
//! Any other answer is a [`Problem`].

mod card;
mod code;
mod decode;
mod devices;
mod enrol;
mod found;
mod heads;
pub mod limits;
mod mail;
mod meta;
mod problem;
mod pull;
mod push;
mod record;
mod reoffer;
mod session;

pub use card::{AskCards, CardThere, Cards, CardsFound};
pub use code::{Code, Reaction};
pub use decode::{Refusal, Request, decode};
pub use devices::{Devices, Listed};
pub use enrol::{Enrol, Enrolled, InviteCode};
pub use found::{Found, Founded};
pub use heads::{AskHeads, Heads};
pub use mail::{AskMail, AskMails, MailCameBack, MailState, Mailed, Mails, correction_of, is_mail_address};
pub use meta::{Limits, Meta, Protocol};
pub use problem::{PROBLEM_JSON, Problem};
pub use pull::{Moved, Page, Pull};
pub use push::{Item, Push, Pushed, RefusedLine};
pub use record::Record;
pub use reoffer::{Reoffer, Reoffered};
pub use session::{AskSession, Challenge, Challenged, Session};
