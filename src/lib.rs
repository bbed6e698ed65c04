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

use crate::text::Language;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Mounts the app in the language of the page, as soon as its texts are there; in English if they cannot be fetched.
pub fn start() {
    panic::guard();
    double_click::guard();
    match page_language() {
        Language::English => mount(Language::English),
        // Before the app is mounted, leptos has no executor yet.
        language => spawn_local(async move {
            mount(text::load(language).await.map_or(Language::English, |()| language));
        }),
    }
}

/// The language that `public/early.js` has set, from the choice in the settings or from the browser.
fn page_language() -> Language {
    let html = document().document_element();
    html.and_then(|html| Language::of(&html.get_attribute("lang")?)).unwrap_or_default()
}

fn mount(language: Language) {
    text::start(language);
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("lang", language.tag());
    }
    mount_to_body(app::App);
    if let Some(starting) = document().get_element_by_id("starting") {
        starting.remove();
    }
}
