//! Counterfoil in the browser.

pub mod app;
pub mod at;
pub mod book;
pub mod components;
pub mod double;
pub mod drafts;
pub mod keys;
pub mod later;
pub mod local;
pub mod page;
pub mod panic;
pub mod prefs;
pub mod route;
pub mod router;
pub mod screens;
pub mod sort;
pub mod store;
pub mod text;
pub mod update;

use leptos::prelude::*;

/// Mounts the app.
pub fn start() {
    panic::guard();
    double::guard();
    mount_to_body(app::App);
}
