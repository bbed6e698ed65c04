//! The server: serves the app's files, precompressed and with security headers.
//!
//! It knows nothing of accounts. A missing file is always 404 and never the index page, because a page that requests a
//! script and receives HTML stays blank.

mod caching;
pub mod headers;
mod serve;
mod site;
pub mod store;
mod target;

pub use serve::{Limits, serve};
pub use site::site;
