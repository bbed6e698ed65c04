//! Notices when a long list is scrolled to its end.

use leptos::ev;
use leptos::prelude::*;

/// Calls `reached` when the page is scrolled close to its end.
pub fn at_the_end(reached: impl Fn() + 'static) {
    let listener = window_event_listener(ev::scroll, move |_| {
        let Some(page) = document().document_element() else { return };
        if page.scroll_top() + 2 * page.client_height() > page.scroll_height() {
            reached();
        }
    });
    on_cleanup(move || listener.remove());
}
