//! What journeys share: a browser, a server, and finding things by role and name.
//!
//! A journey does what a person does: it finds a thing by the role and the name a screen reader
//! would say, presses it, types, and waits until something can be read. It never looks at class
//! names, it never sleeps in place of a wait, and it ends in failure when the page wrote an error
//! to its console.

#![allow(clippy::indexing_slicing, reason = "a JSON value that lacks the index reads as null")]

mod axe;
mod browser;
mod console;
mod driver;
mod find;
mod hands;
mod host;
mod journey;
mod place;
mod port;
mod profile;
mod screen;
mod server;
mod site;
mod table;
mod wait;

pub use browser::{Browser, NARROW, Size, Theme, WIDE};
pub use driver::Driver;
pub use find::Scope;
pub use host::Host;
pub use journey::{Journey, journey, journey_in, journey_on};
pub use place::{books, counterfoil, dist, profiles};
pub use profile::{pack, unpack};
pub use server::Server;
pub use site::Site;
pub use wait::{PATIENCE, until};
