//! The payment form.

use super::payment_form::PaymentForm;
use super::payment_route::PaymentRoute;
use super::{invoice, received};
use crate::at::at;
use crate::components::{
    Button, CheckCard, Choice, Choices, Crumb, Crumbs, DateField, ErrorSummary, Heading, LinkButton, Look,
    TextArea, TextField, swap,
};
use crate::forms::payment::{CHARGE_NOW, DATE, NOTE, PaymentDraft, REFERENCE};
use crate::route::{Query, Route};
use crate::screens::confirmation::confirmation;
use crate::screens::guide::{GuidePage, how_to};
use crate::screens::{bind, context, links};
use crate::text::{money, say};
use ledger::id::Id;
use leptos::prelude::*;

pub(super) fn form(customer: Id, route: PaymentRoute) -> AnyView {
    let order = context::query(Query::Order).get_untracked().and_then(|id| Id::new(&id).ok());
    let payment_form = PaymentForm::new(context::session(), customer.clone(), order);
    if let Some(how @ ("charge" | "link")) = context::query(Query::How).get_untracked().as_deref() {
        payment_form.draft.update(|draft| (draft.method, draft.by_link) = (CHARGE_NOW, how == "link"));
    }
    let router = context::router();
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let customer = payment_form.customer.get_value();
        let payment = payment_form.draft.with_untracked(|draft| draft.id.clone());
        payment_form.form.record(payment_form.commands(), move |_| {
            router.go_instead(route.done(&customer, &payment));
        });
    };
    view! {
        {crumbs(route, &customer, payment_form)}
        <Heading text=route.title()/>
        <p class="muted whom">{move || say!(pay.from, name = payment_form.name().get())}</p>
        <form class="form" novalidate on:submit=submit>
            {payment_form.restored.notice(move || payment_form.form.clear())}
            <ErrorSummary problems=payment_form.form.problems()/>
            {invoice::invoice(payment_form)}
            {use_credit(payment_form)}
            {received::received(payment_form)}
            {rest(payment_form)}
            {commissions(payment_form)}
            {buttons(payment_form, &customer)}
        </form>
        {how_to(GuidePage::Payment)}
    }
    .into_any()
}

fn crumbs(route: PaymentRoute, customer: &Id, payment_form: PaymentForm) -> AnyView {
    let (href, name) = (at(links::customer(customer)), payment_form.name());
    let walk_in = payment_form.walk_in;
    let crumbs = Signal::derive(move || match route {
        PaymentRoute::Customer if !walk_in => {
            vec![
                Crumb::new(at(Route::Customers), say!(shell.customers)),
                Crumb::new(href.clone(), name.get()),
            ]
        }
        _ => vec![
            Crumb::new(at(Route::Counter), say!(shell.counter)),
            Crumb::new(at(Route::Pay), say!(pay.enter_a_payment)),
        ],
    });
    view! { <Crumbs crumbs=crumbs/> }.into_any()
}

/// *Use available credit*, if there is credit and a balance to use it for.
fn use_credit(payment_form: PaymentForm) -> AnyView {
    let draft = payment_form.draft;
    let offered = Memo::new(move |_| {
        payment_form.credit().is_positive()
            && payment_form.with(|draft, facts| !draft.owing(facts).is_empty())
    });
    let marked = bind::checkbox(
        move || draft.with(|draft| draft.use_credit),
        move |on| draft.update(|draft| draft.use_credit = on),
    );
    let used = Signal::derive(move || {
        payment_form.with(|draft, facts| match draft.credit_used(facts) {
            used if used.is_positive() => money::signed(-used, facts.currency),
            _ => String::new(),
        })
    });
    let hint = Signal::derive(move || {
        let credit =
            payment_form.currency.with_value(|currency| money::money(payment_form.credit(), currency));
        say!(pay.use_credit_hint, credit = credit)
    });
    view! {
        <Show when=move || offered.get()>
            <CheckCard id="f-use-credit" label=say!(pay.use_credit) hint=hint figure=used checked=marked/>
        </Show>
    }
    .into_any()
}

/// The date, reference and notes.
fn rest(payment_form: PaymentForm) -> AnyView {
    let field = |read: fn(&PaymentDraft) -> &String, write: fn(&mut PaymentDraft) -> &mut String| {
        let draft = payment_form.draft;
        bind::text(
            move || draft.with(|draft| read(draft).clone()),
            move |typed| draft.update(|draft| *write(draft) = typed),
        )
    };
    let draft = payment_form.draft;
    let date = bind::text(
        move || {
            let typed = draft.with(|draft| draft.date.clone());
            if typed.is_empty() { payment_form.latest().to_string() } else { typed }
        },
        move |typed| draft.update(|draft| draft.date = typed),
    );
    let latest = Signal::derive(move || payment_form.latest().to_string());
    // The card processor is asked today, and gives it a number.
    let typed = Memo::new(move |_| !draft.with(|draft| draft.charges()));
    let reference = field(|draft| &draft.reference, |draft| &mut draft.reference);
    view! {
        <Show when=move || typed.get()>
            <div class="pair">
                <DateField id=DATE.id() label=say!(pay.date) value=date max=latest hint=say!(pay.date_hint)
                    error=payment_form.form.error(DATE) required=true/>
                <TextField id=REFERENCE.id() label=say!(pay.reference) hint=say!(pay.reference_hint)
                    value=reference error=payment_form.form.error(REFERENCE)/>
            </div>
        </Show>
        {for_later(payment_form)}
        {confirmation(payment_form.form, DATE, draft, |draft| &draft.date, say!(problems.long_ago_right))}
        <TextArea id=NOTE.id() label=say!(pay.notes) hint=say!(pay.notes_hint)
            value=field(|draft| &draft.note, |draft| &mut draft.note) error=payment_form.form.error(NOTE)/>
        {confirmation(payment_form.form, NOTE, draft, |draft| &draft.note, say!(problems.not_a_card))}
    }
    .into_any()
}

/// A date after today is no payment: the payments of the order can be planned.
fn for_later(payment_form: PaymentForm) -> AnyView {
    let planned = Memo::new(move |_| {
        let order = payment_form.with(|draft, facts| draft.one_order(facts))?;
        let no = payment_form.due.with(|due| due.iter().find(|row| row.id == order)?.no.clone());
        Some((order, no.unwrap_or_default()))
    });
    let link = move |planned: Option<(Id, String)>| {
        let Some((order, no)) = planned else { return ().into_any() };
        let href = payment_form.customer.with_value(|customer| at(links::order(customer, &order)));
        view! { <p class="small"><a href=href>{say!(plan.for_later, no = no)}</a></p> }.into_any()
    };
    swap(planned, link)
}

/// *Apply to Commissions*, if an order being paid has partners.
fn commissions(payment_form: PaymentForm) -> AnyView {
    let (session, draft) = (payment_form.session, payment_form.draft);
    let chosen = Memo::new(move |_| {
        payment_form
            .with(|draft, facts| draft.owing(facts).into_iter().map(|(order, _)| order).collect::<Vec<_>>())
    });
    let orders = Memo::new(move |_| {
        let customer = payment_form.customer.get_value();
        chosen.get().into_iter().map(|order| session.order(customer.clone(), order)).collect::<Vec<_>>()
    });
    let partners =
        Memo::new(move |_| orders.with(|orders| orders.iter().any(|order| order.with(has_partners))));
    let value = bind::text(
        move || if draft.with(|draft| draft.eligible) { "yes".into() } else { "no".into() },
        move |picked| draft.update(|draft| draft.eligible = picked == "yes"),
    );
    let choices = || vec![Choice::new("yes", say!(parts.yes)), Choice::new("no", say!(parts.no))];
    view! {
        <Show when=move || partners.get()>
            <Choices id="f-eligible" label=say!(pay.commissions) choices=choices() value=value across=true required=true/>
        </Show>
    }
    .into_any()
}

fn has_partners(order: &crate::session::Loaded<std::sync::Arc<ledger::view::order::OrderView>>) -> bool {
    matches!(order, crate::session::Loaded::Ready(view) if !view.partners.is_empty())
}

fn buttons(payment_form: PaymentForm, customer: &Id) -> AnyView {
    let away = if payment_form.walk_in { at(Route::Counter) } else { at(links::customer(customer)) };
    view! {
        <div class="actions">
            <Button label=say!(pay.submit) look=Look::Primary submit=true/>
            <span on:click=move |_| payment_form.form.forget()>
                <LinkButton href=away label=say!(pay.cancel) look=Look::Quiet/>
            </span>
        </div>
    }
    .into_any()
}
