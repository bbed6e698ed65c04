//! Ids that link labels to fields, and moving the focus to an id.

use leptos::prelude::*;
use std::cell::Cell;
use wasm_bindgen::JsCast;

thread_local! {
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// An id that is unique on this page.
pub(super) fn fresh(prefix: &str) -> String {
    let next = LAST.get().wrapping_add(1);
    LAST.set(next);
    format!("{prefix}-{next}")
}

/// Moves the focus to the element with that id, after the current changes are rendered.
///
/// A frame may be late on a slow device. If the user has moved to another field in the meantime, that field keeps the
/// focus, so that no digit is lost.
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
