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
///
/// A frame may be late on a slow device: a field that somebody went to in the meantime keeps the focus, so that
/// no digit is typed into nothing.
pub fn focus_on(id: impl Into<String>) {
    let id = id.into();
    let before = document().active_element();
    request_animation_frame(move || {
        let now = document().active_element();
        if now != before && now.is_some_and(|now| takes_text(&now)) {
            return;
        }
        let found = document().get_element_by_id(&id);
        if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

fn takes_text(element: &web_sys::Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA")
}
