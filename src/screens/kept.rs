//! Drafts that outlive a reload: kept by the tab, never by the book, until the act is recorded.

use crate::drafts::looks_like_a_card;
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
        let text = draft.with(serde_json::to_string).unwrap_or_default();
        // What nobody touched is not worth keeping, and a card number is kept nowhere, not even until the form
        // refuses it.
        if first.is_some() && !looks_like_a_card(&text) {
            let _ = SessionStorage::raw().set_item(&name, &text);
        }
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
