//! What was recorded: before → after, and what can be done next.

use super::{Door, Last};
use crate::at::at;
use crate::book::{Loaded, Recorded};
use crate::components::{ChangeRow, Changes, Done, Heading, LinkButton, Look};
use crate::screens::{desk, links};
use crate::text::{money, say};
use ledger::body::Body;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::view::payment::PaymentRow;
use leptos::prelude::*;

pub(super) fn done(customer: Id, door: Door, payment: Id, last: Last) -> AnyView {
    let book = desk::book();
    let recorded = last.get_untracked().filter(|all| all.iter().any(|one| named(one, &payment)));
    let account = book.account(customer.clone());
    let row = Memo::new(move |_| match account.get() {
        Loaded::Here(view) => view.payments.iter().find(|row| row.id == payment).cloned(),
        Loaded::NotYet | Loaded::Missing => None,
    });
    (move || panel(&customer, door, row.get(), recorded.as_deref())).into_any()
}

/// Whether an act was recorded by the press of that payment: its own, or one recorded with it.
fn named(one: &Recorded, payment: &Id) -> bool {
    one.id == *payment
        || one.id.as_str().strip_prefix(payment.as_str()).is_some_and(|rest| rest.starts_with('-'))
}

fn panel(customer: &Id, door: Door, row: Option<PaymentRow>, recorded: Option<&[Recorded]>) -> AnyView {
    let book = desk::book();
    let currency = desk::currency(book);
    let name = desk::row(book, customer.clone()).get_untracked().map(|row| row.name).unwrap_or_default();
    let title = title(row.as_ref(), recorded, &currency);
    let rows = recorded.map(|all| changes(all, &name, &currency)).unwrap_or_default();
    let change =
        row.as_ref().and_then(|row| Some(row.tendered? - row.amount)).filter(|left| left.is_positive());
    let change = change.map(|left| {
        view! { <p class="change"><b>{say!(pay.done_change, amount = money::money(left, &currency))}</b></p> }
    });
    let table = (!rows.is_empty()).then(|| view! { <Changes caption=title.clone() rows=rows/> });
    let next = next(customer, &name, row.as_ref());
    view! {
        <Heading text=door.title() leave_focus=true/>
        <Done title=title>{change}{table}{next}</Done>
    }
    .into_any()
}

fn title(row: Option<&PaymentRow>, recorded: Option<&[Recorded]>, currency: &Currency) -> String {
    if let Some(row) = row {
        let (no, amount) = (row.no.clone().unwrap_or_default(), money::money(row.amount, currency));
        return say!(pay.done, no = no, amount = amount);
    }
    let used = |one: &Recorded| match &one.entry.body {
        Body::CreditApplied(applied) => applied.amount,
        _ => Money::ZERO,
    };
    let used: Money = recorded.unwrap_or_default().iter().map(used).sum();
    say!(pay.done_credit, amount = money::money(used, currency))
}

fn changes(all: &[Recorded], name: &str, currency: &Currency) -> Vec<ChangeRow> {
    let before = all.iter().find_map(|one| one.before.as_ref());
    let Some(after) = all.iter().rev().find_map(|one| one.after.as_ref()) else { return Vec::new() };
    let figure = |amount: Money| money::figure(amount, currency);
    let row = |subject: String, was: Money, is: Money| ChangeRow {
        subject,
        before: figure(was),
        after: figure(is),
    };
    let (owed, credit) = before.map(|row| (row.owed, row.credit)).unwrap_or_default();
    vec![row(say!(pay.owes, name = name), owed, after.owed), row(say!(pay.credit), credit, after.credit)]
}

/// Another payment, the customer, the order it went to.
fn next(customer: &Id, name: &str, row: Option<&PaymentRow>) -> AnyView {
    let order = row.and_then(|row| row.allocated.first()).map(|to| {
        let href = at(format!(
            "{}?new={}",
            links::order(customer, &to.order),
            row.map_or("", |row| row.id.as_str())
        ));
        let label = say!(pay.to_order, no = to.no.clone().unwrap_or_default());
        view! { <LinkButton href=href label=label/> }
    });
    view! {
        <div class="actions">
            <LinkButton href=at("/pay") label=say!(pay.another) look=Look::Primary key="P"/>
            <LinkButton href=at(links::customer(customer)) label=say!(pay.to_customer, name = name)/>
            {order}
        </div>
    }
    .into_any()
}
