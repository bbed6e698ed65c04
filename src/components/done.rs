//! A confirmation, shown and announced once the entries are on disk.

use super::ids::{focus_on, fresh};
use leptos::prelude::*;

/// A confirmation panel; takes the focus when it appears.
///
/// ```ignore
/// <Done title=say!(payment.recorded, no = no)><Changes rows=rows/></Done>
/// ```
#[component]
pub fn Done(
    /// What was recorded.
    #[prop(into)]
    title: Signal<String>,
    /// The figures before and after, and links to what can be done next.
    children: Children,
) -> AnyView {
    let id = fresh("done");
    let heading = format!("{id}-title");
    let named = heading.clone();
    focus_on(id.clone());
    view! {
        <section class="done stack close" id=id tabindex="-1" role="status" aria-labelledby=named>
            <h2 id=heading>{title}</h2>
            {children()}
        </section>
    }
    .into_any()
}
