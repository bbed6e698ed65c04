//! The web app of Counterfoil: user interface, engine and storage.

pub mod app;
pub mod at;
pub mod browser_storage;
pub mod components;
pub mod device;
pub mod double_click;
pub mod engine;
pub mod forms;
pub mod import;
pub mod js_error;
pub mod keys;
pub mod mirror;
pub mod normalize;
pub mod page;
pub mod panic;
pub mod prefs;
pub mod replica;
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
    double_click::guard();
    mount_to_body(app::App);
}
