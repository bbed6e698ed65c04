//! The heading of a screen: names the page and the tab, and takes the focus when the screen opens.

use super::live::effect;
use crate::text::say;
use leptos::html;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};

thread_local! {
    static ARRIVED: Cell<bool> = const { Cell::new(false) };
    static TITLE: RefCell<String> = const { RefCell::new(String::new()) };
    static VEIL: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Replaces the tab title until called with `None`: while the app is locked, a screen title would reveal data.
pub fn veil(title: Option<String>) {
    VEIL.replace(title);
    show_title();
}

fn show_title() {
    let title = VEIL.with_borrow(Clone::clone).unwrap_or_else(|| TITLE.with_borrow(Clone::clone));
    // Before the first screen, the page keeps the title from `index.html`.
    if !title.is_empty() {
        document().set_title(&title);
    }
}

/// The `h1`. On the first page the focus stays where the browser puts it; later pages move it to the heading.
///
/// ```ignore
/// <Heading text=say!(customers.title)/>
/// ```
#[component]
pub fn Heading(
    /// The screen's name.
    #[prop(into)]
    text: Signal<String>,
    /// Hidden visually: for screen readers and the tab title only.
    #[prop(optional)]
    heard: bool,
    /// Leaves the focus alone, because the screen sets it itself.
    #[prop(optional)]
    leave_focus: bool,
) -> AnyView {
    let node = NodeRef::<html::H1>::new();
    effect(move || {
        let screen = text.get();
        TITLE.replace(say!(shell.title, screen = screen, app = say!(shell.app)));
        show_title();
    });
    effect(move || {
        let Some(heading) = node.get() else { return };
        if ARRIVED.replace(true) && !leave_focus {
            let _ = heading.focus();
        }
    });
    view! { <h1 node_ref=node tabindex="-1" class:heard=heard>{text}</h1> }.into_any()
}
