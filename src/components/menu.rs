//! Menus: the actions of a row (⋮), and the choice of the signed-in user.

use super::button::{Look, Press};
use super::ids::{focus_on, fresh};
use super::live::live;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// One item of a menu.
#[derive(Clone)]
pub struct MenuItem {
    /// The label.
    pub label: String,
    /// The target address, for a link.
    pub href: Option<String>,
    /// The callback, for a button.
    pub on_press: Option<Press>,
    /// A short text at the end; the accessible description.
    pub detail: Option<String>,
    /// Whether this item is the current one.
    pub current: bool,
    /// Why it is not possible now; it stays in the menu and says so.
    pub why_not: Option<String>,
}

impl MenuItem {
    /// An item that is a link.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..Self::named(label) }
    }

    /// An item that is a button.
    pub fn press(label: impl Into<String>, on_press: impl Into<Press>) -> Self {
        Self { on_press: Some(on_press.into()), ..Self::named(label) }
    }

    /// An item that is not possible now, and why.
    pub fn closed(label: impl Into<String>, why: impl Into<String>) -> Self {
        Self { why_not: Some(why.into()), ..Self::named(label) }
    }

    fn named(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None, on_press: None, detail: None, current: false, why_not: None }
    }

    /// Sets the short text at the end.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Marks the item if it is the current one.
    #[must_use]
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }
}

/// A button with three vertical dots that opens a menu. Nothing is drawn if there are no items.
///
/// ```ignore
/// <RowMenu label=say!(parts.actions_for, name = no) items=vec![MenuItem::link(say!(order.record_refund), href)]/>
/// ```
#[component]
pub fn RowMenu(
    /// What the actions apply to; part of the accessible name.
    #[prop(into)]
    label: String,
    /// The items.
    items: Vec<MenuItem>,
) -> AnyView {
    if items.is_empty() {
        return ().into_any();
    }
    let items = UnsyncCallback::new(move |()| items.clone());
    view! { <Menu label=label items=items>"⋮"</Menu> }.into_any()
}

/// A button that opens a menu; the items are computed when it opens.
///
/// ```ignore
/// <Menu items=people class="menu up" key="W">{name}</Menu>
/// ```
#[component]
pub fn Menu(
    /// The button's accessible name, where the content is not its name.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// Computes the items.
    items: UnsyncCallback<(), Vec<MenuItem>>,
    /// The CSS classes.
    #[prop(default = "menu")]
    class: &'static str,
    /// The key that opens it.
    #[prop(optional)]
    key: &'static str,
    /// Draws the button like other buttons.
    #[prop(optional)]
    look: Option<Look>,
    /// The content of the button.
    children: Children,
) -> AnyView {
    let open = RwSignal::new(false);
    let frame = NodeRef::<html::Div>::new();
    let (button_id, menu_id) = (fresh("menu-button"), fresh("menu"));
    let (back, first) = (button_id.clone(), menu_id.clone());
    let toggle = move |_| {
        open.update(|on| *on = !*on);
        if open.get_untracked() {
            focus_on(format!("{first}-0"));
        }
    };
    let on_key = move |ev: KeyboardEvent| match ev.key().as_str() {
        "Escape" if open.get_untracked() => {
            ev.prevent_default();
            ev.stop_propagation();
            open.set(false);
            focus_on(back.clone());
        }
        "ArrowDown" => step(&ev, frame, 1),
        "ArrowUp" => step(&ev, frame, -1),
        _ => {}
    };
    let leave = move |ev: web_sys::FocusEvent| {
        // Another window or tab took the focus; it comes back to where it was.
        if !document().has_focus().unwrap_or(true) {
            return;
        }
        let to = ev.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        if frame.get_untracked().is_some_and(|frame| !frame.contains(to.as_ref())) {
            open.set(false);
        }
    };
    let list = move || {
        // What they are computed from may change while the menu is open: it stays as it was opened.
        let shown = open.get().then(|| untrack(|| items.run(())))?;
        let rows = shown.into_iter().enumerate();
        let rows = rows.map(|(at, item)| row(format!("{menu_id}-{at}"), item, open)).collect_view();
        Some(view! { <ul role="menu">{rows}</ul> })
    };
    view! {
        <div class=class node_ref=frame on:keydown=on_key on:focusout=leave>
            <button type="button" id=button_id class=look.map(Look::class) aria-haspopup="menu" aria-label=label
                aria-keyshortcuts=(!key.is_empty()).then_some(key)
                aria-expanded=move || if open.get() { "true" } else { "false" } on:click=toggle>{children()}</button>
            {live(list)}
        </div>
    }
    .into_any()
}

/// One item of the menu.
fn row(id: String, item: MenuItem, open: RwSignal<bool>) -> AnyView {
    let MenuItem { label, href, on_press, detail, current, why_not } = item;
    if let Some(why) = why_not {
        let shown = why.clone();
        return view! {
            <li role="none">
                <button type="button" role="menuitem" id=id tabindex="-1" aria-disabled="true" aria-description=why>
                    {label}<span class="sub always" aria-hidden="true">{shown}</span>
                </button>
            </li>
        }
        .into_any();
    }
    let current = current.then_some("true");
    if let Some(href) = href {
        // A press on any item closes the menu.
        let close = move |_| open.set(false);
        return view! {
            <li role="none">
                <a role="menuitem" id=id tabindex="-1" href=href data-detail=detail.clone() aria-description=detail
                    on:click=close>{label}</a>
            </li>
        }
        .into_any();
    }
    let press = move |_| {
        open.set(false);
        if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <li role="none">
            <button type="button" role="menuitem" id=id tabindex="-1" aria-current=current data-detail=detail.clone()
                aria-description=detail on:click=press>{label}</button>
        </li>
    }
    .into_any()
}

/// Moves the focus one item up or down, wrapping at the ends.
fn step(ev: &KeyboardEvent, frame: NodeRef<html::Div>, by: i32) {
    ev.prevent_default();
    let Some(Ok(all)) = frame.get_untracked().map(|frame| frame.query_selector_all("[role=menuitem]")) else {
        return;
    };
    let items: Vec<_> = (0..all.length()).filter_map(|at| all.get(at)).collect();
    let here = document().active_element();
    let at = items.iter().position(|item| here.as_ref().is_some_and(|here| item.is_same_node(Some(here))));
    let count = i32::try_from(items.len()).unwrap_or(1).max(1);
    let next = at.map_or(0, |at| (i32::try_from(at).unwrap_or(0) + by).rem_euclid(count));
    let found = usize::try_from(next).ok().and_then(|next| items.get(next));
    if let Some(element) = found.and_then(|item| item.dyn_ref::<web_sys::HtmlElement>()) {
        let _ = element.focus();
    }
}
