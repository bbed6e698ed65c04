//! Breadcrumbs: links to the screens above this one; Escape follows the last.

use super::live::live;
use crate::text::say;
use leptos::prelude::*;

/// One breadcrumb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// The target address, as returned by `at`.
    pub href: String,
    /// The label.
    pub label: String,
}

impl Crumb {
    /// A breadcrumb with a target and a label.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into() }
    }
}

/// The screens above this one, the nearest last.
///
/// ```ignore
/// <Crumbs crumbs=vec![Crumb::new(at(Route::Customers), say!(shell.customers))]/>
/// ```
#[component]
pub fn Crumbs(
    /// From the top of the hierarchy to the nearest screen.
    #[prop(into)]
    crumbs: Signal<Vec<Crumb>>,
) -> AnyView {
    let steps = move || {
        let all = crumbs.get();
        let last = all.len();
        let step = |(at, crumb): (usize, Crumb)| {
            let key = (at + 1 == last).then_some("Escape");
            view! { <li><a href=crumb.href aria-keyshortcuts=key>{crumb.label}</a></li> }
        };
        all.into_iter().enumerate().map(step).collect_view()
    };
    view! { <nav class="crumbs" aria-label=say!(parts.you_are_here)><ol>{live(steps)}</ol></nav> }.into_any()
}
