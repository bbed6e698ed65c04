//! A strict read-write transaction that writes nothing unless it is committed.

use super::key_pages::Asked;
use super::layout;
use super::request::{reason, settled};
use crate::store::Fault;
use crate::store::key_run::Sought;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction};

#[wasm_bindgen]
extern "C" {
    // web-sys has `transaction` with options only behind its unstable flag.
    #[wasm_bindgen(js_name = IDBDatabase)]
    type WithOptions;
    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn transaction_with(
        this: &WithOptions,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// A transaction that is dropped without [`Tx::commit`] is aborted.
#[must_use]
pub struct Tx {
    raw: IdbTransaction,
    asked: bool,
}

impl Tx {
    /// Opens a transaction over these stores; what it writes is on the disk before it completes.
    pub fn begin(db: &IdbDatabase, stores: &[&str]) -> Result<Self, Fault> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let raw = db.unchecked_ref::<WithOptions>().transaction_with(&names, "readwrite", &options)?;
        Ok(Self { raw, asked: false })
    }

    /// Requests a value. Await the requests in the order in which they were made, and nothing else in between.
    pub fn request(&self, store: &str, key: &JsValue) -> Result<IdbRequest, Fault> {
        Ok(self.store(store)?.get(key)?)
    }

    /// Requests the number of records under a key of an index. The order of [`Tx::request`] applies.
    pub fn count(&self, store: &str, index: &str, key: &JsValue) -> Result<IdbRequest, Fault> {
        Ok(self.store(store)?.index(index)?.count_with_key(key)?)
    }

    /// Requests the pages of a run that may have a key. The order of [`Tx::request`] applies.
    pub fn pages_of_keys(&self, run: u32, sought: Sought<'_>) -> Result<Asked, Fault> {
        Asked::new(&self.store(layout::KEYS)?, run, sought, 1)
    }

    /// Requests the record under a key of an index. The order of [`Tx::request`] applies.
    pub fn at_index(&self, store: &str, index: &str, key: &JsValue) -> Result<IdbRequest, Fault> {
        Ok(self.store(store)?.index(index)?.get(key)?)
    }

    /// Requests the key of that record. The order of [`Tx::request`] applies.
    pub fn key_at_index(&self, store: &str, index: &str, key: &JsValue) -> Result<IdbRequest, Fault> {
        Ok(self.store(store)?.index(index)?.get_key(key)?)
    }

    /// Requests the first records of an index. The order of [`Tx::request`] applies.
    pub fn some_of_index(&self, store: &str, index: &str, limit: u32) -> Result<IdbRequest, Fault> {
        Ok(self.store(store)?.index(index)?.get_all_with_key_and_limit(&JsValue::UNDEFINED, limit)?)
    }

    /// Reads a value.
    pub async fn get(&self, store: &str, key: &JsValue) -> Result<JsValue, Fault> {
        settled(&self.request(store, key)?).await
    }

    /// Adds a value that contains its key. If the key already exists, the commit fails.
    pub fn add(&self, store: &str, value: &JsValue) -> Result<(), Fault> {
        self.store(store)?.add(value)?;
        Ok(())
    }

    /// Replaces a value that contains its key.
    pub fn replace(&self, store: &str, value: &JsValue) -> Result<(), Fault> {
        self.store(store)?.put(value)?;
        Ok(())
    }

    /// Writes a text and replaces any present value.
    pub fn put(&self, store: &str, key: &JsValue, value: &str) -> Result<(), Fault> {
        self.store(store)?.put_with_key(&value.into(), key)?;
        Ok(())
    }

    /// Writes a value that is no text and replaces any present value.
    pub fn put_value(&self, store: &str, key: &JsValue, value: &JsValue) -> Result<(), Fault> {
        self.store(store)?.put_with_key(value, key)?;
        Ok(())
    }

    /// Removes a value, if it is there.
    pub fn delete(&self, store: &str, key: &JsValue) -> Result<(), Fault> {
        self.store(store)?.delete(key)?;
        Ok(())
    }

    /// Removes everything from a store.
    pub fn clear(&self, store: &str) -> Result<(), Fault> {
        self.store(store)?.clear()?;
        Ok(())
    }

    /// Returns only after `complete`. After an abort it returns the reason.
    pub async fn commit(mut self) -> Result<(), Fault> {
        self.asked = true;
        let done = Promise::new(&mut |resolve: Function, reject: Function| {
            self.raw.set_oncomplete(Some(&resolve));
            self.raw.set_onabort(Some(&reject));
        });
        if let Err(refused) = commit_now(&self.raw) {
            // The transaction was aborted earlier; its own reason says more than "not active".
            return Err(self.raw.error().map_or_else(|| refused.into(), |why| reason(Some(why))));
        }
        match JsFuture::from(done).await {
            Ok(_) => Ok(()),
            Err(_) => Err(reason(self.raw.error())),
        }
    }

    /// Commits what was written; after a failed step returns the first reason, and nothing is written.
    pub async fn end(self, written: Result<(), Fault>) -> Result<(), Fault> {
        match written {
            Ok(()) => self.commit().await,
            Err(fault) => Err(self.abort_reason(fault)),
        }
    }

    /// The first reason why a transaction failed: after an abort every later step fails too, and only the transaction
    /// has it.
    fn abort_reason(self, step: Fault) -> Fault {
        self.raw.error().map_or(step, |why| reason(Some(why)))
    }

    fn store(&self, name: &str) -> Result<IdbObjectStore, Fault> {
        Ok(self.raw.object_store(name)?)
    }
}

#[allow(deprecated)] // web-sys marks the method as deprecated because its old signature lacked the error.
fn commit_now(raw: &IdbTransaction) -> Result<(), JsValue> {
    raw.commit()
}

impl Drop for Tx {
    fn drop(&mut self) {
        if !self.asked {
            // It fails only when the transaction has already ended; then there is nothing to undo.
            let _ = self.raw.abort();
        }
    }
}
