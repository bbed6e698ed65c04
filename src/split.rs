//! The boundaries of the Wasm parts: what a first visit does not need is fetched right after the first part. One part opens a book and
//! has what is seen then; another one has the rest.
//!
//! Only the root of the app imports this folder. The release build splits the Wasm there (`xtask/publish/src/split.rs`).

mod lazy_screens;
mod lazy_view;
mod operations;
mod screens;

pub use lazy_screens::LazyScreens;
pub use lazy_view::{BookView, LazyView};
pub use operations::LAZY;
