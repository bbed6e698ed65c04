//! Drafts that outlive a reload: kept by the tab, never by the book, until the act is recorded.

use gloo_storage::{SessionStorage, Storage};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The draft of that name as the tab kept it, else a fresh one; every change is kept from then on.
pub fn kept<D>(name: &str, fresh: impl FnOnce() -> D) -> RwSignal<D>
where
    D: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static,
{
    let name = key(name);
    let draft = RwSignal::new(SessionStorage::get(&name).unwrap_or_else(|_| fresh()));
    Effect::new(move |first: Option<()>| {
        draft.with(|draft| {
            // What nobody touched is not worth keeping.
            if first.is_some() {
                let _ = SessionStorage::set(&name, draft);
            }
        });
    });
    draft
}

/// Lets a draft go.
pub fn forget(name: &str) {
    SessionStorage::delete(key(name));
}

fn key(name: &str) -> String {
    format!("draft/{name}")
}
