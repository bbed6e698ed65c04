//! *Refund Payment*: a wizard of four steps. The step stands in the address, the draft is kept by the tab with
//! the id minted once, and nothing is written before the last press.

mod confirm;
mod done;
mod issuing;
mod part;
mod payments;
mod preview;
mod wizard;

use crate::at::at;
use crate::book::Loaded;
use crate::components::live;
use crate::components::{Crumb, Crumbs, Empty, Heading, LinkButton, Steps};
use crate::screens::{desk, links};
use crate::text::say;
use ledger::id::Id;
use leptos::prelude::*;
use wizard::{Step, Wizard};

/// The screen at `/customers/:c/orders/:o/refund`.
#[component]
pub fn RefundPayment() -> AnyView {
    let (customer, order) = (desk::param("c"), desk::param("o"));
    live(move || match (customer.get(), order.get()) {
        (Some(customer), Some(order)) => page(customer, order),
        _ => ().into_any(),
    })
}

fn page(customer: Id, order: Id) -> AnyView {
    let wizard = Wizard::new(desk::book(), customer.clone(), order.clone());
    let steps = vec![say!(refund.payments), say!(refund.issuing), say!(refund.confirm), say!(refund.done)];
    let current = Signal::derive(move || wizard.step.get().number());
    let missing = Memo::new(move |_| wizard.loaded.with(|order| matches!(order, Loaded::Missing)));
    live(move || match missing.get() {
        true => super::order::missing(),
        false => whole(wizard, customer.clone(), order.clone(), steps.clone(), current),
    })
}

fn whole(wizard: Wizard, customer: Id, order: Id, steps: Vec<String>, current: Signal<usize>) -> AnyView {
    view! {
        {crumbs(customer, order, wizard)}
        <Heading text=say!(refund.title)/>
        <Steps steps=steps current=current/>
        {move || step(wizard)}
    }
    .into_any()
}

fn step(wizard: Wizard) -> AnyView {
    match wizard.step.get() {
        Step::Done(refund) => done::done(wizard, refund),
        step => {
            let whole = Memo::new(move |_| wizard.loaded.with(|order| matches!(order, Loaded::Here(_))));
            let nothing = Memo::new(move |_| wizard.nothing_goes_back());
            live(move || match (whole.get(), &step) {
                (false, _) => ().into_any(),
                (true, Step::Payments) if nothing.get() => nothing_left(wizard),
                (true, Step::Payments) => payments::payments(wizard),
                (true, Step::Issuing) => issuing::issuing(wizard),
                (true, _) => confirm::confirm(wizard),
            })
        }
    }
}

fn crumbs(customer: Id, order: Id, wizard: Wizard) -> AnyView {
    let row = desk::row(desk::book(), customer.clone());
    let up = (at(links::customer(&customer)), at(links::order(&customer, &order)));
    let crumbs = Signal::derive(move || {
        let name = row.get().map(|row| row.name).unwrap_or_default();
        let no = wizard.order_no();
        vec![Crumb::new(up.0.clone(), name), Crumb::new(up.1.clone(), say!(order.title, no = no))]
    });
    view! { <Crumbs crumbs=crumbs/> }.into_any()
}

fn nothing_left(wizard: Wizard) -> AnyView {
    let href = at(wizard.order_path());
    view! {
        <Empty title=say!(refund.nothing_refundable) says=say!(refund.nothing_refundable_hint)>
            <LinkButton href=href label=say!(refund.back_to_order)/>
        </Empty>
    }
    .into_any()
}
