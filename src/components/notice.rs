//! The result of an action on a list row: the row is gone, so this sentence takes the focus.

use super::ids::{focus_on, fresh};
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
