//! Ids that tie labels to fields, and moving the focus to one.

use leptos::prelude::*;
use std::cell::Cell;
use wasm_bindgen::JsCast;

thread_local! {
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// An id no other element of this page has.
pub(super) fn fresh(prefix: &str) -> String {
    let next = LAST.get().wrapping_add(1);
    LAST.set(next);
    format!("{prefix}-{next}")
}

/// Moves the focus to the element of that id, once what is being drawn is drawn.
pub fn focus_on(id: impl Into<String>) {
    let id = id.into();
    request_animation_frame(move || {
        let found = document().get_element_by_id(&id);
        if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}
