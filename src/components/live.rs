//! Views that follow what they read, compiled once for each kind of view instead of once for each place.

use leptos::prelude::*;
use leptos::tachys::reactive_graph::SharedReactiveFunction;
use std::sync::{Arc, Mutex};

/// A view that is made anew whenever something it reads changes.
///
/// ```ignore
/// live(move || if missing.get() { nobody() } else { form() })
/// ```
pub fn live<T>(view: impl FnMut() -> T + Send + 'static) -> AnyView
where
    T: RenderHtml + 'static,
{
    let shared: SharedReactiveFunction<T> = Arc::new(Mutex::new(view));
    shared.into_any()
}

/// Runs something now and whenever what it reads changes; as [`Effect::new`], compiled once.
pub fn effect(run: impl FnMut() + 'static) {
    boxed(Box::new(run));
}

fn boxed(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}
