//! What JavaScript code threw, as a text.

use js_sys::Error;
use wasm_bindgen::{JsCast, JsValue};

/// The message of an error, or a text that was thrown itself.
pub fn message(thrown: &JsValue) -> String {
    let error = thrown.dyn_ref::<Error>().map(|error| String::from(error.message()));
    error.or_else(|| thrown.as_string()).unwrap_or_else(|| "no reason given".into())
}
