//! Paying out credit: *Pay Refund* pays an amount, *Refund O/S* pays individual credits.

pub mod done;
mod fields;
mod lots;
mod new_note;
mod payout_form;

use crate::at::at;
use crate::components::swap;
use crate::components::{Button, Confirm, Crumb, Crumbs, Empty, ErrorSummary, Heading, LinkButton, Look};
use crate::forms::Errors;
use crate::route::Link;
use crate::route::Route;
use crate::screens::guide::{GuidePage, how_to};
use crate::screens::{choose_customer, context, links, methods};
use crate::text::{money, say};
use leptos::prelude::*;
use payout_form::{PayoutForm, name};

/// The screen at `/customers/:c/pay-refund`.
#[component]
pub fn PayRefund() -> AnyView {
    page(false)
}

/// The screen at `/customers/:c/refund-os`.
#[component]
pub fn RefundOutstanding() -> AnyView {
    page(true)
}

fn page(by_lot: bool) -> AnyView {
    swap(context::customer(), move |customer| match customer {
        Some(customer) => choose_customer::with_customer(&customer.clone(), move || {
            form(PayoutForm::new(customer.clone(), by_lot))
        }),
        None => ().into_any(),
    })
}

fn title(by_lot: bool) -> String {
    if by_lot { say!(payout.refund_os) } else { say!(payout.pay_refund) }
}

fn form(pay: PayoutForm) -> AnyView {
    let some = Memo::new(move |_| {
        let some = pay.with(|_, facts| facts.available().is_positive())?;
        Some(some || pay.is_recorded())
    });
    swap(some, move |some| match some {
        None => ().into_any(),
        Some(false) => nothing(pay),
        Some(true) => whole(pay),
    })
}

fn whole(pay: PayoutForm) -> AnyView {
    let router = context::router();
    let go = move |link: Link| router.go_instead(link);
    let sure = RwSignal::new(false);
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        if !pay.by_lot() {
            return pay.record(go);
        }
        match pay.commands() {
            Err(errors) => pay.form.show(errors),
            Ok(_) => {
                pay.form.show(Errors::default());
                sure.set(true);
            }
        }
    };
    let by_lot = pay.by_lot();
    let label = if by_lot { say!(payout.refund_note) } else { say!(payout.process) };
    let account = pay.customer.with_value(|customer| at(links::tab(customer, "credits")));
    view! {
        {crumbs(pay)}
        <Heading text=title(by_lot)/>
        <form class="form after-heading" novalidate on:submit=submit>
            {when_to_use(pay)}
            {pay.restored.notice(move || pay.form.clear())}
            <ErrorSummary problems=pay.form.problems()/>
            {if by_lot { lots::lots(pay) } else { fields::amount(pay) }}
            {fields::how(pay)}
            {fields::rest(pay)}
            {(!by_lot).then(|| view! { <p class="note">{say!(payout.hold_says)}</p> })}
            <div class="actions">
                <Button label=label look=Look::Primary submit=true/>
                <span on:click=move |_| pay.form.forget()>
                    <LinkButton href=account label=say!(refund.cancel) look=Look::Quiet/>
                </span>
            </div>
        </form>
        {how_to(if by_lot { GuidePage::Outstanding } else { GuidePage::Credit })}
        <Confirm open=sure question=say!(payout.sure) says=about(pay) on_yes=move |()| pay.record(go)/>
    }
    .into_any()
}

/// What the question is about: the amount, the credits, the customer and the method.
fn about(pay: PayoutForm) -> Signal<String> {
    let name = name(pay);
    Signal::derive(move || {
        let says = pay.with(|draft, facts| {
            let m = |amount| money::money(amount, facts.currency);
            let by = draft.method.map(|method| methods::by(pay.session, method)).unwrap_or_default();
            let (amount, credits) = (m(draft.going(facts)), draft.marked_numbers(facts).join(", "));
            let says = say!(payout.sure_says, amount = amount, credits = credits, name = name.get(), by = by);
            let rounded =
                draft.rounded(facts).map(|rounded| money::handed_over_rounded(rounded, facts.currency));
            [Some(says), rounded].into_iter().flatten().collect::<Vec<_>>().join(" ")
        });
        says.unwrap_or_default()
    })
}

/// When to use this form, with the way to the other one.
fn when_to_use(pay: PayoutForm) -> AnyView {
    let other = pay.customer.with_value(|customer| at(links::pay_out(customer, !pay.by_lot())));
    let (says, name) = match pay.by_lot() {
        true => (say!(payout.os_when), say!(payout.pay_refund)),
        false => (say!(payout.pay_when), say!(payout.refund_os)),
    };
    let forget = move |_| pay.form.forget();
    view! { <p class="muted" on:click=forget>{says}" "<a href=other>{name}</a></p> }.into_any()
}

fn nothing(pay: PayoutForm) -> AnyView {
    let account = pay.customer.with_value(|customer| at(links::customer(customer)));
    let name = name(pay);
    let label = Signal::derive(move || say!(pay.to_customer, name = name.get()));
    view! {
        {crumbs(pay)}
        <Heading text=title(pay.by_lot())/>
        <Empty title=say!(payout.nothing) says=say!(payout.nothing_says)>
            {new_note::new_note(pay)}
            <LinkButton href=account label=label/>
        </Empty>
    }
    .into_any()
}

fn crumbs(pay: PayoutForm) -> AnyView {
    let (href, name) = (pay.customer.with_value(|customer| at(links::customer(customer))), name(pay));
    let crumbs = Signal::derive(move || {
        vec![Crumb::new(at(Route::Customers), say!(shell.customers)), Crumb::new(href.clone(), name.get())]
    });
    view! { <Crumbs crumbs=crumbs/> }.into_any()
}
