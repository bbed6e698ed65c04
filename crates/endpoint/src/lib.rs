//! The server: serves the app's files, precompressed and with security headers, and keeps the logs of shops.
//!
//! - [`site()`] serves files. A missing file is always 404 and never the index page, because a page that requests a script
//!   and receives HTML stays blank.
//! - [`api()`] admits and hands out entries. It knows nothing of accounts.
//! - [`gateway`] sends refunds to a card processor, and writes what came of them. It reads accounts with the ledger's own fold.
//! - [`Server`] runs both, and closes clients that are too slow.

mod activity;
mod api;
mod caching;
mod files;
pub mod gateway;
mod guard;
pub mod headers;
mod limits;
mod mail;
mod membership;
mod moving;
mod private_file;
mod rights;
mod serve;
mod shop_log;
mod site;
pub mod store;
mod stream;
mod target;
mod tls;

pub use api::{Endpoint, Settings, api};
pub use guard::guard;
pub use limits::Limits;
pub use mail::{MailServer, MailSettings};
pub use moving::move_shop;
pub use serve::Server;
pub use site::site;
pub use tls::{Certificate, Unusable};

/// The steps of an attempt to send a mail, without a store and a mail server.
pub mod mailing {
    pub use crate::mail::{Outcome, claimed, id_of, recorded};
}
