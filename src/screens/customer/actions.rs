//! The actions for a customer.

use super::page::CustomerPage;
use super::recalculate;
use super::same::Same;
use crate::at::at;
use crate::components;
use crate::components::{Action, Actions, live};
use crate::screens::{context, links};
use crate::text::say;
use ledger::entry::EntryKind;
use ledger::money::Money;
use leptos::prelude::*;

pub(super) fn actions(page: &CustomerPage, same: Same) -> AnyView {
    let session = context::session();
    let (id, said, outstanding) = (page.id.clone(), RwSignal::new(None), outstanding(page));
    let name = context::row(session, id.clone());
    let name = Signal::derive(move || name.get().map(|row| row.name).unwrap_or_default());
    let may_credit = Memo::new(move |_| context::may(session, EntryKind::CreditGranted, Money::ZERO));
    let menu = recalculate::menu(page, said, same);
    let actions = Signal::derive(move || {
        let some = outstanding.get();
        let pay_out = |all| at(links::pay_out(&id, all));
        let mut actions = vec![Action::link(say!(customer.add_payment), at(links::pay(&id, None)), "P")];
        actions.push(match some {
            true => Action::link(say!(customer.refund_os), pay_out(true), ""),
            false => Action::closed(say!(customer.refund_os), say!(customer.refund_os_nothing)),
        });
        actions.extend(some.then(|| Action::link(say!(payout.pay_refund), pay_out(false), "")));
        actions.push(Action::link(say!(customer.add_order), at(links::add_order(&id)), "O"));
        actions.push(match may_credit.get() {
            true => Action::link(say!(customer.add_credit), at(links::add_credit(&id)), "C"),
            false => Action::closed(say!(customer.add_credit), say!(customer.add_credit_clerk)),
        });
        actions
    });
    view! {
        <Actions name=name actions=actions menu=menu/>
        {which_refund(outstanding)}
        {components::said(said)}
    }
    .into_any()
}

/// When to use *Refund O/S* and when *Pay Refund*, while there is credit to pay out.
fn which_refund(outstanding: Memo<bool>) -> AnyView {
    live(move || outstanding.get().then(|| view! { <p class="why wide">{say!(customer.which_refund)}</p> }))
}

fn outstanding(page: &CustomerPage) -> Memo<bool> {
    let row = context::row(context::session(), page.id.clone());
    Memo::new(move |_| row.get().is_some_and(|row| row.credit.is_positive()))
}
