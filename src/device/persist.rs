//! Persistent storage: whether the browser promises not to evict the journal.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Requests persistent storage; `None` when the browser gives no answer.
pub async fn request() -> Option<bool> {
    answer(StorageManager::persist).await
}

/// Whether storage is persistent already; `None` when the browser gives no answer.
pub async fn is_persisted() -> Option<bool> {
    answer(StorageManager::persisted).await
}

async fn answer(of: impl FnOnce(&StorageManager) -> Result<Promise, JsValue>) -> Option<bool> {
    let storage = web_sys::window()?.navigator().storage();
    JsFuture::from(of(&storage).ok()?).await.ok()?.as_bool()
}
