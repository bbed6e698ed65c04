//! A list of an account, drawn in portions: thousands of rows would take the page seconds.

use super::page::AccountMemo;
use crate::components::{Button, Empty, live};
use crate::text::say;
use ledger::view::account::AccountView;
use leptos::prelude::*;

/// Rows at first.
const FIRST: usize = 50;
/// How many times as many each time.
const MORE: usize = 4;

/// The first rows of a list as `table` draws them, and the button that shows more where there are more. Where there are
/// none stand the words of `none`: what is not here, and what would be.
pub fn chunked_list<T: Clone + PartialEq + Send + Sync + 'static>(
    view: AccountMemo,
    list: fn(&AccountView) -> &[T],
    none: fn() -> (String, String),
    table: impl Fn(Vec<T>) -> AnyView + Send + 'static,
) -> AnyView {
    let limit = RwSignal::new(FIRST);
    let rows = Memo::new(move |_| view.with(|view| view.as_deref().map(|view| list(view).to_vec())));
    let count = Memo::new(move |_| rows.with(|rows| rows.as_ref().map_or(0, Vec::len)));
    let first = move |rows: &Vec<T>| rows.iter().take(limit.get()).cloned().collect::<Vec<_>>();
    let list = live(move || match rows.with(|rows| rows.as_ref().map(first)) {
        None => ().into_any(),
        Some(rows) if rows.is_empty() => {
            let (title, says) = none();
            view! { <Empty title=title says=says/> }.into_any()
        }
        Some(rows) => table(rows),
    });
    view! { {list}{more(count, limit)} }.into_any()
}

/// The button that shows more, where there are more.
fn more(count: Memo<usize>, limit: RwSignal<usize>) -> AnyView {
    let more = Memo::new(move |_| count.get() > limit.get());
    let show = move |()| limit.update(|limit| *limit *= MORE);
    let button = move || {
        view! { <div class="actions"><Button label=say!(customers.more) on_press=show/></div> }.into_any()
    };
    (move || more.get().then(button)).into_any()
}
