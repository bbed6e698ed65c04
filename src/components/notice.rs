//! What came of a press on a list: the row is gone, so the sentence about it takes the focus.

use super::ids::{focus_on, fresh};
use leptos::prelude::*;

/// A sentence that is seen, heard and stood on: the next Tab goes on from here, not from the top of the page.
///
/// ```ignore
/// <Told says=say!(queue.approved, name = name)/>
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
