//! Counterfoil in the browser.

pub mod app;
pub mod at;
pub mod components;
pub mod device;
pub mod double;
pub mod engine;
pub mod forms;
pub mod keys;
pub mod local;
pub mod normalize;
pub mod page;
pub mod panic;
pub mod prefs;
pub mod route;
pub mod router;
pub mod screens;
pub mod session;
pub mod sort;
pub mod split;
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
