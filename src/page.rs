//! What the page around the app offers it, as `public/boot.js` lists it; absent where only a part of the app runs.

use js_sys::{Function, Reflect};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// A member of one of its parts, such as `ready` of `update`.
pub fn get(part: &str, member: &str) -> JsValue {
    of(&of(&of(&window(), "counterfoil"), part), member)
}

/// Calls a method of one of its parts.
pub fn call(part: &str, method: &str) {
    if let Some(method) = get(part, method).dyn_ref::<Function>() {
        let _ = method.call0(&JsValue::UNDEFINED);
    }
}

/// A value that is read again whenever the page fires an event at the window.
pub fn follow<T: Send + Sync + 'static>(event: &'static str, read: fn() -> T) -> ReadSignal<T> {
    let (value, set) = signal(read());
    let listener = window_event_listener(ev::Custom::<ev::Event>::new(event), move |_| set.set(read()));
    on_cleanup(move || listener.remove());
    value
}

fn of(whole: &JsValue, member: &str) -> JsValue {
    Reflect::get(whole, &member.into()).unwrap_or(JsValue::UNDEFINED)
}
