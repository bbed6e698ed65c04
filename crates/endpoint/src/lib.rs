//! The server: serves the app's files, precompressed and with security headers.
//!
//! It knows nothing of accounts. A missing file is always 404 and never the index page, because a page that requests a
//! script and receives HTML stays blank.

mod activity;
mod caching;
mod files;
mod guard;
pub mod headers;
mod limits;
mod serve;
mod site;
pub mod store;
mod stream;
mod target;
mod tls;

pub use guard::guard;
pub use limits::Limits;
pub use serve::Server;
pub use site::site;
pub use tls::{Certificate, Unusable};
