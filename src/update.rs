//! A newer version of the app: whether one is ready, and moving to it. `public/update.js` does the work.

use js_sys::{Function, Reflect};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Turns true when a newer version can be had.
pub fn ready() -> Signal<bool> {
    let ready = RwSignal::new(updater().is_some_and(|updater| get(&updater, "ready").is_truthy()));
    let listener =
        window_event_listener(ev::Custom::<ev::Event>::new("counterfoil-update"), move |_| ready.set(true));
    on_cleanup(move || listener.remove());
    ready.into()
}

/// Moves this tab to the newer version; the page reloads.
pub fn apply() {
    if let Some(updater) = updater()
        && let Some(apply) = get(&updater, "apply").dyn_ref::<Function>()
    {
        let _ = apply.call0(&updater);
    }
}

/// What the page around the app offers; absent where only a part of the app runs.
fn updater() -> Option<JsValue> {
    let page = get(&window(), "counterfoil");
    (!page.is_undefined()).then(|| get(&page, "update")).filter(|found| !found.is_undefined())
}

fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
