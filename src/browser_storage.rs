//! Small named values in the storage of the browser. Where the browser forbids storage, they last as long as the page, and
//! callers can ask whether they are stored.

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::HashMap;
use web_sys::window;

thread_local! {
    /// What the browser would not take.
    static UNSAVED: RefCell<HashMap<String, String>> = RefCell::default();
}

/// The value of that name; `None` when there is none, or none of that type.
#[must_use]
pub fn get<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_str(&text(name)?).ok()
}

/// Remembers a value under a name.
pub fn set(name: &str, value: &(impl Serialize + ?Sized)) {
    if let Ok(text) = serde_json::to_string(value) {
        put(name, Some(text));
    }
}

/// Forgets a value.
pub fn forget(name: &str) {
    put(name, None);
}

/// The bare text of that name.
#[must_use]
pub fn text(name: &str) -> Option<String> {
    let here = UNSAVED.with_borrow(|here| here.get(name).cloned());
    here.or_else(|| storage()?.get_item(name).ok()?)
}

/// Remembers a text, or forgets it. False when the browser did not take it: then it holds as long as the page.
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

/// Every name that is remembered.
#[must_use]
pub fn names() -> Vec<String> {
    let stored = storage().map(|storage| {
        let length = storage.length().unwrap_or_default();
        (0..length).filter_map(|at| storage.key(at).ok()?).collect::<Vec<_>>()
    });
    let here = UNSAVED.with_borrow(|here| here.keys().cloned().collect::<Vec<_>>());
    stored.into_iter().flatten().chain(here).collect()
}

/// Whether what is remembered outlasts the page.
#[must_use]
pub fn lasts() -> bool {
    storage().is_some()
}

/// The storage of this origin. Browsers in which all site data is blocked throw instead of giving one, and gloo-storage
/// stops the app then: so they are asked first.
fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok().flatten().map(|_| LocalStorage::raw())
}

/// The storage of this tab, likewise.
#[must_use]
pub fn of_tab() -> Option<web_sys::Storage> {
    window()?.session_storage().ok().flatten().map(|_| SessionStorage::raw())
}
