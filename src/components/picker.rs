//! Type-ahead: a text field with a list of matches, following the ARIA 1.2 combobox pattern.

use super::button::{Press, hint as hint_cap};
use super::field::Words;
use super::live::live;
use super::value::Value;
use crate::text::{counted, say};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// A match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// The id passed to `on_pick`.
    pub id: String,
    /// The label; written to the field when the match is picked.
    pub label: String,
    /// A line of detail, such as the balance.
    pub detail: String,
}

/// The appearance as the search of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Shown while the field is empty.
    pub placeholder: String,
    /// The key that focuses the field.
    pub key: &'static str,
}

/// A type-ahead field. The screen narrows `options` as `text` changes; arrow keys move, Enter or a press picks a match,
/// Escape closes.
///
/// ```ignore
/// <Picker id="customer" label=say!(payment.customer) text=typed options=fitting on_pick=move |id| choose(id)/>
/// ```
#[component]
pub fn Picker(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The text as typed.
    #[prop(into)]
    text: Value<String>,
    /// The matches, best first; about ten at most.
    #[prop(into)]
    options: Signal<Vec<Picked>>,
    /// Receives the id of the picked match.
    #[prop(into)]
    on_pick: UnsyncCallback<String>,
    /// The hint under the label.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// The error message, if the value is invalid.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// Whether a match must be picked.
    #[prop(optional)]
    required: bool,
    /// Whether text that matches nothing is as good as a match.
    #[prop(optional)]
    free: bool,
    /// Runs on Enter when no match is marked.
    #[prop(optional, into)]
    on_enter: Option<Press>,
    /// Shows the field as the main search of a page: large, with a hidden label and a shortcut key.
    #[prop(optional)]
    search: Option<Search>,
) -> AnyView {
    let words = Words { id: id.clone(), label, hint, error, required };
    let state =
        State { text, options, open: RwSignal::new(false), marked: RwSignal::new(None), on_pick, on_enter };
    let list_id = format!("{id}-list");
    let active = list_id.clone();
    let (open, marked) = (state.open, state.marked);
    let input = view! {
        <input
            id=id
            class="input"
            class:search=search.is_some()
            type="text"
            role="combobox"
            aria-label=search.is_some().then(|| label.get_untracked())
            aria-keyshortcuts=search.as_ref().map(|search| search.key)
            placeholder=search.as_ref().map(|search| search.placeholder.clone())
            enterkeyhint="search"
            autocomplete="off"
            spellcheck="false"
            aria-autocomplete="list"
            aria-controls=list_id.clone()
            aria-expanded=move || if open.get() { "true" } else { "false" }
            aria-activedescendant=move || marked.get().map(|at| format!("{active}-{at}"))
            aria-required=required.then_some("true")
            aria-invalid=words.invalid()
            aria-describedby=words.described_by()
            prop:value=move || text.get()
            on:input:target=move |ev| state.typed(ev.target().value())
            on:keydown=move |ev| state.key(&ev)
            on:blur=move |_| open.set(false)
        />
    };
    let cap = search.as_ref().and_then(|search| hint_cap(search.key));
    let field =
        view! { <div class="picker">{input}{cap}{matching(list_id, label, state, free)}</div> }.into_any();
    if search.is_some() { field } else { words.around(field) }
}

/// The state shared by the field and its list.
#[derive(Clone, Copy)]
struct State {
    text: Value<String>,
    options: Signal<Vec<Picked>>,
    open: RwSignal<bool>,
    /// The match that the arrow keys are on.
    marked: RwSignal<Option<usize>>,
    on_pick: UnsyncCallback<String>,
    on_enter: Option<Press>,
}

impl State {
    fn typed(self, value: String) {
        self.text.set(value);
        self.marked.set(None);
        self.open.set(true);
    }

    fn pick(self, at: usize) {
        let Some(picked) = self.options.with_untracked(|all| all.get(at).cloned()) else { return };
        self.text.set(picked.label);
        self.open.set(false);
        self.marked.set(None);
        self.on_pick.run(picked.id);
    }

    fn key(self, ev: &KeyboardEvent) {
        match (ev.key().as_str(), self.open.get_untracked(), self.marked.get_untracked()) {
            ("ArrowDown", _, at) => self.mark(ev, |count| at.map_or(0, |at| (at + 1) % count)),
            ("ArrowUp", _, at) => self.mark(ev, |count| (at.unwrap_or(0) + count - 1) % count),
            ("Enter", true, Some(at)) => {
                ev.prevent_default();
                self.pick(at);
            }
            ("Enter", ..) => self.enter(ev),
            ("Escape", true, _) => {
                ev.prevent_default();
                ev.stop_propagation();
                self.open.set(false);
            }
            _ => {}
        }
    }

    /// Opens the list and marks a match, wrapping at the ends.
    fn mark(self, ev: &KeyboardEvent, next: impl Fn(usize) -> usize) {
        ev.prevent_default();
        self.open.set(true);
        let count = self.options.with_untracked(Vec::len);
        self.marked.set((count > 0).then(|| next(count)));
    }

    fn enter(self, ev: &KeyboardEvent) {
        if let Some(on_enter) = self.on_enter.filter(|_| !ev.ctrl_key() && !ev.meta_key()) {
            ev.prevent_default();
            on_enter.run(());
        }
    }
}

/// The list under the field. A press on it must not move the focus away from the field.
fn matching(id: String, label: Signal<String>, state: State, free: bool) -> AnyView {
    let State { text, options, open, marked, .. } = state;
    let own = id.clone();
    // The style sheet draws the detail, and it is the description, so that an option's name is exactly its label.
    let row = move |(at, option): (usize, Picked)| {
        let id = format!("{own}-{at}");
        let chosen = move || if marked.get() == Some(at) { "true" } else { "false" };
        let Picked { label, detail, .. } = option;
        view! {
            <li
                role="option"
                id=id
                data-detail=detail.clone()
                aria-description=detail
                aria-selected=chosen
                on:pointerdown=|ev| ev.prevent_default()
                on:click=move |_| state.pick(at)
            >
                {label}
            </li>
        }
    };
    let rows =
        move || open.get().then(|| options.get().into_iter().enumerate().map(row.clone()).collect_view());
    let said = move || {
        let typed = text.get();
        let found = options.with(Vec::len);
        let says = open.get() && !typed.trim().is_empty() && !(free && found == 0);
        says.then(|| match found {
            0 => say!(parts.nothing_fits, text = typed),
            count => counted!(parts.found, count),
        })
    };
    let empty = Signal::derive(move || !open.get() || options.with(Vec::is_empty));
    view! {
        <ul class="options" role="listbox" id=id aria-label=label hidden=empty>{rows}</ul>
        <p class="heard" role="status">{live(said)}</p>
    }
    .into_any()
}
