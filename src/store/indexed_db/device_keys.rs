//! The keys of this device, which the browser keeps beside the book.

use super::tx::Tx;
use super::{IndexedDb, layout, request};
use crate::store::Fault;
use wasm_bindgen::JsValue;

impl IndexedDb {
    /// The key of this device, or one that was added, by its public half, as the browser keeps it; undefined if there is none.
    ///
    /// # Errors
    ///
    /// When the browser cannot read it.
    pub async fn device_key(&self, public: Option<&str>) -> Result<JsValue, Fault> {
        request::settled(&self.store(layout::META)?.get(&layout::device_key(public).into())?).await
    }

    /// Stores the key of this device: a pair of keys, which the browser copies without showing the private one.
    ///
    /// # Errors
    ///
    /// [`Fault::Other`] when the browser does not store such a key, and faults of the store.
    pub async fn put_device_key(&self, public: Option<&str>, pair: &JsValue) -> Result<(), Fault> {
        let tx = Tx::begin(&self.db, &[layout::META])?;
        let written = tx.put_value(layout::META, &layout::device_key(public).into(), pair);
        tx.end(written).await
    }
}
