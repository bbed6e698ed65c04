//! Keys and values of ranges, and what they hold.

use super::{IndexedDb, convert, key, layout, request};
use crate::store::{Fault, Waiting};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbObjectStore, IdbRequest};

impl IndexedDb {
    /// The keys and the values of a range.
    pub(super) async fn all(&self, store: &str, range: &JsValue) -> Result<(Array, Array), Fault> {
        let store = self.store(store)?;
        let (keys, values) = (store.get_all_keys_with_key(range)?, store.get_all_with_key(range)?);
        both(&keys, &values).await
    }

    /// The first keys and values of a range.
    pub(super) async fn some(
        &self,
        store: &str,
        range: &JsValue,
        limit: u32,
    ) -> Result<(Array, Array), Fault> {
        let (keys, values) = some(&self.store(store)?, range, limit)?;
        both(&keys, &values).await
    }

    /// The first documents after one, by account and id.
    pub(super) async fn documents(
        &self,
        store: &str,
        after: Option<&(String, String)>,
        limit: u32,
    ) -> Result<Vec<Waiting>, Fault> {
        let range = after.map_or(Ok(JsValue::UNDEFINED), |(account, id)| key::open_after(account, id))?;
        let (keys, values) = self.some(store, &range, limit).await?;
        let document = |(key, value)| Ok(document(&key, convert::required_text(store, &value)?));
        keys.iter().zip(values.iter()).map(document).collect()
    }

    /// The documents of one account, by id.
    pub(super) async fn documents_of(&self, store: &str, account: &str) -> Result<Vec<Waiting>, Fault> {
        let pairs = self.pairs(store, &key::beginning(&[account.into()])?).await?;
        Ok(pairs.into_iter().map(|(key, value)| document(&key, value)).collect())
    }
}

/// A cached document under its key: account and id.
fn document(key: &JsValue, value: String) -> Waiting {
    let part = |at| Array::from(key).get(at).as_string().unwrap_or_default();
    Waiting { account: part(0), id: part(1), value }
}

/// Asks for the first keys and values of a range.
pub fn some(store: &IdbObjectStore, range: &JsValue, limit: u32) -> Result<(IdbRequest, IdbRequest), Fault> {
    let keys = store.get_all_keys_with_key_and_limit(range, limit)?;
    Ok((keys, store.get_all_with_key_and_limit(range, limit)?))
}

/// Pages of accounts by number.
pub fn pages(keys: &Array, values: &Array) -> Result<Vec<(u32, Vec<u8>)>, Fault> {
    let page = |key, value| Some((convert::page(&key)?, value));
    let pages = keys.iter().zip(values.iter()).filter_map(|(key, value)| page(key, value));
    pages.map(|(number, value)| Ok((number, convert::bytes(layout::ACCOUNTS, &value)?))).collect()
}

/// What two requests of one transaction for arrays answer.
pub async fn both(keys: &IdbRequest, values: &IdbRequest) -> Result<(Array, Array), Fault> {
    let keys = request::settled(keys).await?.unchecked_into();
    Ok((keys, request::settled(values).await?.unchecked_into()))
}
