//! Views that follow what they read, compiled once for each kind of view instead of once for each place.

use leptos::prelude::*;
use leptos::reactive::graph::untrack_with_diagnostics;
use leptos::tachys::reactive_graph::SharedReactiveFunction;
use std::sync::{Arc, Mutex};

/// A view that is made anew whenever something it reads changes: for words and figures. Pages and forms take [`swap`].
///
/// ```ignore
/// live(move || count.get().to_string())
/// ```
pub fn live<T>(view: impl FnMut() -> T + Send + 'static) -> AnyView
where
    T: RenderHtml + 'static,
{
    let shared: SharedReactiveFunction<T> = Arc::new(Mutex::new(view));
    shared.into_any()
}

/// A view that is made anew when `which` changes, and for nothing that is read while it is made: a form that is made
/// anew under somebody's hands loses the focus and the digits on their way.
///
/// ```ignore
/// swap(missing, move |missing| if missing { nobody() } else { form() })
/// ```
pub fn swap<K: 'static>(
    which: impl Get<Value = K> + Send + 'static,
    view: impl Fn(K) -> AnyView + Send + 'static,
) -> AnyView {
    live(move || {
        let which = which.get();
        // A development build says on the console where something is read here that is not followed.
        untrack_with_diagnostics(|| view(which))
    })
}

/// Runs something now and whenever what it reads changes; as [`Effect::new`], compiled once.
pub fn effect(run: impl FnMut() + 'static) {
    boxed(Box::new(run));
}

fn boxed(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}
