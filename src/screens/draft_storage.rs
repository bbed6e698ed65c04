//! Drafts that outlive a reload: kept by the tab, never by the book, until the act is recorded.

use crate::browser_storage::of_tab;
use crate::forms::holds_a_card;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The draft of that name as the tab kept it, else a fresh one; every change is kept from then on.
pub fn open<D>(name: &str, fresh: impl FnOnce() -> D) -> RwSignal<D>
where
    D: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static,
{
    let name = key(name);
    let draft = RwSignal::new(read(&name).unwrap_or_else(fresh));
    Effect::new(move |first: Option<()>| {
        let text = draft.with(serde_json::to_string).unwrap_or_default();
        // What nobody touched is not worth keeping, and a card number is kept nowhere, not even until the form
        // refuses it.
        if first.is_some()
            && !holds_a_card(&text)
            && let Some(storage) = of_tab()
        {
            // A tab that keeps nothing still holds the draft while the form is open.
            let _ = storage.set_item(&name, &text);
        }
    });
    draft
}

/// Lets a draft go.
pub fn discard(name: &str) {
    if let Some(storage) = of_tab() {
        let _ = storage.remove_item(&key(name));
    }
}

fn read<D: DeserializeOwned>(name: &str) -> Option<D> {
    serde_json::from_str(&of_tab()?.get_item(name).ok()??).ok()
}

fn key(name: &str) -> String {
    format!("draft/{name}")
}
