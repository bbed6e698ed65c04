//! Persistent storage: whether the browser promises not to evict the journal.

use js_sys::{Promise, Reflect};
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

/// How many bytes this origin may still store; `None` when the browser gives no answer.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Whole numbers of bytes.
pub async fn free() -> Option<u64> {
    let storage = web_sys::window()?.navigator().storage();
    let estimate = JsFuture::from(storage.estimate().ok()?).await.ok()?;
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    let (quota, usage) = (number("quota")? as u64, number("usage")? as u64);
    Some(quota.saturating_sub(usage))
}

async fn answer(of: impl FnOnce(&StorageManager) -> Result<Promise, JsValue>) -> Option<bool> {
    let storage = web_sys::window()?.navigator().storage();
    JsFuture::from(of(&storage).ok()?).await.ok()?.as_bool()
}
