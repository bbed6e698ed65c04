//! *Refund Payment*: a wizard of four steps. The step is in the address; the draft is stored in the tab, with an id
//! that is created once. Nothing is recorded before the last submission.

mod confirm;
mod done;
mod issuing;
mod part;
mod payments;
mod preview;
mod wizard;

use crate::at::at;
use crate::components::swap;
use crate::components::{Crumb, Crumbs, Empty, Heading, LinkButton, Steps};
use crate::screens::{context, links};
use crate::session::Loaded;
use crate::text::say;
use ledger::id::Id;
use leptos::prelude::*;
use wizard::{Wizard, WizardStep};

/// The screen at `/customers/:c/orders/:o/refund`.
#[component]
pub fn RefundPayment() -> AnyView {
    let (customer, order) = (context::customer(), context::order());
    let at = Memo::new(move |_| (customer.get(), order.get()));
    swap(at, |at| match at {
        (Some(customer), Some(order)) => page(customer, order),
        _ => ().into_any(),
    })
}

fn page(customer: Id, order: Id) -> AnyView {
    let wizard = Wizard::new(context::session(), customer.clone(), order.clone());
    let steps = vec![say!(refund.payments), say!(refund.issuing), say!(refund.confirm), say!(refund.done)];
    let current = Signal::derive(move || wizard.step.get().number());
    let missing = Memo::new(move |_| wizard.loaded.with(|order| matches!(order, Loaded::Missing)));
    swap(missing, move |missing| match missing {
        true => super::order::absent(&customer, &order),
        false => whole(wizard, customer.clone(), order.clone(), steps.clone(), current),
    })
}

fn whole(wizard: Wizard, customer: Id, order: Id, steps: Vec<String>, current: Signal<usize>) -> AnyView {
    view! {
        {crumbs(customer, order, wizard)}
        <Heading text=say!(refund.title)/>
        <Steps steps=steps current=current/>
        {swap(wizard.step, move |at| step(wizard, at))}
    }
    .into_any()
}

fn step(wizard: Wizard, step: WizardStep) -> AnyView {
    match step {
        WizardStep::Done(refund) => done::done(wizard, refund),
        step => {
            // Recording leaves nothing refundable; the later steps stay visible until the panel replaces them.
            let first = step == WizardStep::Payments;
            let known = Memo::new(move |_| wizard.has_refundable().map(|some| some || !first));
            swap(known, move |known| match (known, &step) {
                (None, _) => ().into_any(),
                (Some(false), WizardStep::Payments) => nothing_left(wizard),
                (_, WizardStep::Payments) => payments::payments(wizard),
                (_, WizardStep::Issuing) => issuing::issuing(wizard),
                (_, WizardStep::Confirm | WizardStep::Done(_)) => confirm::confirm(wizard),
            })
        }
    }
}

fn crumbs(customer: Id, order: Id, wizard: Wizard) -> AnyView {
    let row = context::row(context::session(), customer.clone());
    let up = (at(links::customer(&customer)), at(links::order(&customer, &order)));
    let crumbs = Signal::derive(move || {
        let name = row.get().map(|row| row.name).unwrap_or_default();
        let no = wizard.order_no();
        vec![Crumb::new(up.0.clone(), name), Crumb::new(up.1.clone(), say!(order.title, no = no))]
    });
    view! { <Crumbs crumbs=crumbs/> }.into_any()
}

fn nothing_left(wizard: Wizard) -> AnyView {
    let href = at(wizard.order_link());
    view! {
        <Empty title=say!(refund.nothing_refundable) says=say!(refund.nothing_refundable_hint)>
            <LinkButton href=href label=say!(refund.back_to_order)/>
        </Empty>
    }
    .into_any()
}
