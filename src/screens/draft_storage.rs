//! Drafts that survive a reload: stored in the tab's session storage, not in the ledger, until they are recorded.

use crate::browser_storage::of_tab;
use crate::forms::holds_a_card;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The draft stored under that name in this tab, or a new one; every change is then stored.
pub fn open<D>(name: &str, fresh: impl FnOnce() -> D) -> RwSignal<D>
where
    D: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static,
{
    let name = key(name);
    let draft = RwSignal::new(read(&name).unwrap_or_else(fresh));
    Effect::new(move |first: Option<()>| {
        let text = draft.with(serde_json::to_string).unwrap_or_default();
        // An unchanged draft is not stored. A text with a card number is never stored, even before the form
        // rejects it.
        if first.is_some()
            && !holds_a_card(&text)
            && let Some(storage) = of_tab()
        {
            // If storing fails, the draft still exists while the form is open.
            let _ = storage.set_item(&name, &text);
        }
    });
    draft
}

/// Deletes a stored draft.
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
