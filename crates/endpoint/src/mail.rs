//! Sends the mails that devices ask for.
//!
//! > A mail that was asked for is sent at least once, and each copy has the same `Message-ID`. It is never called sent before the mail
//! > server has taken it.
//!
//! The outbox is a table of the store. A worker claims what is due in one transaction, speaks to the mail server outside of any, and
//! records the outcome in another one. A claim puts off the next attempt: a worker that dies leaves the mail to the next one.

mod claim;
mod counts;
mod message;
mod outcome;
mod server;
mod worker;

pub use claim::{claimed, recorded};
pub use counts::MailCounts;
pub use message::{content, id, id_of};
pub use outcome::Outcome;
pub use server::{MailServer, MailSettings};
pub use worker::{Outbox, run};
