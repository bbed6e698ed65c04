//! *Amount*, *Payment Type*, the bank account, *Cash received* and *Change*.

use super::entry::Entry;
use crate::components::live;
use crate::components::{AmountField, CheckCard, Choice, Select};
use crate::forms::payment::{AMOUNT, BANK, METHOD, METHODS, RECEIVED, has_bank};
use crate::screens::{bound, methods};
use crate::text::{money, names, say};
use ledger::act::payment::Method;
use ledger::money::Money;
use leptos::prelude::*;

pub(super) fn received(entry: Entry) -> AnyView {
    let draft = entry.draft;
    let method = Memo::new(move |_| draft.with(|draft| draft.method));
    let cash = move || method.get() == Method::Cash;
    view! {
        {amount(entry)}
        <div class="pair">
            {kind(entry)}
            <Show when=move || has_bank(method.get())>{bank(entry)}</Show>
            <Show when=cash>{tendered(entry)}</Show>
        </div>
        <Show when=cash>{change(entry)}</Show>
    }
    .into_any()
}

fn amount(entry: Entry) -> AnyView {
    let draft = entry.draft;
    let value = bound::text(
        move || entry.with(|draft, facts| draft.amount_text(facts)),
        move |typed| draft.update(|draft| draft.amount = Some(typed)),
    );
    let sign = entry.currency.with_value(money::sign);
    view! {
        <AmountField id=AMOUNT.id() label=say!(pay.amount) currency=sign value=value big=true
            error=entry.form.error(AMOUNT) required=true/>
        <p class="why" role="status">{move || consequence(entry)}</p>
    }
    .into_any()
}

/// What the amount leaves: more becomes credit, less stays owed.
fn consequence(entry: Entry) -> Option<String> {
    entry.with(|draft, facts| {
        let over = draft.left_over(facts)?;
        if over.is_positive() {
            return Some(say!(pay.left_over, amount = money::money(over, facts.currency)));
        }
        let typed = facts.currency.parse(draft.amount_text(facts).trim()).ok()?;
        let less = draft.to_pay(facts) - typed;
        less.is_positive().then(|| say!(pay.less, amount = money::money(less, facts.currency)))
    })
}

fn kind(entry: Entry) -> AnyView {
    let draft = entry.draft;
    let value = bound::text(
        move || draft.with(|draft| methods::value(draft.method).into()),
        move |picked| {
            if let Some(method) = methods::find(&picked) {
                draft.update(|draft| draft.method = method);
            }
        },
    );
    let mut choices: Vec<Choice> = METHODS
        .into_iter()
        .map(|method| Choice::new(methods::value(method), names::method(method)))
        .collect();
    choices.push(Choice::new("charge", say!(pay.charge_now)).why_not(Some(say!(pay.charge_now_why))));
    view! {
        <Select id=METHOD.id() label=say!(pay.kind) choices=choices value=value error=entry.form.error(METHOD)
            required=true/>
    }
    .into_any()
}

fn bank(entry: Entry) -> AnyView {
    let draft = entry.draft;
    let value = methods::bank_value(
        entry.session,
        move || draft.with(|draft| draft.bank.clone()),
        move |bank| draft.update(|draft| draft.bank = Some(bank)),
    );
    let choices = methods::banks(entry.session);
    view! { <Select id=BANK.id() label=say!(pay.bank) choices=choices value=value required=true/> }.into_any()
}

fn tendered(entry: Entry) -> AnyView {
    let draft = entry.draft;
    let value = bound::text(
        move || draft.with(|draft| draft.received.clone()),
        move |typed| draft.update(|draft| draft.received = typed),
    );
    let sign = entry.currency.with_value(money::sign);
    view! {
        <AmountField id=RECEIVED.id() label=say!(pay.received) currency=sign value=value
            error=entry.form.error(RECEIVED)/>
    }
    .into_any()
}

/// *Change*, and the choice to keep it as credit.
fn change(entry: Entry) -> AnyView {
    let draft = entry.draft;
    let given = Memo::new(move |_| entry.with(|draft, facts| draft.change(facts)));
    let kept = bound::mark(
        move || draft.with(|draft| draft.keep_change),
        move |on| draft.update(|draft| draft.keep_change = on),
    );
    let offered = move || kept.get() || given.get().is_some_and(Money::is_positive) && !entry.walk_in;
    let shown = move || {
        let change = given.get()?;
        let amount = entry.currency.with_value(|currency| money::money(change, currency));
        Some(view! { <span>{say!(pay.change)}</span>" "<b>{amount}</b> })
    };
    view! {
        <p class="change" role="status">{live(shown)}</p>
        <Show when=offered>
            <CheckCard id="f-keep-change" label=say!(pay.keep_change) checked=kept plain=true/>
        </Show>
    }
    .into_any()
}
