//! The way back up; Escape follows its last step.

use super::live::live;
use crate::text::say;
use leptos::prelude::*;

/// One step up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// Where it leads, through `at`.
    pub href: String,
    /// What it is called.
    pub label: String,
}

impl Crumb {
    /// A step up.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into() }
    }
}

/// The screens above this one, the nearest last.
///
/// ```ignore
/// <Crumbs crumbs=vec![Crumb::new(at("/customers"), say!(shell.customers))]/>
/// ```
#[component]
pub fn Crumbs(
    /// From the farthest to the nearest.
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
