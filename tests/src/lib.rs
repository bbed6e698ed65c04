//! The parts that journeys share: a browser, a server, and finding elements by role and name.
//!
//! A journey acts as a user does: it finds an element by its role and accessible name, presses it, types, and waits
//! until a text is visible. It never uses class names, never sleeps instead of waiting for a condition, and fails when
//! the page writes an unexpected error to the console.

#![allow(clippy::indexing_slicing, reason = "a JSON value that lacks the index reads as null")]

mod actions;
mod axe;
mod balancer;
mod browser;
mod console;
mod double;
mod driver;
mod find;
mod journey;
mod mailbox;
mod money;
mod paths;
mod pdf;
mod port;
mod processes;
mod profile;
mod server;
mod site;
mod static_host;
mod survey;
mod table;
mod wait;

pub use balancer::Balancer;
pub use browser::{Browser, NARROW, Size, Theme, WIDE};
pub use double::Double;
pub use driver::Driver;
pub use find::Scope;
pub use journey::{Journey, journey, journey_in, journey_on, journey_with_endpoint, journey_with_mail};
pub use mailbox::Mailbox;
pub use money::{BANK, CARD, DRAWER, MoneyBefore, Said};
pub use paths::{books_dist, counterfoil, dist, profiles, workspace};
pub use pdf::Pdf;
pub use profile::{pack, unpack};
pub use server::Server;
pub use site::Site;
pub use static_host::StaticHost;
pub use wait::{TIMEOUT, until, within};
