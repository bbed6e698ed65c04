//! Guards against double clicks: the later clicks of a series do not act on an element that moved under the
//! pointer after the first click.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::Element;

/// The elements that are guarded. Checkboxes are not: clicking one twice only toggles it twice, and a click on its
/// label is followed by a click on the box.
const PRESSED: &str = "a, button, summary";

thread_local! {
    static FIRST: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Listens in the capture phase until the page is closed. An element that does not move gets every click of a
/// series, so two fast clicks add two lines.
pub fn guard() {
    let listener = Closure::<dyn FnMut(MouseEvent)>::new(|ev: MouseEvent| {
        if is_stray(&ev) {
            ev.stop_immediate_propagation();
            ev.prevent_default();
        }
    });
    // If the listener cannot be added, every click acts, as it does by default.
    let _ =
        window().add_event_listener_with_callback_and_bool("click", listener.as_ref().unchecked_ref(), true);
    listener.forget();
}

/// Whether a click belongs to a series that began on another element. Clicks from the keyboard have `detail` 0 and
/// belong to no series.
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
