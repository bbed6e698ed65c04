//! The boundary of the second Wasm part: code that a first visit does not need is fetched right after the first part.
//!
//! Only the root of the app imports this folder. The release build splits the Wasm there (`xtask/publish/src/split.rs`).

mod lazy_screens;
mod lazy_view;
mod operations;
mod screens;

pub use lazy_screens::LazyScreens;
pub use lazy_view::LazyView;
pub use operations::LAZY;
