//! *Amount*, *Payment Type*, the bank account, *Cash received* and *Change*.

use super::charging;
use super::consequence;
use super::payment_form::PaymentForm;
use crate::components::{AmountField, Button, CheckCard, Choice, Select, live, swap};
use crate::forms::payment::{AMOUNT, BANK, CHARGE_NOW, METHOD, METHODS, RECEIVED, has_bank};
use crate::forms::typed_amount;
use crate::screens::{bind, methods};
use crate::session::Loaded;
use crate::text::problem::no_charge;
use crate::text::{date, money, say};
use ledger::date::Date;
use ledger::method::Method;
use ledger::money::Money;
use leptos::prelude::*;

/// The value of *Payment link* among the methods. No method has a space in its word.
const BY_LINK: &str = "by link";

pub(super) fn received(payment_form: PaymentForm) -> AnyView {
    let draft = payment_form.draft;
    let method = Memo::new(move |_| draft.with(|draft| draft.method));
    let cash = move || method.get() == Method::Cash;
    view! {
        {amount(payment_form)}
        <div class="pair">
            {kind(payment_form)}
            <Show when=move || has_bank(method.get())>{bank(payment_form)}</Show>
            <Show when=cash>{tendered(payment_form)}</Show>
        </div>
        {charging::notes(payment_form)}
        <Show when=cash>{rounded(payment_form)}{part_payment(payment_form)}{change(payment_form)}</Show>
    }
    .into_any()
}

fn amount(payment_form: PaymentForm) -> AnyView {
    let draft = payment_form.draft;
    let value = bind::text(
        move || payment_form.with(|draft, facts| draft.amount_text(facts)),
        move |typed| draft.update(|draft| draft.amount = Some(typed)),
    );
    let sign = payment_form.currency.with_value(money::sign);
    view! {
        <AmountField id=AMOUNT.id() label=say!(pay.amount) currency=sign value=value big=true
            error=payment_form.form.error(AMOUNT) required=true/>
        {instalments(payment_form)}
        {consequence::consequence(payment_form)}
    }
    .into_any()
}

/// The instalment that is due next of the invoice being paid, and all that is due by today; one press fills in the amount.
fn instalments(payment_form: PaymentForm) -> AnyView {
    let session = payment_form.session;
    let chosen = Memo::new(move |_| payment_form.with(|draft, facts| draft.one_order(facts)));
    let order = Memo::new(move |_| {
        let customer = payment_form.customer.get_value();
        chosen.get().map(|order| session.order(customer, order))
    });
    let offers = Memo::new(move |_| {
        let today = session.today().get();
        let view = order.with(|order| order.map(|order| order.get())).and_then(Loaded::ready)?;
        let open = || view.instalments.iter().filter(|part| part.open.is_positive());
        let due: Money = open().filter(|part| part.due <= today).map(|part| part.open).sum();
        let next =
            open().next().map(|part| (part.due, part.open)).filter(|(_, part)| *part < view.row.owed)?;
        let all = Some(due).filter(|due| *due > next.1 && *due < view.row.owed);
        Some((next, all))
    });
    let button = move |label: fn(String, String) -> String, day: Option<Date>, amount: Money| {
        let today = session.today().get_untracked();
        let typed = payment_form.currency.with_value(|currency| typed_amount(amount, currency));
        let amount = payment_form.currency.with_value(|currency| money::money(amount, currency));
        let day = day.map(|day| date::short(day, today)).unwrap_or_default();
        let fill = move |()| payment_form.draft.update(|draft| draft.amount = Some(typed.clone()));
        view! { <Button label=label(day, amount) on_press=fill/> }
    };
    let row = move |offers: Option<((Date, Money), Option<Money>)>| {
        let Some(((day, part), all)) = offers else { return ().into_any() };
        let next = button(|day, amount| say!(plan.pay_part, date = day, amount = amount), Some(day), part);
        let all = all.map(|all| button(|_, amount| say!(plan.pay_due, amount = amount), None, all));
        view! { <div class="row">{next}{all}</div> }.into_any()
    };
    swap(offers, row)
}

fn kind(payment_form: PaymentForm) -> AnyView {
    let draft = payment_form.draft;
    let value = bind::text(
        move || draft.with(|draft| if draft.asks_link() { BY_LINK } else { draft.method.word() }.to_owned()),
        move |picked| {
            let by_link = picked == BY_LINK;
            let method = if by_link { Some(CHARGE_NOW) } else { Method::of(&picked) };
            if let Some(method) = method {
                draft.update(|draft| (draft.method, draft.by_link) = (method, by_link));
            }
        },
    );
    let offered = StoredValue::new(methods::offered(payment_form.session, METHODS));
    let choices = Signal::derive(move || {
        let why = |by_link| payment_form.no_charge(by_link).map(no_charge);
        let charge = Choice::new(CHARGE_NOW.word(), say!(pay.charge_now)).why_not(why(false));
        let link = Choice::new(BY_LINK, say!(pay.link)).why_not(why(true));
        offered.get_value().into_iter().chain([charge, link]).collect::<Vec<_>>()
    });
    view! {
        <Select id=METHOD.id() label=say!(pay.kind) choices=choices value=value error=payment_form.form.error(METHOD)
            required=true/>
    }
    .into_any()
}

fn bank(payment_form: PaymentForm) -> AnyView {
    let draft = payment_form.draft;
    let value = methods::bank_value(
        payment_form.session,
        move || draft.with(|draft| draft.bank.clone()),
        move |bank| draft.update(|draft| draft.bank = Some(bank)),
    );
    let choices = methods::banks(payment_form.session);
    view! { <Select id=BANK.id() label=say!(pay.bank) choices=choices value=value required=true/> }.into_any()
}

fn tendered(payment_form: PaymentForm) -> AnyView {
    let draft = payment_form.draft;
    let value = bind::text(
        move || draft.with(|draft| draft.received.clone()),
        move |typed| draft.update(|draft| draft.received = typed),
    );
    let sign = payment_form.currency.with_value(money::sign);
    view! {
        <AmountField id=RECEIVED.id() label=say!(pay.received) currency=sign value=value
            error=payment_form.form.error(RECEIVED)/>
    }
    .into_any()
}

/// What is to be handed over, where cash is rounded.
fn rounded(payment_form: PaymentForm) -> AnyView {
    let says = Memo::new(move |_| {
        let (moves, by) = payment_form.with(|draft, facts| draft.rounded(facts))?;
        let m = |amount| payment_form.currency.with_value(|currency| money::money(amount, currency));
        let (moves, by) = (m(moves), if by.is_positive() { m(by) } else { m(-by) });
        Some(say!(pay.take_rounded, amount = moves, by = by))
    });
    view! { <p class="why" role="status">{says}</p> }.into_any()
}

/// What was handed over is too little: it can be taken as a part payment.
fn part_payment(payment_form: PaymentForm) -> AnyView {
    let draft = payment_form.draft;
    let short = Memo::new(move |_| payment_form.with(|draft, facts| draft.part_payment(facts)));
    let offer = move |short: Option<Money>| {
        let Some(received) = short else { return ().into_any() };
        let amount = payment_form.currency.with_value(|currency| money::money(received, currency));
        let typed = payment_form.currency.with_value(|currency| typed_amount(received, currency));
        let take = move |()| draft.update(|draft| draft.amount = Some(typed.clone()));
        view! {
            <div class="row" role="status">
                <Button label=say!(pay.take_part, amount = amount) on_press=take/>
            </div>
        }
        .into_any()
    };
    swap(short, offer)
}

/// *Change*, and the option to turn it into credit.
fn change(payment_form: PaymentForm) -> AnyView {
    let draft = payment_form.draft;
    let given = Memo::new(move |_| payment_form.with(|draft, facts| draft.change(facts)));
    let keep_change = bind::checkbox(
        move || draft.with(|draft| draft.keep_change),
        move |on| draft.update(|draft| draft.keep_change = on),
    );
    let offered =
        move || keep_change.get() || given.get().is_some_and(Money::is_positive) && !payment_form.walk_in;
    let shown = move || {
        let change = given.get()?;
        let amount = payment_form.currency.with_value(|currency| money::money(change, currency));
        Some(view! { <span>{say!(pay.change)}</span>" "<b>{amount}</b> })
    };
    view! {
        <p class="change" role="status">{live(shown)}</p>
        <Show when=offered>
            <CheckCard id="f-keep-change" label=say!(pay.keep_change) checked=keep_change plain=true/>
        </Show>
    }
    .into_any()
}
