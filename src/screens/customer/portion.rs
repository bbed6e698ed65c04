//! A portion of a long list: thousands of rows would take the page seconds to draw.

use crate::components::Button;
use crate::text::say;
use leptos::prelude::*;

/// Rows at first.
const FIRST: usize = 50;
/// How many times as many each time.
const MORE: usize = 4;

/// How many rows of a list stand in the page.
#[derive(Clone, Copy)]
pub struct Portion(RwSignal<usize>);

impl Portion {
    /// The first few.
    pub fn new() -> Self {
        Self(RwSignal::new(FIRST))
    }

    /// Those that are shown, tracked.
    pub fn of<T>(self, mut rows: Vec<T>) -> Vec<T> {
        rows.truncate(self.0.get());
        rows
    }

    /// The button that shows more, where there are more.
    pub fn more(self, count: impl Fn() -> usize + Send + Sync + 'static) -> AnyView {
        let more = Memo::new(move |_| count() > self.0.get());
        let show = move |()| self.0.update(|shown| *shown *= MORE);
        let button = move || {
            view! { <div class="actions"><Button label=say!(customers.more) on_press=show/></div> }.into_any()
        };
        (move || more.get().then(button)).into_any()
    }
}
