//! Drafts that survive a reload: stored in the tab's session storage, not in the ledger, until they are recorded.

use crate::browser_storage::of_tab;
use crate::components::{Button, Look};
use crate::forms::{Parts, holds_a_card};
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
    /// Replaces the draft by a new one, as after it was recorded.
    pub fn start_afresh(self) {
        self.afresh.run(());
    }

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

/// The draft stored under that name in this tab, or a new one. Every change then stores the parts that it changed. A
/// draft that is as `fresh` made it is not stored.
pub fn open<D>(name: &str, fresh: impl Fn() -> D + 'static) -> (RwSignal<D>, Restored)
where
    D: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let (new, stored) = (fresh(), StoredDraft::read(name));
    let blank = StoredValue::new(parts(&new));
    let found = blank.with_value(|blank| stored.draft(blank));
    let is_restored = RwSignal::new(found.is_some());
    let draft = RwSignal::new(found.unwrap_or(new));
    let afresh = UnsyncCallback::new(move |()| {
        let new = fresh();
        blank.set_value(parts(&new));
        is_restored.set(false);
        draft.set(new);
    });
    Effect::new(move |before: Option<StoredDraft>| {
        let mut stored = before.unwrap_or_else(|| stored.clone());
        let typed = draft.with(parts);
        let is_blank = blank.with_value(|blank| *blank == typed);
        stored.update(&if is_blank { Parts::default() } else { typed });
        stored
    });
    (draft, Restored { is_restored, afresh })
}

/// Deletes a stored draft.
pub fn discard(name: &str) {
    StoredDraft::read(name).update(&Parts::default());
}

fn parts(draft: &impl Serialize) -> Parts {
    Parts::of(&serde_json::to_string(draft).unwrap_or_default())
}

/// What the storage of this tab has of one draft.
#[derive(Clone)]
struct StoredDraft {
    /// What the names of its items begin with.
    prefix: String,
    parts: Parts,
}

impl StoredDraft {
    fn read(name: &str) -> Self {
        // No name of a draft contains `#`, so a draft never has the items of another one.
        let mut stored = Self { prefix: format!("draft/{name}#"), parts: Parts::default() };
        let Some(storage) = of_tab() else { return stored };
        let item = |key: &str| storage.get_item(key).ok().flatten();
        let keys = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok()?);
        for key in keys {
            if let Some((part, json)) = key.strip_prefix(&stored.prefix).zip(item(&key)) {
                stored.parts.set(part, &json);
            }
        }
        // Version 0.1 stored a draft as one item.
        let whole = format!("draft/{name}");
        if let Some(json) = item(&whole) {
            stored.update(&Parts::of(&json));
            let _ = storage.remove_item(&whole);
        }
        stored
    }

    /// The draft, if one is stored. Fields that were never stored are those of the blank draft.
    fn draft<D: DeserializeOwned>(&self, blank: &Parts) -> Option<D> {
        let stored = self.parts.iter().next().is_some();
        stored.then(|| serde_json::from_str(&self.parts.clone().or(blank).text()).ok()).flatten()
    }

    /// Stores the parts that differ, and removes those that the draft has no more.
    fn update(&mut self, draft: &Parts) {
        let Some(storage) = of_tab() else { return };
        let key = |name: &str| format!("{}{name}", self.prefix);
        let mut parts = self.parts.clone();
        for (name, _) in self.parts.iter().filter(|(name, _)| draft.get(name).is_none()) {
            if storage.remove_item(&key(name)).is_ok() {
                parts.remove(name);
            }
        }
        for (name, json) in draft.iter().filter(|(name, json)| self.parts.get(name) != Some(*json)) {
            // A text with a card number is never stored, even before the form rejects it. If storing fails, the draft
            // still exists while the form is open.
            if !holds_a_card(json) && storage.set_item(&key(name), json).is_ok() {
                parts.set(name, json);
            }
        }
        self.parts = parts;
    }
}
