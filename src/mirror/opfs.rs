//! The files of a mirror in the browser: the private file system of the origin. `public/mirror.js` does the work; it reads
//! in the page and writes in a worker.

use super::files::Files;
use crate::page;
use crate::store::Fault;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// The folder of one store's mirror.
#[derive(Debug, Clone)]
pub struct Opfs {
    store: String,
}

impl Opfs {
    /// The folder of this store; it is created with its first file.
    pub fn of(store: &str) -> Self {
        Self { store: store.to_owned() }
    }

    /// The names of the stores that have a folder; none where the browser has no private file system.
    pub async fn stores() -> Vec<String> {
        let found = call("stores", &[]).await.map(|found| texts(&found));
        found.unwrap_or_default()
    }

    /// Deletes the whole folder.
    ///
    /// # Errors
    ///
    /// When another tab writes to it.
    pub async fn delete(&self) -> Result<(), Fault> {
        call("forget", &[self.store()]).await.map(drop)
    }

    fn store(&self) -> JsValue {
        self.store.as_str().into()
    }
}

impl Files for Opfs {
    async fn list(&self) -> Result<Vec<String>, Fault> {
        Ok(texts(&call("list", &[self.store()]).await?))
    }

    async fn read(&self, name: &str) -> Result<Vec<u8>, Fault> {
        let bytes = call("read", &[self.store(), name.into()]).await?;
        Ok(bytes.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default())
    }

    #[allow(clippy::cast_precision_loss)] // No file is longer than 2^53 bytes.
    async fn write(&self, name: &str, at: u64, bytes: &[u8]) -> Result<(), Fault> {
        let arguments = [self.store(), name.into(), (at as f64).into(), Uint8Array::from(bytes).into()];
        call("write", &arguments).await.map(drop)
    }

    async fn pack(&self, name: &str) -> Result<(), Fault> {
        call("pack", &[self.store(), name.into()]).await.map(drop)
    }

    async fn remove(&self, name: &str) -> Result<(), Fault> {
        call("remove", &[self.store(), name.into()]).await.map(drop)
    }
}

/// Calls a function of `public/mirror.js`.
async fn call(name: &str, arguments: &[JsValue]) -> Result<JsValue, Fault> {
    let asked = page::ask("mirror", name, arguments).await;
    Ok(asked.ok_or_else(|| Fault::Unsupported("private file system".into()))??)
}

fn texts(list: &JsValue) -> Vec<String> {
    list.dyn_ref::<Array>()
        .map(|list| list.iter().filter_map(|name| name.as_string()).collect())
        .unwrap_or_default()
}
