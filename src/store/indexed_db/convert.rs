//! Converts between records of the database and the types of the store.

use super::key::{self, whole};
use super::month::Month;
use crate::store::{AccountPosition, Fault, NewEntry, StoredEntry};
use journal::Clock;
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

/// The sums of a month.
pub fn month(value: &JsValue) -> Result<Month, Fault> {
    text("totals", value)?.map_or_else(|| Ok(Month::default()), |stored| Month::parse(&stored))
}

/// The record of a new entry: its bytes, and the fields that keys and indexes need, except its arrival.
pub fn added(added: &NewEntry) -> Result<Object, Fault> {
    let NewEntry { stored, at, account, id, words } = added;
    let record = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&record, &name.into(), &value).map(|_| ());
    set("account", account.as_str().into())?;
    set("device", at.device.as_str().into())?;
    set("chain", at.chain.into())?;
    set("branch", at.branch.as_str().into())?;
    set("seq", whole(at.seq))?;
    set("keys", keys(id, words).into())?;
    set("bytes", stored.bytes.as_str().into())?;
    verdict(&record, stored.order, stored.refused, stored.lseq)?;
    Ok(record)
}

/// The keys that find an entry: its id and its search words.
pub fn keys(id: &str, words: &[String]) -> Array {
    let words = words.iter().map(|word| key::word(word));
    [key::id(id)].into_iter().chain(words).map(JsValue::from).collect()
}

/// The primary key of a record of the journal.
pub fn primary_key(record: &Object) -> Result<JsValue, Fault> {
    let part = |name: &str| Reflect::get(record, &name.into());
    Ok(Array::of2(&part("account")?, &part("arrival")?).into())
}

/// The number of a page.
pub fn page(key: &JsValue) -> Option<u32> {
    number(key).and_then(|number| u32::try_from(number).ok())
}

/// Sets the order and the verdict of a record.
pub fn verdict(record: &Object, order: Clock, refused: bool, lseq: Option<u64>) -> Result<(), Fault> {
    let set = |name: &str, value: JsValue| Reflect::set(record, &name.into(), &value).map(|_| ());
    set("order", Array::of2(&whole(order.0), &order.1.into()).into())?;
    set("refused", refused.into())?;
    set("lseq", lseq.map_or(JsValue::NULL, whole))?;
    Ok(())
}

/// Sets the arrival of a record.
pub fn arrived(record: &Object, arrival: u64) -> Result<(), Fault> {
    Reflect::set(record, &"arrival".into(), &whole(arrival))?;
    Ok(())
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
    let account = required_text("journal", &get("account")?)?;
    Ok(AccountPosition { account, arrival: number(&get("arrival")?).unwrap_or_default() })
}

fn entry(record: &JsValue) -> Result<StoredEntry, Fault> {
    let get = |name: &str| Reflect::get(record, &name.into());
    let order = get("order")?;
    let part = |at| Reflect::get_u32(&order, at).ok().as_ref().and_then(number);
    let clock = part(0).zip(part(1)).and_then(|(ms, count)| Some(Clock(ms, u32::try_from(count).ok()?)));
    Ok(StoredEntry {
        bytes: required_text("journal", &get("bytes")?)?,
        order: clock.ok_or_else(|| Fault::corrupt("journal", "no order"))?,
        refused: get("refused")?.is_truthy(),
        lseq: number(&get("lseq")?),
        branch: required_text("journal", &get("branch")?)?,
        arrival: number(&get("arrival")?).unwrap_or_default(),
    })
}

/// A whole number; exact, because none above 2^53 − 1 was written.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn number(value: &JsValue) -> Option<u64> {
    value.as_f64().filter(|n| *n >= 0.0 && n.fract() == 0.0).map(|n| n as u64)
}
