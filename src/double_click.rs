//! A double click is one press: it acts on what its first click hit, and on nothing that slid under the pointer since.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::Element;

/// What one press acts on. A box is ticked and unticked by the same press, and its label clicks for it.
const PRESSED: &str = "a, button, summary";

thread_local! {
    static FIRST: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Listens as long as the page lives, before anything that is clicked hears of it. What stays in its place takes
/// every click of a series: adding two lines is two clicks.
pub fn guard() {
    let listener = Closure::<dyn FnMut(MouseEvent)>::new(|ev: MouseEvent| {
        if is_stray(&ev) {
            ev.stop_immediate_propagation();
            ev.prevent_default();
        }
    });
    // Without the listener every click counts, which is what a browser does by itself.
    let _ =
        window().add_event_listener_with_callback_and_bool("click", listener.as_ref().unchecked_ref(), true);
    listener.forget();
}

/// Whether a click belongs to a series that began on something else. Keys click with no series at all.
fn is_stray(ev: &MouseEvent) -> bool {
    let target = ev.target().and_then(|target| target.dyn_into::<Element>().ok());
    let hit = target.and_then(|target| target.closest(PRESSED).ok().flatten());
    match ev.detail() {
        0 => false,
        1 => {
            FIRST.replace(hit);
            false
        }
        _ => hit.is_some() && FIRST.with_borrow(|first| *first != hit),
    }
}
