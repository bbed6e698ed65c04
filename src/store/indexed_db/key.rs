//! Keys and key ranges. IndexedDB sorts arrays after all texts and numbers.

use super::convert::number;
use crate::store::{AccountPosition, ChainPosition, Fault};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbKeyRange;

/// The sums of a month, `YYYY-MM`, are one record.
pub fn total(code: u16, party: &str, month: &str) -> JsValue {
    Array::of3(&code.into(), &party.into(), &month.into()).into()
}

/// The sums of every code from this one on.
pub fn totals_from(code: u16) -> Result<JsValue, Fault> {
    Ok(IdbKeyRange::lower_bound(&Array::of1(&code.into()))?.into())
}

/// A cached document of an account.
pub fn open(account: &str, id: &str) -> JsValue {
    Array::of2(&account.into(), &id.into()).into()
}

/// The cached documents after this one.
pub fn open_after(account: &str, id: &str) -> Result<JsValue, Fault> {
    Ok(IdbKeyRange::lower_bound_with_open(&open(account, id), true)?.into())
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

/// All array keys that begin with these parts and go on with more than `part`.
pub fn beginning_after(parts: &[JsValue], part: &JsValue) -> Result<JsValue, Fault> {
    let end: JsValue = Array::new().into();
    let first: Array = parts.iter().chain([part, &end]).collect();
    let last: Array = parts.iter().chain([&end]).collect();
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

/// The key of one number of a chain, or of a branch.
pub fn place(place: &ChainPosition) -> JsValue {
    let ChainPosition { device, chain, branch, seq } = place;
    Array::of4(&device.as_str().into(), &(*chain).into(), &branch.as_str().into(), &whole(*seq)).into()
}

/// The position that a key is of.
pub fn read_place(key: &JsValue) -> Option<ChainPosition> {
    let parts = key.dyn_ref::<Array>()?;
    let chain = u32::try_from(number(&parts.get(1))?).ok()?;
    let (device, branch) = (parts.get(0).as_string()?, parts.get(2).as_string()?);
    Some(ChainPosition { device, chain, branch, seq: number(&parts.get(3))? })
}

/// The key of a record whose last entry is this one.
pub fn account(place: &AccountPosition) -> JsValue {
    Array::of2(&place.account.as_str().into(), &whole(place.arrival)).into()
}

/// The records with entries of this account after this one, and those of all later accounts.
pub fn after_in_account(place: &AccountPosition) -> Result<JsValue, Fault> {
    Ok(IdbKeyRange::lower_bound_with_open(&account(place), true)?.into())
}

/// All arrivals after this one.
pub fn arrived_after(arrival: u64) -> Result<JsValue, Fault> {
    Ok(IdbKeyRange::lower_bound_with_open(&whole(arrival), true)?.into())
}

/// All pages from this one on.
pub fn pages(from: u32) -> Result<JsValue, Fault> {
    Ok(IdbKeyRange::lower_bound(&from.into())?.into())
}

/// A whole number as a JavaScript number. Lines contain none above 2^53 − 1, so none is rounded.
#[allow(clippy::cast_precision_loss)]
pub fn whole(number: u64) -> JsValue {
    JsValue::from_f64(number as f64)
}
