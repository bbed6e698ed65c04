//! The table of orders: a chunk of rows at first, and more when the page is scrolled to its end; the sums in its foot stay.

use super::selection::{Filter, Selection, due, overdue};
use crate::at::at;
use crate::components::{Button, Column, Figure, FigureFormat, Table, Tag, Tone, effect, live};
use crate::screens::at_the_end::at_the_end;
use crate::screens::{context, links};
use crate::session::Session;
use crate::text::{counted, date, money, names, say};
use ledger::date::Date;
use ledger::money::{Currency, Money};
use ledger::view::order::{ListedOrder, OrderRow, OrderState};
use leptos::prelude::*;
use std::sync::Arc;

/// The number of rows at first and in each further chunk.
const CHUNK: usize = 60;

pub(super) fn table(selection: Memo<Selection>, filter: Memo<Filter>) -> AnyView {
    let session = context::session();
    let (currency, today) = (context::currency(session), session.today());
    let limit = RwSignal::new(CHUNK);
    effect(move || {
        filter.track();
        limit.set(CHUNK);
    });
    let more = Memo::new(move |_| selection.with(|selection| selection.rows.len() > limit.get()));
    at_the_end(move || {
        if more.try_get_untracked() == Some(true) {
            limit.update(|limit| *limit += CHUNK);
        }
    });
    let columns = vec![
        Column::new(say!(orders.order)).wide(),
        Column::new(say!(orders.date)).wide(),
        Column::new(say!(orders.customer)),
        Column::new(say!(orders.what)).wide(),
        Column::new(say!(orders.state)).wide(),
        Column::new(say!(orders.by)).wide(),
        Column::num(say!(orders.amount)).wide(),
        Column::num(say!(orders.owed)),
        Column::new(say!(orders.due)).wide(),
    ];
    let each = move || {
        let today = today.get();
        selection.with(|selection| {
            let shown = selection.rows.iter().take(limit.get());
            shown.map(|order| (today, Arc::clone(order))).collect::<Vec<_>>()
        })
    };
    // The key contains every value that changes, so that a changed row is drawn again.
    let key = |(today, order): &(Date, Arc<ListedOrder>)| {
        let row = &order.row;
        (row.id.clone(), row.no.clone(), row.owed, row.credited, row.due, *today)
    };
    let unit = currency.clone();
    let line = move |(today, order): (Date, Arc<ListedOrder>)| line(session, &order, &unit, today);
    let foot = foot(selection, &currency);
    view! {
        <Table caption=say!(orders.title) columns=columns class="all-orders" foot=foot><For each=each key=key children=line/></Table>
        {move || more.get().then(|| view! {
            <div class="actions"><Button label=say!(orders.more) on_press=move |()| limit.update(|limit| *limit += CHUNK)/></div>
        })}
    }
    .into_any()
}

fn line(session: Session, order: &ListedOrder, currency: &Currency, today: Date) -> AnyView {
    let ListedOrder { customer, row } = order;
    let (no, on) = (row.no.clone().unwrap_or_default(), date::short(row.on, today));
    let (name, by) =
        untrack(|| (context::customer_name(session, customer), context::staff(session, &row.actor)));
    let href = at(links::order(customer, &row.id));
    let sub = [&no, &on, &row.what, &by].into_iter().filter(|text| !text.is_empty());
    let sub = sub.map(String::as_str).collect::<Vec<_>>().join(" · ");
    let owes = if row.owed.is_positive() { "num strong" } else { "num" };
    view! {
        <tr>
            <td class="wide"><a href=href.clone()>{no}</a></td>
            <td class="wide date">{on}</td>
            <th scope="row" class="cut"><a class="plain" href=href>{name}</a><span class="sub cut">{sub}</span></th>
            <td class="wide cut muted">{row.what.clone()}</td>
            <td class="wide">{tag(row, today)}</td>
            <td class="wide cut muted">{by}</td>
            <td class="num wide"><Figure amount=Some(row.amount) currency=currency.clone()/></td>
            <td class=owes>
                <Figure amount=Some(row.owed) currency=currency.clone() format=FigureFormat::Dash/>
                <span class="sub">{due_words(row, today)}</span>
            </td>
            <td class="wide date">{due_date(row, today)}</td>
        </tr>
    }
    .into_any()
}

/// The state; *overdue* has precedence. It is never blank.
fn tag(row: &OrderRow, today: Date) -> AnyView {
    let days = overdue(row, today);
    if days > 0 {
        return view! { <Tag text=counted!(orders.overdue, days) tone=Tone::Warn/> }.into_any();
    }
    let is_credited = row.state == OrderState::Unpaid && !(row.credited + row.written_off).is_zero();
    let words = if is_credited { say!(orders.part_credited) } else { names::order_state(row.state) };
    let tone = if row.state == OrderState::Paid { Tone::In } else { Tone::Plain };
    view! { <Tag text=words tone=tone/> }.into_any()
}

/// When what is owed is due; nothing for a paid order.
fn due_date(row: &OrderRow, today: Date) -> Option<AnyView> {
    let due = row.owed.is_positive().then(|| due(row))?;
    Some(match due == today {
        true => view! { <b>{say!(orders.today)}</b> }.into_any(),
        false => date::short(due, today).into_any(),
    })
}

fn due_words(row: &OrderRow, today: Date) -> AnyView {
    if overdue(row, today) > 0 || !row.owed.is_positive() {
        return tag(row, today);
    }
    say!(orders.due_on, date = date::short(due(row), today)).into_any()
}

/// The sums under their own columns.
fn foot(selection: Memo<Selection>, currency: &Currency) -> AnyView {
    let sum = |of: fn(&Selection) -> Money| {
        let currency = currency.clone();
        live(move || money::figure(selection.with(of), &currency))
    };
    let late = {
        let currency = currency.clone();
        move || {
            let late = selection.with(|selection| selection.overdue);
            let words = || say!(orders.overdue_sum, amount = money::figure(late, &currency));
            late.is_positive().then(|| view! { <span class="late">{words()}</span> })
        }
    };
    let count = move || counted!(orders.count, selection.with(|selection| selection.rows.len()));
    view! {
        <tr>
            <td class="wide" colspan="2">{live(count)}</td>
            <td><span class="sub">{live(count)}</span>{live(late)}</td>
            <td class="wide" colspan="3"></td>
            <td class="num wide">{sum(|selection| selection.amount)}</td>
            <td class="num">{sum(|selection| selection.owed)}</td>
            <td class="wide"></td>
        </tr>
    }
    .into_any()
}
