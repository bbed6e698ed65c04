//! The actions for a customer, next to the available credit.

use super::page::CustomerPage;
use super::recalculate;
use super::same::Same;
use crate::at::at;
use crate::components;
use crate::components::live;
use crate::components::{Button, LinkButton, Look};
use crate::screens::{context, links};
use crate::text::{money, say};
use ledger::entry::EntryKind;
use ledger::money::Money;
use leptos::prelude::*;

pub(super) fn actions(page: &CustomerPage, same: Same) -> AnyView {
    let (id, said) = (&page.id, RwSignal::new(None));
    view! {
        <div class="row even action-row">
            <LinkButton href=at(links::pay(id, None)) label=say!(customer.add_payment) look=Look::Primary key="P"/>
            {refund_outstanding(page)}
            {pay_refund(page)}
            <LinkButton href=at(links::add_order(id)) label=say!(customer.add_order) key="O"/>
            {add_credit(page)}
            {recalculate::menu(page, said, same)}
            {credit(page)}
        </div>
        {which_refund(page)}
        {components::said(said)}
    }
    .into_any()
}

/// When to use *Refund O/S* and when *Pay Refund*, while there is credit to pay out.
fn which_refund(page: &CustomerPage) -> AnyView {
    let some = outstanding(page);
    live(move || some.get().then(|| view! { <p class="why">{say!(customer.which_refund)}</p> }))
}

/// *Refund O/S* opens the outstanding credits, or says that there are none.
fn refund_outstanding(page: &CustomerPage) -> AnyView {
    let (some, href) = (outstanding(page), at(links::pay_out(&page.id, true)));
    let why = Signal::derive(|| Some(say!(customer.refund_os_nothing)));
    live(move || match some.get() {
        true => view! { <LinkButton href=href.clone() label=say!(customer.refund_os)/> }.into_any(),
        false => view! { <Button label=say!(customer.refund_os) why_not=why/> }.into_any(),
    })
}

/// *Pay Refund*, if there is credit to pay out.
fn pay_refund(page: &CustomerPage) -> AnyView {
    let (some, href) = (outstanding(page), at(links::pay_out(&page.id, false)));
    live(move || some.get().then(|| view! { <LinkButton href=href.clone() label=say!(payout.pay_refund)/> }))
}

fn outstanding(page: &CustomerPage) -> Memo<bool> {
    let row = context::row(context::session(), page.id.clone());
    Memo::new(move |_| row.get().is_some_and(|row| row.credit.is_positive()))
}

/// *Add Credit* opens its form, or says who may use it.
fn add_credit(page: &CustomerPage) -> AnyView {
    let (session, href) = (context::session(), at(links::add_credit(&page.id)));
    let may = Memo::new(move |_| context::may(session, EntryKind::CreditGranted, Money::ZERO));
    let why = Signal::derive(|| Some(say!(customer.add_credit_clerk)));
    live(move || match may.get() {
        true => view! { <LinkButton href=href.clone() label=say!(customer.add_credit) key="C"/> }.into_any(),
        false => view! { <Button label=say!(customer.add_credit) why_not=why/> }.into_any(),
    })
}

/// The available credit, shown next to the balance and never netted with it.
fn credit(page: &CustomerPage) -> AnyView {
    let row = context::shown_row(context::session(), page.id.clone());
    let currency = page.currency.clone();
    let shown = {
        let currency = currency.clone();
        move || row.get().map_or_else(|| money::DASH.into(), |row| money::money(row.credit, &currency))
    };
    let some = move || row.get().is_some_and(|row| row.credit.is_positive());
    let repay = move || {
        let owing = row.get().map(|row| row.to_repay).filter(|amount| amount.is_positive())?;
        let amount = money::money(owing, &currency);
        Some(view! { <span>{say!(customer.to_repay)}" "<b>{amount}</b></span> })
    };
    view! {
        <p class="muted push holding">
            <span>{say!(customer.available_credit)}" "<b class:in=move || some()>{shown}</b></span>
            {live(repay)}
        </p>
    }
    .into_any()
}
