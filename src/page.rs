//! Access to the functions that the page provides to the app, as listed in `public/boot.js`. They are absent where only
//! a part of the app runs.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Reads a member of one part, such as `ready` of `update`; `undefined` when it is absent.
pub fn get(part: &str, member: &str) -> JsValue {
    of(&of(&of(&window(), "counterfoil"), part), member)
}

/// Calls a method of one part; does nothing when it is absent.
pub fn call(part: &str, method: &str) {
    if let Some(method) = get(part, method).dyn_ref::<Function>() {
        let _ = method.call0(&JsValue::UNDEFINED);
    }
}

/// Calls a method of one part and waits for its promise; `None` when the method is absent.
pub async fn ask(part: &str, method: &str, arguments: &[JsValue]) -> Option<Result<JsValue, JsValue>> {
    let method = get(part, method).dyn_into::<Function>().ok()?;
    let arguments: Array = arguments.iter().collect();
    let promise = method.apply(&JsValue::UNDEFINED, &arguments);
    Some(match promise {
        Ok(promise) => JsFuture::from(Promise::resolve(&promise)).await,
        Err(thrown) => Err(thrown),
    })
}

/// Replaces the page by `public/rescue.js`, which saves what can be read without the app.
pub fn rescue(kind: &str, cause: &str) {
    if let Some(rescue) = of(&of(&window(), "counterfoil"), "rescue").dyn_ref::<Function>() {
        let _ = rescue.call2(&JsValue::UNDEFINED, &kind.into(), &cause.into());
    }
}

/// A signal whose value is read again whenever this event is fired at the window.
pub fn follow<T: Send + Sync + 'static>(event: &'static str, read: fn() -> T) -> ReadSignal<T> {
    let (value, set) = signal(read());
    let listener = window_event_listener(ev::Custom::<ev::Event>::new(event), move |_| set.set(read()));
    on_cleanup(move || listener.remove());
    value
}

fn of(whole: &JsValue, member: &str) -> JsValue {
    Reflect::get(whole, &member.into()).unwrap_or(JsValue::UNDEFINED)
}
