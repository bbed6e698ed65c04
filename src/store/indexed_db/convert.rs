//! Converts between records of the database and the types of the store.

use super::key::whole;
use crate::store::{AccountPosition, ChainPosition, Fault, NewEntry, StoredEntry};
use journal::{Clock, Line};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A cached text; `None` where no value is stored.
pub fn text(store: &str, value: &JsValue) -> Result<Option<String>, Fault> {
    if value.is_undefined() { Ok(None) } else { required_text(store, value).map(Some) }
}

/// A cached text.
pub fn required_text(store: &str, value: &JsValue) -> Result<String, Fault> {
    value.as_string().ok_or_else(|| Fault::corrupt(store, "not a text"))
}

/// A sum, stored as a decimal text because JavaScript numbers are not exact beyond 2^53; zero where none is stored.
pub fn sum(value: &JsValue) -> Result<i64, Fault> {
    let digits = text("totals", value)?;
    digits.map_or(Ok(0), |digits| digits.parse().map_err(|e| Fault::corrupt("totals", e)))
}

/// The record of a new entry: its bytes, and the fields that keys and indexes need.
pub fn added(added: &NewEntry) -> Result<JsValue, Fault> {
    let stored = &added.stored;
    let line = Line::parse(stored.bytes.as_bytes()).map_err(|e| Fault::corrupt("a new entry", e))?;
    let record = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&record, &name.into(), &value).map(|_| ());
    set("account", line.account.unwrap_or_default().into())?;
    set("device", line.device.into())?;
    set("chain", line.chain.into())?;
    set("seq", whole(line.seq))?;
    set("on", line.on.into())?;
    set("id", line.id.into())?;
    set("words", added.words.iter().map(JsValue::from).collect::<Array>().into())?;
    set("order", Array::of2(&whole(stored.order.0), &stored.order.1.into()).into())?;
    set("refused", stored.refused.into())?;
    set("lseq", stored.lseq.map_or(JsValue::NULL, whole))?;
    set("bytes", stored.bytes.as_str().into())?;
    Ok(record.into())
}

/// The entries of a query's result.
pub fn entries(found: &JsValue) -> Result<Vec<StoredEntry>, Fault> {
    found.unchecked_ref::<Array>().iter().map(|record| entry(&record)).collect()
}

/// The entries of a query's result, each with its position.
pub fn entries_with_position(found: &JsValue) -> Result<Vec<(AccountPosition, StoredEntry)>, Fault> {
    found.unchecked_ref::<Array>().iter().map(|record| Ok((place(&record)?, entry(&record)?))).collect()
}

/// One entry, if there is one.
pub fn optional_entry(found: &JsValue) -> Result<Option<StoredEntry>, Fault> {
    if found.is_undefined() { Ok(None) } else { entry(found).map(Some) }
}

/// The position is the record's key, so the browser guarantees that it is present.
fn place(record: &JsValue) -> Result<AccountPosition, Fault> {
    let get = |name: &str| Reflect::get(record, &name.into());
    let whole = |name: &str| Ok::<_, Fault>(number(&get(name)?).unwrap_or_default());
    let (account, device) =
        (required_text("entries", &get("account")?)?, required_text("entries", &get("device")?)?);
    let chain = u32::try_from(whole("chain")?).unwrap_or_default();
    Ok(AccountPosition { account, at: ChainPosition { device, chain, seq: whole("seq")? } })
}

fn entry(record: &JsValue) -> Result<StoredEntry, Fault> {
    let get = |name: &str| Reflect::get(record, &name.into());
    let order = get("order")?;
    let part = |at| Reflect::get_u32(&order, at).ok().as_ref().and_then(number);
    let clock = part(0).zip(part(1)).and_then(|(ms, count)| Some(Clock(ms, u32::try_from(count).ok()?)));
    Ok(StoredEntry {
        bytes: required_text("entries", &get("bytes")?)?,
        order: clock.ok_or_else(|| Fault::corrupt("entries", "no order"))?,
        refused: get("refused")?.is_truthy(),
        lseq: number(&get("lseq")?),
    })
}

/// A whole number; exact, because none above 2^53 − 1 was written.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn number(value: &JsValue) -> Option<u64> {
    value.as_f64().filter(|n| *n >= 0.0 && n.fract() == 0.0).map(|n| n as u64)
}
