//! Keys and key ranges. IndexedDB sorts arrays after all texts and numbers.

use crate::store::{AccountPosition, ChainPosition, Fault};
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::IdbKeyRange;

pub fn total(code: u16, party: &str, day: &str) -> JsValue {
    Array::of3(&code.into(), &party.into(), &day.into()).into()
}

pub fn open(kind: &str, id: &str) -> JsValue {
    Array::of2(&kind.into(), &id.into()).into()
}

/// All keys between two, both included.
pub fn between(first: &JsValue, last: &JsValue) -> Result<JsValue, Fault> {
    Ok(IdbKeyRange::bound(first, last)?.into())
}

/// All array keys that begin with these parts.
pub fn beginning(parts: &[JsValue]) -> Result<JsValue, Fault> {
    let first: Array = parts.iter().collect();
    let last: Array = parts.iter().chain([&Array::new().into()]).collect();
    between(&first, &last)
}

/// All texts with this beginning.
pub fn starting(text: &str) -> Result<JsValue, Fault> {
    between(&text.into(), &format!("{text}\u{ffff}").into())
}

/// The positions of all chains after this one.
pub fn after(place: &ChainPosition) -> Result<JsValue, Fault> {
    Ok(IdbKeyRange::lower_bound_with_open(&self::place(place), true)?.into())
}

/// The key of one number of a chain.
pub fn place(place: &ChainPosition) -> JsValue {
    Array::of3(&place.device.as_str().into(), &place.chain.into(), &whole(place.seq)).into()
}

/// All entries of this account after this one, and those of all later accounts.
pub fn after_in_account(place: &AccountPosition) -> Result<JsValue, Fault> {
    let ChainPosition { device, chain, seq } = &place.at;
    let key =
        Array::of4(&place.account.as_str().into(), &device.as_str().into(), &(*chain).into(), &whole(*seq));
    Ok(IdbKeyRange::lower_bound_with_open(&key, true)?.into())
}

/// A whole number as a JavaScript number. Lines contain none above 2^53 − 1, so none is rounded.
#[allow(clippy::cast_precision_loss)]
pub fn whole(number: u64) -> JsValue {
    JsValue::from_f64(number as f64)
}
