//! Carries out the exchange with an endpoint: what `sync::client` says is sent, signed, read and stored.
//!
//! [`run`] is the exchange of an open book, [`found`] and [`join`] come before it. They know the engine and a [`Platform`],
//! which is the browser ([`web`]) or, in tests, an endpoint in the same process. Nothing that records waits for them.

mod cards;
mod devices;
mod exchange;
mod found;
mod handed_in;
mod inbox;
mod join;
mod mails;
mod moved;
mod platform;
mod refused;
mod sign_in;
mod stored;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests;
pub mod web;

pub use cards::cards;
pub use devices::devices;
pub use exchange::{Shown, run};
pub use found::found;
pub use handed_in::{HandedIn, handed_in};
pub use inbox::{Inbox, Notice};
pub use join::{Joined, enrol, first_sync};
pub use mails::{WaitingMail, deliver_mails, mail_came_back, mails, queue_mail, sends_mails, waiting_mails};
pub use platform::{Answer, NotConnected, Platform};
pub use refused::refused_places;
pub use stored::{LINK, Link};
