//! Small named values in the storage of the browser. Where the browser forbids storage, they last as long as the page, and
//! callers can ask whether they are stored.

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::HashMap;
use web_sys::window;

thread_local! {
    /// The values that the browser refused to store.
    static UNSAVED: RefCell<HashMap<String, String>> = RefCell::default();
}

/// Reads a value; `None` when there is none, or it is not of this type.
#[must_use]
pub fn get<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_str(&text(name)?).ok()
}

/// Stores a value under a name.
pub fn set(name: &str, value: &(impl Serialize + ?Sized)) {
    if let Ok(text) = serde_json::to_string(value) {
        put(name, Some(text));
    }
}

/// Removes a value.
pub fn forget(name: &str) {
    put(name, None);
}

/// Reads a value as plain text.
#[must_use]
pub fn text(name: &str) -> Option<String> {
    let here = UNSAVED.with_borrow(|here| here.get(name).cloned());
    here.or_else(|| storage()?.get_item(name).ok()?)
}

/// Stores a text, or removes it (`None`). False when the browser refused: then it lasts until the page is closed.
pub fn put(name: &str, text: Option<String>) -> bool {
    let done = storage().is_some_and(|storage| match &text {
        Some(text) => storage.set_item(name, text).is_ok(),
        None => storage.remove_item(name).is_ok(),
    });
    UNSAVED.with_borrow_mut(|here| match text.filter(|_| !done) {
        Some(text) => here.insert(name.into(), text),
        None => here.remove(name),
    });
    done
}

/// All names that have a value.
#[must_use]
pub fn names() -> Vec<String> {
    let stored = storage().map(|storage| {
        let length = storage.length().unwrap_or_default();
        (0..length).filter_map(|at| storage.key(at).ok()?).collect::<Vec<_>>()
    });
    let here = UNSAVED.with_borrow(|here| here.keys().cloned().collect::<Vec<_>>());
    stored.into_iter().flatten().chain(here).collect()
}

/// Whether stored values outlast the page.
#[must_use]
pub fn lasts() -> bool {
    storage().is_some()
}

/// The localStorage of this origin. A browser that blocks all site data throws an error, on which gloo-storage would
/// panic, so this function checks first.
fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok().flatten().map(|_| LocalStorage::raw())
}

/// The sessionStorage of this tab, or `None` where it is blocked.
#[must_use]
pub fn of_tab() -> Option<web_sys::Storage> {
    window()?.session_storage().ok().flatten().map(|_| SessionStorage::raw())
}
