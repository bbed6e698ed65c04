//! What an action did, in a sentence: with the focus where its list row is gone, else beside the form that did it.

use super::ids::{focus_on, fresh};
use super::live;
use leptos::prelude::*;

/// A sentence that is visible, announced and focused: the next Tab continues from here, not from the top of the page.
///
/// ```ignore
/// <Notice says=say!(queue.approved, name = name)/>
/// ```
#[component]
pub fn Notice(
    /// What happened.
    #[prop(into)]
    says: String,
) -> AnyView {
    let id = fresh("notice");
    focus_on(id.clone());
    view! { <p class="note notice" id=id role="status" tabindex="-1">{says}</p> }.into_any()
}

/// What was said last, visible and announced; the focus stays where it is.
pub fn said(said: RwSignal<Option<String>>) -> AnyView {
    let line = move || said.get().map(|said| view! { <p class="note notice">{said}</p> });
    view! { <div role="status">{live(line)}</div> }.into_any()
}
