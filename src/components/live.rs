//! Reactive views, compiled once for each type of view instead of once for each call.

use leptos::prelude::*;
use leptos::reactive::graph::untrack_with_diagnostics;
use leptos::tachys::reactive_graph::SharedReactiveFunction;
use std::sync::{Arc, Mutex};

/// A view that is rebuilt whenever a signal it reads changes: for text and figures. Pages and forms use [`swap`].
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

/// A view that is rebuilt only when `which` changes, not when a signal read while building changes: a form that is
/// rebuilt while the user types loses the focus and the digits typed last.
///
/// ```ignore
/// swap(missing, move |missing| if missing { not_found() } else { form() })
/// ```
pub fn swap<K: 'static>(
    which: impl Get<Value = K> + Send + 'static,
    view: impl Fn(K) -> AnyView + Send + 'static,
) -> AnyView {
    live(move || {
        let which = which.get();
        // In a development build, reading an untracked signal here writes a warning to the console.
        untrack_with_diagnostics(|| view(which))
    })
}

/// Runs a closure now and whenever a signal it reads changes; like [`Effect::new`], but compiled once.
pub fn effect(run: impl FnMut() + 'static) {
    boxed(Box::new(run));
}

fn boxed(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}
