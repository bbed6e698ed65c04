//! Drafts that survive a reload: stored in the tab's session storage, not in the ledger, until they are recorded.

use crate::browser_storage::of_tab;
use crate::components::{Button, Look};
use crate::forms::holds_a_card;
use crate::text::say;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A draft that was open before, in this tab: whether it came back, and how to replace it by a new one.
#[derive(Clone, Copy)]
pub struct Restored {
    /// True until the draft is replaced.
    is_restored: RwSignal<bool>,
    afresh: UnsyncCallback<()>,
}

impl Restored {
    /// Says that the draft came back, with *Start afresh*; `then` runs after it was replaced.
    pub fn notice(self, then: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
        let start = move |()| {
            self.afresh.run(());
            then();
        };
        view! {
            <Show when=move || self.is_restored.get()>
                <div class="note restored" role="status">
                    <p>{say!(parts.restored)}</p>
                    <Button label=say!(parts.start_afresh) look=Look::Quiet on_press=start/>
                </div>
            </Show>
        }
        .into_any()
    }
}

/// The draft stored under that name in this tab, or a new one; every change is then stored. A draft that is as `fresh`
/// made it is not.
pub fn open<D>(name: &str, fresh: impl Fn() -> D + 'static) -> (RwSignal<D>, Restored)
where
    D: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static,
{
    let name = key(name);
    let found = read(&name);
    let is_restored = RwSignal::new(found.is_some());
    let blank = StoredValue::new(fresh());
    let draft = RwSignal::new(found.unwrap_or_else(|| blank.get_value()));
    let afresh = UnsyncCallback::new(move |()| {
        blank.set_value(fresh());
        is_restored.set(false);
        draft.set(blank.get_value());
    });
    Effect::new(move |first: Option<()>| {
        if draft.with(|draft| blank.with_value(|blank| draft == blank)) {
            return remove(&name);
        }
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
    (draft, Restored { is_restored, afresh })
}

/// Deletes a stored draft.
pub fn discard(name: &str) {
    remove(&key(name));
}

fn remove(key: &str) {
    if let Some(storage) = of_tab() {
        let _ = storage.remove_item(key);
    }
}

fn read<D: DeserializeOwned>(name: &str) -> Option<D> {
    serde_json::from_str(&of_tab()?.get_item(name).ok()??).ok()
}

fn key(name: &str) -> String {
    format!("draft/{name}")
}
