//! The number of items behind a link.

use crate::text::say;
use leptos::prelude::*;

/// A number; hidden while it is zero. Screen readers announce it with its meaning.
///
/// ```ignore
/// <Count count=waiting/>
/// ```
#[component]
pub fn Count(
    /// The number of items.
    #[prop(into)]
    count: Signal<usize>,
) -> AnyView {
    let some = move || {
        let count = count.get();
        let heard = say!(shell.waiting, count = count);
        (count > 0).then(|| view! { <span class="count" role="img" aria-label=heard>{count}</span> })
    };
    some.into_any()
}
