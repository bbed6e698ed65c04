//! How many things wait behind a link.

use crate::text::say;
use leptos::prelude::*;

/// A count; nothing while it is zero. It is heard with its meaning.
///
/// ```ignore
/// <Count count=waiting/>
/// ```
#[component]
pub fn Count(
    /// How many.
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
