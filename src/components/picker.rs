//! Type-ahead: a text field with a list of what fits, by the ARIA 1.2 combobox pattern.

use super::button::{Press, hint as hint_cap};
use super::field::Words;
use crate::text::say;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Something that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// What is handed out when it is picked.
    pub id: String,
    /// What it is called; goes into the field when it is picked.
    pub label: String,
    /// More about it, such as what is owed.
    pub detail: String,
}

/// How the search of a page looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Shown while nothing is typed.
    pub placeholder: String,
    /// The key that leads to it.
    pub key: &'static str,
}

/// A type-ahead. The screen narrows `options` as `text` changes; arrows move, Enter or a press picks,
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
    /// What is typed.
    text: RwSignal<String>,
    /// What fits it, best first; keep it to ten or so.
    #[prop(into)]
    options: Signal<Vec<Picked>>,
    /// Takes the id of what was picked.
    #[prop(into)]
    on_pick: UnsyncCallback<String>,
    /// What to type.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// Whether something must be picked.
    #[prop(optional)]
    required: bool,
    /// What Enter does when nothing is marked.
    #[prop(optional, into)]
    on_enter: Option<Press>,
    /// The search a page begins with: large, its label only heard, with the key that leads to it.
    #[prop(optional)]
    search: Option<Search>,
) -> AnyView {
    let words = Words { id: id.clone(), label, hint, error, required };
    let open = RwSignal::new(false);
    let marked = RwSignal::new(None::<usize>);
    let list_id = format!("{id}-list");
    let pick = move |at: usize| {
        let Some(picked) = options.with_untracked(|all| all.get(at).cloned()) else { return };
        text.set(picked.label);
        open.set(false);
        marked.set(None);
        on_pick.run(picked.id);
    };
    let on_key = move |ev: KeyboardEvent| {
        let count = options.with_untracked(Vec::len);
        match (ev.key().as_str(), open.get_untracked(), marked.get_untracked()) {
            ("ArrowDown", _, at) => mark(&ev, open, marked, count, at.map_or(0, |at| at + 1)),
            ("ArrowUp", _, at) => mark(&ev, open, marked, count, at.unwrap_or(count).wrapping_sub(1)),
            ("Enter", true, Some(at)) => {
                ev.prevent_default();
                pick(at);
            }
            ("Enter", ..) => {
                if let Some(on_enter) = on_enter {
                    ev.prevent_default();
                    on_enter.run(());
                }
            }
            ("Escape", true, _) => {
                ev.prevent_default();
                ev.stop_propagation();
                open.set(false);
            }
            _ => {}
        }
    };
    let typed = move |value: String| {
        text.set(value);
        marked.set(None);
        open.set(true);
    };
    let described = words.described_by();
    let active = list_id.clone();
    let input = view! {
        <input
            id=id
            class=if search.is_some() { "input search" } else { "input" }
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
            aria-describedby=described
            prop:value=text
            on:input:target=move |ev| typed(ev.target().value())
            on:keydown=on_key
            on:blur=move |_| open.set(false)
        />
    };
    let list = fitting(list_id, label, text, options, open, marked, UnsyncCallback::new(pick));
    let cap = search.as_ref().and_then(|search| hint_cap(search.key));
    let field = view! { <div class="picker">{input}{cap}{list}</div> }.into_any();
    if search.is_some() { field } else { words.around(field) }
}

/// Marks an option, round the ends, and opens the list.
fn mark(ev: &KeyboardEvent, open: RwSignal<bool>, marked: RwSignal<Option<usize>>, count: usize, at: usize) {
    ev.prevent_default();
    open.set(true);
    let last = count.checked_sub(1);
    marked.set(last.map(|last| if at == usize::MAX { last } else { at % count }));
}

/// The list under the field. A press on it must not take the focus from the field.
fn fitting(
    id: String,
    label: Signal<String>,
    text: RwSignal<String>,
    options: Signal<Vec<Picked>>,
    open: RwSignal<bool>,
    marked: RwSignal<Option<usize>>,
    pick: UnsyncCallback<usize>,
) -> AnyView {
    let own = id.clone();
    let row = move |(at, option): (usize, Picked)| {
        let id = format!("{own}-{at}");
        let (name, detail) = (format!("{id}-name"), format!("{id}-detail"));
        let (named, described) = (name.clone(), detail.clone());
        let chosen = move || if marked.get() == Some(at) { "true" } else { "false" };
        view! {
            <li role="option" id=id aria-labelledby=named aria-describedby=described aria-selected=chosen
                on:pointerdown=|ev| ev.prevent_default() on:click=move |_| pick.run(at)>
                <span id=name>{option.label}</span>
                <small id=detail>{option.detail}</small>
            </li>
        }
    };
    let rows =
        move || open.get().then(|| options.get().into_iter().enumerate().map(row.clone()).collect_view());
    let said = move || {
        let typed = text.get();
        (open.get() && !typed.trim().is_empty()).then(|| match options.with(Vec::len) {
            0 => say!(parts.nothing_fits, text = typed),
            count => say!(parts.found, count = count),
        })
    };
    let empty = Signal::derive(move || !open.get() || options.with(Vec::is_empty));
    view! {
        <ul class="options" role="listbox" id=id aria-label=label hidden=empty>{rows}</ul>
        <p class="heard" role="status">{said}</p>
    }
    .into_any()
}
