//! The placeholder for an empty list: what would be here, and one action that adds it.

use leptos::prelude::*;

/// An empty state.
///
/// ```ignore
/// <Empty title=say!(orders.none) says=say!(orders.none_hint)><LinkButton …/></Empty>
/// ```
#[component]
pub fn Empty(
    /// What is missing.
    #[prop(into)]
    title: Signal<String>,
    /// What would be here.
    #[prop(into)]
    says: Signal<String>,
    /// The action.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    view! { <div class="empty"><h2>{title}</h2><p>{says}</p>{children.map(|action| action())}</div> }
        .into_any()
}
