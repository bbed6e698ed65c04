//! The heading of a screen: names the page and the tab, and takes the focus on arrival.

use crate::text::say;
use leptos::html;
use leptos::prelude::*;
use std::cell::Cell;

thread_local! {
    static ARRIVED: Cell<bool> = const { Cell::new(false) };
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
    Effect::new(move |_| {
        let screen = text.get();
        document().set_title(&say!(shell.title, screen = screen, app = say!(shell.app)));
    });
    Effect::new(move |_| {
        let Some(heading) = node.get() else { return };
        if ARRIVED.replace(true) && !leave_focus {
            let _ = heading.focus();
        }
    });
    view! { <h1 node_ref=node tabindex="-1" class:heard=heard>{text}</h1> }.into_any()
}
