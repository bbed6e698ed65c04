//! The confirmation of a payment: figures before and after, and the next actions.

use super::payment_route::PaymentRoute;
use crate::at::at;
use crate::components::live;
use crate::components::{Heading, LinkButton, Look};
use crate::engine::Recorded;
use crate::forms::payment::payment_of;
use crate::route::{Query, Route};
use crate::screens::outcome_panel;
use crate::screens::{charges, context, links, print_links, walk_in};
use crate::session::Loaded;
use crate::text::{money, say};
use ledger::entry::EntryKind;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::view::account::AccountView;
use ledger::view::customer::CustomerRow;
use ledger::view::history::HistoryRow;
use ledger::view::payment::PaymentRow;
use leptos::prelude::*;

pub(super) fn done(customer: Id, route: PaymentRoute, payment: Id) -> AnyView {
    let account = context::session().account(customer.clone());
    let recorded = context::session().last_recorded(&payment);
    let panel = move || {
        let Loaded::Ready(view) = account.get() else { return None };
        if let Some(charge) = view.charges.iter().find(|charge| charge.id == payment) {
            return Some(charges::panel(&customer, charge.clone()));
        }
        let of_charge = payment_of(&payment);
        let is_it = |id: &Id| *id == payment || Some(id) == of_charge.as_ref();
        let row = view.payments.iter().find(|row| is_it(&row.id));
        let used = by_credit(&view, &payment);
        let known = row.is_some() || used.is_positive();
        // What was recorded is the charge: it moved nothing. The payment came later.
        let recorded = recorded.as_deref().filter(|_| row.is_none_or(|row| row.id == payment));
        known.then(|| panel(&customer, row, used, recorded))
    };
    view! { <Heading text=route.title() leave_focus=true/>{live(panel)} }.into_any()
}

/// The credit applied in the same submission, in addition to money or instead of it.
fn by_credit(view: &AccountView, payment: &Id) -> Money {
    let together = |row: &&HistoryRow| {
        let rest = row.entry.as_str().strip_prefix(payment.as_str());
        row.kind == EntryKind::CreditApplied && rest.is_some_and(|rest| rest.starts_with('-'))
    };
    view.history.iter().filter(together).map(|row| row.amount).sum()
}

fn panel(customer: &Id, row: Option<&PaymentRow>, used: Money, recorded: Option<&[Recorded]>) -> AnyView {
    let currency = context::currency(context::session());
    let change = row.and_then(|row| Some(row.tendered? - row.received())).filter(|left| left.is_positive());
    let change = change.map(|left| {
        view! { <p class="change"><b>{say!(pay.done_change, amount = money::money(left, &currency))}</b></p> }
    });
    let kept_as_credit = kept_as_credit(recorded.unwrap_or_default()).map(|amount| {
        view! { <p>{say!(pay.done_kept, amount = money::money(amount, &currency))}</p> }
    });
    outcome_panel::panel(title(row, used, &currency), recorded, (change, kept_as_credit), next(customer, row))
}

/// The amount that became credit; possibly because another counter had received a payment unknown to this one.
fn kept_as_credit(recorded: &[Recorded]) -> Option<Money> {
    let credit = |row: &CustomerRow| row.credit;
    let before = recorded.iter().find_map(|one| one.before.as_ref()).map_or(Money::ZERO, credit);
    let after = recorded.iter().rev().find_map(|one| one.after.as_ref()).map(credit)?;
    Some(after - before).filter(|more| more.is_positive())
}

fn title(row: Option<&PaymentRow>, used: Money, currency: &Currency) -> String {
    match row {
        Some(row) => {
            let (no, amount) = (row.no.clone().unwrap_or_default(), money::money(row.amount, currency));
            say!(pay.done, no = no, amount = amount)
        }
        None => say!(pay.done_credit, amount = money::money(used, currency)),
    }
}

/// The next actions: another payment, the customer, the order that was paid.
fn next(customer: &Id, row: Option<&PaymentRow>) -> AnyView {
    let name = walk_in::name(context::session(), customer.clone()).get_untracked();
    let order = row.and_then(|row| Some((row, row.allocated.first()?))).map(|(row, to)| {
        let href = at(links::order(customer, &to.order).with(Query::New, &row.id));
        let label = say!(pay.to_order, no = to.no.clone().unwrap_or_default());
        view! { <LinkButton href=href label=label/> }
    });
    let receipt = row.map(|row| print_links::button(customer, &row.id, say!(paper.print_receipt)));
    view! {
        <LinkButton href=at(Route::Pay) label=say!(pay.another) look=Look::Primary key="P"/>
        <LinkButton href=at(links::customer(customer)) label=say!(pay.to_customer, name = name)/>
        {receipt}
        {order}
    }
    .into_any()
}
