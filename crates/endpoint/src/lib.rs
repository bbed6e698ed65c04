//! The tiny server: serves the app's files, precompressed and with security headers.
//!
//! It knows nothing of accounts. A missing file is always 404 and never the index page, because a page that asks
//! for a script and is given HTML stays white.

mod caching;
pub mod headers;
mod serve;
mod site;
mod wanted;

pub use serve::{Limits, serve};
pub use site::site;
