//! The list of customers: search, first letters, and what each customer owes and holds.

mod filter;
mod letters;
mod list;

use crate::at::at;
use crate::components::{Empty, Heading, LinkButton, Look, swap};
use crate::route::Route;
use crate::screens::import::offer;
use crate::session::Session;
use crate::text::say;
use filter::CustomerFilter;
use leptos::prelude::*;

/// The screen at `/customers`.
#[component]
pub fn Customers() -> AnyView {
    let customers = expect_context::<Session>().customers();
    let filter = CustomerFilter { text: RwSignal::new(String::new()), letter: RwSignal::new(None) };
    let none = Memo::new(move |_| customers.with(|all| all.count() == 0));
    view! {
        <div class="head">
            <Heading text=say!(customers.title)/>
            <div class="row even">
                <LinkButton href=at(Route::Statements) label=say!(paper.statements)/>
                <LinkButton href=at(Route::AddCustomer) label=say!(customers.add) look=Look::Primary/>
            </div>
        </div>
        {swap(none, move |none| if none { empty() } else { full(filter) })}
    }
    .into_any()
}

fn empty() -> AnyView {
    view! {
        <Empty title=say!(customers.none) says=say!(customers.none_says)>{offer(say!(import.offer))}</Empty>
    }
    .into_any()
}

fn full(filter: CustomerFilter) -> AnyView {
    let type_in = move |value: String| {
        filter.letter.set(None);
        filter.text.set(value);
    };
    view! {
        <div class="filter">
            <input class="input" type="search" id="search" aria-label=say!(customers.search) aria-keyshortcuts="/"
                placeholder=say!(customers.search_placeholder) autocomplete="off" spellcheck="false"
                prop:value=filter.text on:input:target=move |ev| type_in(ev.target().value())/>
            {letters::letters(filter)}
        </div>
        {list::list(filter)}
    }
    .into_any()
}
