//! Keyboard shortcuts. A key activates the visible element that names it in `aria-keyshortcuts`, so a hint and its key cannot
//! disagree, and a hidden element cannot be activated.
//!
//! Shortcuts are off while text is typed; single characters can be turned off altogether (WCAG 2.1.4).

use crate::prefs::Prefs;
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement};

/// A shortcut of this page, and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key, as in `aria-keyshortcuts`.
    pub key: String,
    /// The name of the element that it clicks.
    pub does: String,
}

/// Listens until the page is closed; `?` opens `help`.
pub fn listen(prefs: Prefs, help: RwSignal<bool>) {
    let listener = window_event_listener(ev::keydown, move |ev| on_key(&ev, prefs, help));
    on_cleanup(move || listener.remove());
}

/// Where shortcuts are searched: those of the screen come before those of the frame.
const SELECTORS: [&str; 2] = ["main [aria-keyshortcuts]", "[aria-keyshortcuts]"];

/// The shortcuts that work on the page at the moment, each once.
#[must_use]
pub fn active_keys() -> Vec<Key> {
    let mut found: Vec<Key> = Vec::new();
    for element in SELECTORS.iter().flat_map(|place| visible(place)) {
        let key = element.get_attribute("aria-keyshortcuts").unwrap_or_default();
        if !found.iter().any(|known| known.key == key) {
            found.push(Key { key, does: name(&element) });
        }
    }
    found
}

fn on_key(ev: &KeyboardEvent, prefs: Prefs, help: RwSignal<bool>) {
    if ev.default_prevented() || ev.is_composing() {
        return;
    }
    let key = ev.key();
    if (ev.ctrl_key() || ev.meta_key()) && key == "Enter" {
        return submit(ev);
    }
    if ev.ctrl_key() || ev.meta_key() || ev.alt_key() || typing() || in_dialog() {
        return;
    }
    let single = key.chars().count() == 1;
    if single && !prefs.letters.get_untracked() {
        return;
    }
    match key.as_str() {
        "?" => {
            ev.prevent_default();
            help.set(true);
        }
        _ if single || key == "Escape" => press(ev, &key),
        _ => {}
    }
}

/// Clicks the element that has the key: on the screen first, then in the frame.
fn press(ev: &KeyboardEvent, key: &str) {
    let carries = |element: &HtmlElement| {
        element.get_attribute("aria-keyshortcuts").is_some_and(|own| own.eq_ignore_ascii_case(key))
    };
    let found = SELECTORS.iter().find_map(|place| visible(place).into_iter().find(carries));
    let Some(element) = found else { return };
    ev.prevent_default();
    if is_field(&element) {
        let _ = element.focus();
    } else {
        element.click();
    }
}

/// Submits the form that has the focus, or else the only form. A form behind a dialog is not submitted.
fn submit(ev: &KeyboardEvent) {
    let around = document().active_element().and_then(|focus| focus.closest("form").ok().flatten());
    let only = if in_dialog() { "dialog[open] form" } else { "main form" };
    let form = around.or_else(|| document().query_selector(only).ok().flatten());
    if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        ev.prevent_default();
        let _ = form.request_submit();
    }
}

fn typing() -> bool {
    document().active_element().is_some_and(|focus| is_field(&focus))
}

fn is_field(element: &Element) -> bool {
    let kind = element.get_attribute("type").unwrap_or_default();
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(kind.as_str(), "radio" | "checkbox"),
        _ => false,
    }
}

fn in_dialog() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

fn visible(selector: &str) -> Vec<HtmlElement> {
    let Ok(all) = document().query_selector_all(selector) else { return Vec::new() };
    let elements = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok());
    elements.filter(|element| element.offset_width() > 0).collect()
}

/// The name of an element, without the key cap inside it.
fn name(element: &HtmlElement) -> String {
    let own = element.get_attribute("aria-label");
    let inner = || element.first_element_child().and_then(|inner| inner.text_content());
    own.or_else(inner).or_else(|| element.text_content()).unwrap_or_default()
}
