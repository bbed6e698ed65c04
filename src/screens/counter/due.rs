//! What is due today and in the six days after it: orders and instalments, customer by customer.

use crate::at::at;
use crate::engine::DueRow;
use crate::screens::{context, links};
use crate::session::Session;
use crate::text::{counted, date, money, say};
use ledger::date::Date;
use ledger::money::{Currency, Money};
use leptos::prelude::*;

/// The days after today that belong to this week.
const DAYS: i32 = 6;
/// The most rows shown.
const MOST: usize = 5;

/// The list; nothing while nothing is due.
pub fn due() -> AnyView {
    let session = expect_context::<Session>();
    let rows = Memo::new(move |_| {
        // What customers owe changes with the figures.
        session.figures().track();
        let today = session.today().get();
        session.due(today, today.plus(DAYS))
    });
    let list = move || {
        let (today, rows) = (session.today().get(), rows.get());
        let currency = context::currency(session);
        (!rows.is_empty()).then(|| whole(rows, today, &currency))
    };
    view! { {list} }.into_any()
}

fn whole(rows: Vec<DueRow>, today: Date, currency: &Currency) -> AnyView {
    let sum = |is: fn(Date, Date) -> bool| {
        let due = rows.iter().filter(|row| is(row.on, today)).map(|row| row.amount);
        money::money(due.sum::<Money>(), currency)
    };
    let says = say!(counter.due_sums, today = sum(|on, today| on == today), week = sum(|_, _| true));
    let more = rows.len().saturating_sub(MOST);
    let more =
        (more > 0).then(|| view! { <p class="small muted">{counted!(counter.due_more, more as u64)}</p> });
    let line = |row: DueRow| {
        let when = match row.on == today {
            true => say!(counter.due_today),
            false => say!(counter.due_on, date = date::short(row.on, today)),
        };
        view! {
            <li>
                <div>
                    <p><a href=at(links::customer(&row.customer))>{row.name}</a></p>
                    <p class="small muted">{when}</p>
                </div>
                <b class="num">{money::money(row.amount, currency)}</b>
            </li>
        }
    };
    let lines = rows.into_iter().take(MOST).map(line).collect_view();
    view! {
        <section aria-labelledby="due-now">
            <h2 id="due-now">{say!(counter.due_now)}</h2>
            <p class="small muted">{says}</p>
            <ul class="to-do">{lines}</ul>
            {more}
        </section>
    }
    .into_any()
}
