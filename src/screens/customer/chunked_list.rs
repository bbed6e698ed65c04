//! A list of an account, drawn in chunks: drawing thousands of rows at once would take seconds.

use super::page::AccountMemo;
use crate::components::{Button, Empty, LinkButton, live};
use crate::text::say;
use ledger::view::account::AccountView;
use leptos::prelude::*;

/// The number of rows at first.
const FIRST: usize = 50;
/// The factor by which each further press multiplies the number of rows.
const MORE: usize = 4;

/// The first rows of a list, drawn by `table`, and a button for more rows if there are more. An empty list shows the
/// two texts of `none`: what is missing, and what would be here; and `add`, label and address of the form that adds
/// the first row, on a narrow screen, where the page's actions are in a menu.
pub fn chunked_list<T: Clone + PartialEq + Send + Sync + 'static>(
    view: AccountMemo,
    list: fn(&AccountView) -> &[T],
    none: fn() -> (String, String),
    add: Option<(String, String)>,
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
            let add = add.clone().map(|(label, href)| {
                view! { <span class="narrow"><LinkButton href=href label=label/></span> }
            });
            view! { <Empty title=title says=says>{add}</Empty> }.into_any()
        }
        Some(rows) => table(rows),
    });
    view! { {list}{more(count, limit)} }.into_any()
}

/// The button for more rows, if there are more.
fn more(count: Memo<usize>, limit: RwSignal<usize>) -> AnyView {
    let more = Memo::new(move |_| count.get() > limit.get());
    let show = move |()| limit.update(|limit| *limit *= MORE);
    let button = move || {
        view! { <div class="actions"><Button label=say!(customers.more) on_press=show/></div> }.into_any()
    };
    (move || more.get().then(button)).into_any()
}
