//! Whether the browser promises to keep the book.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Asks for the promise; `None` when the browser does not say.
pub async fn request() -> Option<bool> {
    answer(StorageManager::persist).await
}

/// Whether it was promised before.
pub async fn is_persisted() -> Option<bool> {
    answer(StorageManager::persisted).await
}

async fn answer(of: impl FnOnce(&StorageManager) -> Result<Promise, JsValue>) -> Option<bool> {
    let storage = web_sys::window()?.navigator().storage();
    JsFuture::from(of(&storage).ok()?).await.ok()?.as_bool()
}
