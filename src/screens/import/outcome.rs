//! What would be recorded: counts, the first rows as they are understood, and every line that is left out.

use super::state::ImportState;
use crate::components::{Button, CheckCard, Column as TableColumn, Look, Table, live, swap};
use crate::import::{Found, Kind, LineFlaw, Ready};
use crate::screens::{context, items};
use crate::text::{counted, date, import as words, money, say};
use ledger::rules::{Act, Command};
use leptos::prelude::*;
use std::sync::Arc;

/// The rows that are shown as examples.
const FIRST: usize = 5;
/// The number of lines at first and in each further chunk.
const CHUNK: usize = 50;

/// The section.
pub(super) fn outcome(state: ImportState) -> AnyView {
    let checking = move || {
        let (done, all) = (state.checking.get()?, state.table()?.rows.len());
        Some(view! {
            <progress max=all.to_string() value=done.to_string() aria-label=say!(import.outcome)></progress>
            <p>{say!(import.checking, done = done, all = all)}</p>
        })
    };
    let found =
        move |found: Option<Arc<Found>>| found.map_or_else(|| ().into_any(), |found| shown(state, &found));
    view! {
        <section class="stack close">
            <h2>{say!(import.outcome)}</h2>
            {live(checking)}
            {swap(state.found, found)}
        </section>
    }
    .into_any()
}

fn shown(state: ImportState, found: &Arc<Found>) -> AnyView {
    let kind = state.kind();
    let asks = !found.alike.is_empty() || state.adds_alike.get_untracked();
    let alike = asks.then(|| {
        view! {
            <CheckCard id="f-alike" label=say!(import.add_alike) hint=say!(import.add_alike_hint) checked=state.adds_alike/>
        }
    });
    view! {
        <div role="status"><ul class="stack close counts">{counts(kind, found)}</ul></div>
        {(!found.ready.is_empty()).then(|| first_rows(state, kind, found))}
        {list(state, say!(import.problems), found, |found| &found.flaws)}
        {list(state, say!(import.alike_rows), found, |found| &found.alike)}
        {alike}
    }
    .into_any()
}

fn counts(kind: Kind, found: &Found) -> AnyView {
    let count = found.ready.len();
    let ready = match (kind, count) {
        (_, 0) => say!(import.nothing),
        (Kind::Customers, _) => counted!(import.ready_customers, count),
        (Kind::Orders, _) => counted!(import.ready_orders, count),
        (Kind::Credits, _) => counted!(import.ready_credits, count),
        (Kind::Items, _) => counted!(import.ready_items, count),
    };
    let here = (found.here > 0).then(|| counted!(import.here, found.here));
    let bad = (!found.flaws.is_empty()).then(|| counted!(import.bad, found.flaws.len()));
    let alike = (!found.alike.is_empty()).then(|| counted!(import.alike, found.alike.len()));
    view! {
        <li class="lead">{ready}</li>
        {here.map(|says| view! { <li>{says}</li> })}
        {bad.map(|says| view! { <li class="note warn">{says}</li> })}
        {alike.map(|says| view! { <li class="note warn">{says}</li> })}
    }
    .into_any()
}

fn first_rows(state: ImportState, kind: Kind, found: &Found) -> AnyView {
    let names: &[fn() -> String] = match kind {
        Kind::Customers => &[|| say!(import.name), || say!(import.phone), || say!(import.email)],
        Kind::Orders => &[|| say!(import.customer), || say!(import.on), || say!(import.due)],
        Kind::Credits => &[|| say!(import.customer), || say!(import.on), || say!(import.note)],
        Kind::Items => &[|| say!(import.name), || say!(import.code), || say!(import.tax)],
    };
    let mut columns: Vec<TableColumn> = (0..).zip(names).map(|(at, name)| heading(name(), at > 0)).collect();
    match kind {
        Kind::Customers => {}
        Kind::Orders | Kind::Credits => columns.push(TableColumn::num(say!(import.amount))),
        Kind::Items => columns.push(TableColumn::num(say!(import.price))),
    }
    let rows = found.ready.iter().take(FIRST).map(|ready| first_row(state, ready)).collect_view();
    view! {
        <h3>{say!(import.first_rows)}</h3>
        <Table caption=say!(import.first_rows) columns=columns>{rows}</Table>
    }
    .into_any()
}

fn heading(name: String, wide: bool) -> TableColumn {
    let column = TableColumn::new(name);
    if wide { column.wide() } else { column }
}

/// The row as its command says it: dates with the month as a word, amounts with the shop's marks.
fn first_row(state: ImportState, ready: &Ready) -> AnyView {
    let session = state.session;
    let (currency, today) = (context::currency(session), session.today().get_untracked());
    let Command { customer, on, act, .. } = &ready.command;
    let who = customer.as_ref().map(|id| untrack(|| context::customer_name(session, id))).unwrap_or_default();
    let on = on.map(|on| date::short(on, today)).unwrap_or_else(|| say!(names.today));
    let has_no_price = matches!(act, Act::SetItem(item) if item.price.is_none());
    let (name, second, third, amount) = if let Act::AddCustomer(added) = act {
        let (phone, email) = (added.phone.clone(), added.email.clone());
        (added.name.clone(), phone.unwrap_or_default(), email.unwrap_or_default(), None)
    } else if let Act::PlaceOrder(order) = act {
        let due = order.due.map(|due| date::short(due, today)).unwrap_or_default();
        (who, on, due, order.lines.first().map(|line| line.unit))
    } else if let Act::GrantCredit(credit) = act {
        (who, on, credit.note.clone().unwrap_or_default(), Some(credit.amount))
    } else if let Act::SetItem(item) = act {
        let code = item.code.clone().unwrap_or_default();
        (item.name.clone(), code, items::tax(item), Some(item.price.unwrap_or_default()))
    } else {
        (who, on, String::new(), None)
    };
    let sub = [second.clone(), third.clone()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <tr>
            <th scope="row">{name}<span class="sub">{sub}</span></th>
            <td class="wide">{second}</td>
            <td class="wide">{third}</td>
            {amount.map(|amount| {
                let figure = if has_no_price { money::DASH.into() } else { money::figure(amount, &currency) };
                view! { <td class="num">{figure}</td> }
            })}
        </tr>
    }
    .into_any()
}

/// The lines that are left out, a chunk at a time; nothing if there are none.
fn list(
    state: ImportState,
    title: String,
    found: &Arc<Found>,
    which: fn(&Found) -> &Vec<LineFlaw>,
) -> AnyView {
    let count = which(found).len();
    if count == 0 {
        return ().into_any();
    }
    let limit = RwSignal::new(CHUNK);
    let (found, currency) = (Arc::clone(found), context::currency(state.session));
    let rows = move || {
        let dates = state.reading.get_untracked().dates;
        let row = |found: &LineFlaw| {
            let (line, says) = (found.line, words::flaw(&found.flaw, dates, &currency));
            view! { <tr><th scope="row" class="num">{line}</th><td>{says}</td></tr> }
        };
        which(&found).iter().take(limit.get()).map(row).collect_view()
    };
    let columns = vec![TableColumn::num(say!(import.line)), TableColumn::new(say!(import.problem))];
    view! {
        <h3>{title.clone()}</h3>
        <Table caption=title columns=columns class="dense lines">{live(rows)}</Table>
        {move || (limit.get() < count).then(|| view! {
            <div><Button label=say!(import.more) on_press=move |()| limit.update(|limit| *limit += CHUNK)/></div>
        })}
    }
    .into_any()
}

/// The button that records what is ready.
pub(super) fn start(state: ImportState) -> AnyView {
    let ready =
        Memo::new(move |_| state.found.with(|found| found.as_ref().map_or(0, |found| found.ready.len())));
    let label = move || match state.kind() {
        Kind::Customers => counted!(import.start_customers, ready.get()),
        Kind::Orders => counted!(import.start_orders, ready.get()),
        Kind::Credits => counted!(import.start_credits, ready.get()),
        Kind::Items => counted!(import.start_items, ready.get()),
    };
    let button = move |count: usize| {
        if count == 0 {
            return ().into_any();
        }
        view! { <Button label=Signal::derive(label) look=Look::Primary on_press=move |()| state.start()/> }
            .into_any()
    };
    view! { <span>{swap(ready, button)}</span> }.into_any()
}
