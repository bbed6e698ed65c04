//! Tabs that are links: the address selects the tab, and the keyboard works as in a tab list.

use super::live::effect;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The id of the only panel.
const PANEL: &str = "tab-panel";

/// A tab.
#[derive(Debug, Clone, PartialEq)]
pub struct Tab {
    /// Its value in the address.
    pub key: String,
    /// Its accessible name.
    pub label: String,
    /// The number of items in the tab.
    pub count: Signal<Option<usize>>,
    /// The target address, as returned by `at`.
    pub href: String,
    /// The shortcut key, or empty.
    pub shortcut: &'static str,
}

/// A list of tabs. Arrow keys, Home and End move between the tabs and open them.
///
/// ```ignore
/// <Tabs label=say!(customer.parts) tabs=tabs current=tab/>
/// <TabPanel current=tab>{move || open_tab()}</TabPanel>
/// ```
#[component]
pub fn Tabs(
    /// The list's accessible name.
    #[prop(into)]
    label: String,
    /// The tabs.
    tabs: Vec<Tab>,
    /// The key of the open tab.
    #[prop(into)]
    current: Signal<String>,
) -> AnyView {
    let list = NodeRef::<html::Div>::new();
    let tab = move |tab: Tab| {
        let Tab { key, label, count, href, shortcut } = tab;
        // The style sheet draws the count, and it is the description, so that the tab's name is exactly its label.
        let (id, number) = (format!("tab-{key}"), move || count.get().map(|count| count.to_string()));
        let on = Signal::derive(move || current.with(|current| *current == key));
        view! {
            <a role="tab" id=id href=href data-noscroll="" data-count=number aria-description=number aria-controls=PANEL
                aria-keyshortcuts=(!shortcut.is_empty()).then_some(shortcut)
                aria-selected=move || if on.get() { "true" } else { "false" }
                tabindex=move || if on.get() { "0" } else { "-1" }>
                {label}
            </a>
        }
    };
    let all = tabs.into_iter().map(tab).collect_view();
    effect(move || keep_in_sight(format!("tab-{}", current.get())));
    view! {
        <div class="tabs" role="tablist" aria-label=label node_ref=list on:keydown=move |ev| step(&ev, list)>{all}</div>
    }
    .into_any()
}

/// The content of the open tab.
#[component]
pub fn TabPanel(
    /// The key of the open tab.
    #[prop(into)]
    current: Signal<String>,
    /// Its content.
    children: Children,
) -> AnyView {
    let named = move || format!("tab-{}", current.get());
    view! { <div class="tabpanel" role="tabpanel" id=PANEL tabindex="0" aria-labelledby=named>{children()}</div> }.into_any()
}

/// Scrolls a list that is wider than the page so that the tab with this id is in its middle, once it is drawn.
fn keep_in_sight(id: String) {
    let element = |found: web_sys::Element| found.dyn_into::<web_sys::HtmlElement>().ok();
    request_animation_frame(move || {
        let tab = document().get_element_by_id(&id).and_then(element);
        let list = tab.as_ref().and_then(|tab| tab.parent_element()).and_then(element);
        if let Some((tab, list)) = tab.zip(list) {
            let before = tab.offset_left() - list.offset_left();
            list.set_scroll_left(before - (list.client_width() - tab.offset_width()) / 2);
        }
    });
}

/// Moves to the next tab in a direction, or to an end, and opens it.
fn step(ev: &KeyboardEvent, list: NodeRef<html::Div>) {
    let Some(Ok(all)) = list.get_untracked().map(|list| list.query_selector_all("[role=tab]")) else {
        return;
    };
    let (count, here) = (all.length(), document().active_element());
    let is_here = |at: &u32| {
        all.get(*at).is_some_and(|tab| here.as_ref().is_some_and(|here| tab.is_same_node(Some(here))))
    };
    let Some(at) = (0..count).find(is_here) else { return };
    let to = match ev.key().as_str() {
        "ArrowRight" => (at + 1) % count,
        "ArrowLeft" => (at + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return,
    };
    ev.prevent_default();
    if let Some(tab) = all.get(to).and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = tab.focus();
        tab.click();
    }
}
