//! Converts values of the database.

use super::month::Month;
use crate::store::Fault;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// A cached text; `None` where no value is stored.
pub fn text(store: &str, value: &JsValue) -> Result<Option<String>, Fault> {
    if value.is_undefined() { Ok(None) } else { required_text(store, value).map(Some) }
}

/// A cached text.
pub fn required_text(store: &str, value: &JsValue) -> Result<String, Fault> {
    value.as_string().ok_or_else(|| Fault::corrupt(store, "not a text"))
}

/// The bytes of a page.
pub fn bytes(store: &str, value: &JsValue) -> Result<Vec<u8>, Fault> {
    let bytes = value.dyn_ref::<Uint8Array>().ok_or_else(|| Fault::corrupt(store, "not a page"))?;
    Ok(bytes.to_vec())
}

/// The sums of a month.
pub fn month(value: &JsValue) -> Result<Month, Fault> {
    text("totals", value)?.map_or_else(|| Ok(Month::default()), |stored| Month::parse(&stored))
}

/// The number of a page.
pub fn page(key: &JsValue) -> Option<u32> {
    number(key).and_then(|number| u32::try_from(number).ok())
}

/// The arrival in the key of a record of the journal.
pub fn arrival(key: &JsValue) -> Option<u64> {
    number(&Array::from(key).get(1))
}

/// A whole number; exact, because none above 2^53 − 1 was written.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn number(value: &JsValue) -> Option<u64> {
    value.as_f64().filter(|n| *n >= 0.0 && n.fract() == 0.0).map(|n| n as u64)
}
