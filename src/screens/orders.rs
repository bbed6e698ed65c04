//! All orders: which are unpaid, overdue, due soon or paid, with their sums.

mod selection;
mod table;

use crate::at::at;
use crate::components::{
    Button, DateField, Empty, ErrorSummary, Heading, LinkButton, Look, Problem, Tab, TabPanel, Tabs, swap,
};
use crate::route::{Query, Route};
use crate::screens::context;
use crate::text::{fault::fault, say};
use ledger::date::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;
use selection::{Filter, OrderFilter, Selection, Span};
use std::sync::Arc;

/// The screen at `/orders`.
#[component]
pub fn Orders() -> AnyView {
    let session = context::session();
    let problems = RwSignal::new(Vec::new());
    spawn_local(async move {
        if let Err(why) = session.read_orders().await {
            problems.try_set(vec![Problem::whole(fault(&why))]);
        }
    });
    let orders = session.orders();
    // Nothing is said before it is known.
    let some = Memo::new(move |_| orders.with(|orders| orders.as_ref().map(|orders| !orders.is_empty())));
    view! {
        <div class="head">
            <Heading text=say!(orders.title)/>
            <LinkButton href=at(Route::AddOrder) label=say!(orders.add) look=Look::Primary key="O"/>
        </div>
        <ErrorSummary problems=problems/>
        {swap(some, move |some| match some {
            None => view! { <p class="muted" role="status">{say!(orders.reading)}</p> }.into_any(),
            Some(false) => view! { <Empty title=say!(orders.none) says=say!(orders.none_says)/> }.into_any(),
            Some(true) => list(),
        })}
    }
    .into_any()
}

fn list() -> AnyView {
    let session = context::session();
    let (orders, customers, today) = (session.orders(), session.customers(), session.today());
    let asked = context::query(Query::Tab);
    let filter = Memo::new(move |_| {
        asked.with(|asked| asked.as_deref().and_then(Filter::named)).unwrap_or(Filter::Unpaid)
    });
    let (span, text) = (RwSignal::new(Span::Any.key().to_owned()), RwSignal::new(String::new()));
    let between = Between { first: RwSignal::new(String::new()), last: RwSignal::new(String::new()) };
    let selection = Memo::new(move |_| {
        let wanted = OrderFilter {
            filter: filter.get(),
            days: match Span::named(&span.read()) {
                Span::Between => between.days(),
                span => span.days(today.get()),
            },
            text: text.get(),
            today: today.get(),
        };
        orders.with(|orders| {
            let all = orders.as_ref().map(Arc::clone).unwrap_or_default();
            customers.with(|customers| Selection::of(&all, &wanted, customers))
        })
    });
    let tab = move |one: Filter| Tab {
        key: one.key().into(),
        label: one.label(),
        count: Signal::derive(move || Some(selection.with(|selection| selection.count(one)))),
        href: at(Route::Orders.with(Query::Tab, one.key())),
        shortcut: "",
    };
    let tabs = Filter::ALL.into_iter().map(tab).collect();
    let key = Signal::derive(move || filter.get().key().to_owned());
    let some = Memo::new(move |_| selection.with(|selection| !selection.rows.is_empty()));
    let all = move |()| {
        text.set(String::new());
        span.set(Span::Any.key().to_owned());
        between.first.set(String::new());
        between.last.set(String::new());
        context::router().go(Route::Orders.with(Query::Tab, Filter::All.key()));
    };
    view! {
        <div class="order-filter">
            <Tabs label=say!(orders.show) tabs=tabs current=key/>
            <div class="order-tools">{find(text)}{spans(span)}</div>
        </div>
        {between.fields(span)}
        <TabPanel current=key>
            {swap(some, move |some| match some {
                true => table::table(selection, filter),
                false => view! {
                    <Empty title=say!(orders.none_fits) says=say!(orders.none_fits_says)>
                        <Button label=say!(orders.show_all) on_press=all/>
                    </Empty>
                }
                .into_any(),
            })}
        </TabPanel>
    }
    .into_any()
}

fn find(text: RwSignal<String>) -> AnyView {
    view! {
        <input class="input" type="search" id="search" aria-label=say!(orders.find) aria-keyshortcuts="/"
            placeholder=say!(orders.find) autocomplete="off" spellcheck="false"
            prop:value=text on:input:target=move |ev| text.set(ev.target().value())/>
    }
    .into_any()
}

fn spans(span: RwSignal<String>) -> AnyView {
    let option = move |one: Span| {
        let chosen = move || span.with(|span| span == one.key());
        view! { <option value=one.key() selected=chosen>{one.label()}</option> }
    };
    let options = Span::ALL.into_iter().map(option).collect_view();
    view! {
        <select class="input" aria-label=say!(orders.ordered) on:change:target=move |ev| span.set(ev.target().value())>
            {options}
        </select>
    }
    .into_any()
}

/// The two days between which orders were placed, as typed; both count.
#[derive(Clone, Copy)]
struct Between {
    first: RwSignal<String>,
    last: RwSignal<String>,
}

impl Between {
    /// The days; `None` for one that is not typed.
    fn days(self) -> (Option<Date>, Option<Date>) {
        (Date::parse(&self.first.read()), Date::parse(&self.last.read()))
    }

    /// The fields, while this span is chosen.
    fn fields(self, span: RwSignal<String>) -> AnyView {
        let is_chosen = Memo::new(move |_| span.with(|span| Span::named(span) == Span::Between));
        let wrong = Signal::derive(move || match self.days() {
            (Some(first), Some(last)) if last < first => Some(say!(orders.last_before_first)),
            _ => None,
        });
        view! {
            <Show when=move || is_chosen.get()>
                <div class="pair between">
                    <DateField id="f-first" label=say!(orders.first_day) value=self.first/>
                    <DateField id="f-last" label=say!(orders.last_day) value=self.last error=wrong/>
                </div>
            </Show>
        }
        .into_any()
    }
}
