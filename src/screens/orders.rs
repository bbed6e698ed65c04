//! Unpaid orders by account: who owes how much, and since when.

use crate::at::at;
use crate::components::{Button, Column, Empty, Figure, Heading, LinkButton, Look, Table, Tag, Tone};
use crate::components::{live, swap};
use crate::route::Route;
use crate::session::{CustomerList, Session};
use crate::sort::sort_by_key;
use crate::text::{counted, date, say};
use ledger::date::Date;
use ledger::money::Currency;
use ledger::view::customer::CustomerRow;
use leptos::prelude::*;

/// The number of rows at first and in each further chunk.
const CHUNK: usize = 60;

/// The accounts with a balance, earliest due date first.
#[component]
pub fn Orders() -> AnyView {
    let session = expect_context::<Session>();
    let (customers, shop, today) = (session.customers(), session.shop(), session.today());
    let owing = Memo::new(move |_| customers.with(|all| owing(all)));
    let some = Memo::new(move |_| owing.with(|owing| !owing.is_empty()));
    let table = move || {
        let currency = shop.with_untracked(|shop| shop.as_ref().and_then(|shop| shop.currency.clone()))?;
        Some(table(owing, currency, today))
    };
    view! {
        <div class="head">
            <Heading text=say!(orders.title)/>
            <LinkButton href=at(Route::AddOrder) label=say!(orders.add) look=Look::Primary key="O"/>
        </div>
        {swap(some, move |some| if some { table().into_any() } else { none() })}
    }
    .into_any()
}

/// The customers who owe, by the earliest due date, then by name.
fn owing(all: &CustomerList) -> Vec<CustomerRow> {
    let mut owing: Vec<_> = all.iter().filter(|row| row.owed.is_positive()).cloned().collect();
    sort_by_key(&mut owing, |row| row.oldest_due);
    owing
}

fn none() -> AnyView {
    view! { <Empty title=say!(orders.none) says=say!(orders.none_says)/> }.into_any()
}

fn table(owing: Memo<Vec<CustomerRow>>, currency: Currency, today: Signal<Date>) -> AnyView {
    let limit = RwSignal::new(CHUNK);
    let more = Memo::new(move |_| owing.with(Vec::len) > limit.get());
    let columns = vec![
        Column::new(say!(orders.customer)),
        Column::new(say!(orders.since)).wide(),
        Column::new(say!(orders.state)).heard().wide(),
        Column::num(say!(orders.owed)),
    ];
    let rows = move || {
        let shown = owing.with(|all| all.iter().take(limit.get()).cloned().collect::<Vec<_>>());
        shown.into_iter().map(|row| line(row, &currency, today.get())).collect_view()
    };
    view! {
        <p class="muted">{say!(orders.says)}</p>
        <Table caption=say!(orders.title) columns=columns>{live(rows)}</Table>
        {move || more.get().then(|| view! {
            <div class="actions"><Button label=say!(orders.more) on_press=move |()| limit.update(|limit| *limit += CHUNK)/></div>
        })}
    }
    .into_any()
}

fn line(row: CustomerRow, currency: &Currency, today: Date) -> AnyView {
    let href = at(Route::Customer(row.id.clone()));
    let since = row.oldest_due.map(|due| date::short(due, today));
    let overdue = row.oldest_due.map_or(0, |due| due.days_until(today));
    let tag =
        || (overdue > 0).then(|| view! { <Tag text=counted!(orders.overdue, overdue) tone=Tone::Warn/> });
    view! {
        <tr>
            <th scope="row"><a href=href>{row.name}</a><span class="sub">{since.clone()}" "{tag()}</span></th>
            <td class="wide">{since}</td>
            <td class="wide">{tag()}</td>
            <td class="num"><Figure amount=Some(row.owed) currency=currency.clone()/></td>
        </tr>
    }
    .into_any()
}
