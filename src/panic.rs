//! The panic hook. A panic stops the Wasm module; the page then states that the journal is safe and offers a backup.

use js_sys::{Function, Reflect};
use std::panic::PanicHookInfo;
use wasm_bindgen::{JsCast, JsValue};

/// Starts `public/rescue.js` when the app panics.
pub fn guard() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        let _ = rescue(info);
    }));
}

fn rescue(info: &PanicHookInfo<'_>) -> Result<JsValue, JsValue> {
    let page = Reflect::get(&leptos::prelude::window(), &"counterfoil".into())?;
    let rescue: Function = Reflect::get(&page, &"rescue".into())?.dyn_into()?;
    rescue.call2(&page, &"stop".into(), &info.to_string().into())
}
