//! The heading of a screen: names the page and the tab, and takes the focus on arrival.

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

/// Names the tab otherwise until it is taken away: the name of a screen says too much while nobody may read it.
pub fn veil(title: Option<String>) {
    VEIL.replace(title);
    show_title();
}

fn show_title() {
    let title = VEIL.with_borrow(Clone::clone).unwrap_or_else(|| TITLE.with_borrow(Clone::clone));
    // Before the first screen the page has a title of its own.
    if !title.is_empty() {
        document().set_title(&title);
    }
}

/// The `h1`. The first page shown leaves the focus where the browser puts it; later ones take it.
///
/// ```ignore
/// <Heading text=say!(customers.title)/>
/// ```
#[component]
pub fn Heading(
    /// The screen's name.
    #[prop(into)]
    text: Signal<String>,
    /// Only for screen readers and the tab.
    #[prop(optional)]
    heard: bool,
    /// The screen puts the focus elsewhere itself.
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
