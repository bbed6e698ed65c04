//! Step 2: the balance afterwards, with a preview before → after, and the partners' commissions.

use super::preview;
use super::wizard::{Wizard, WizardStep};
use crate::components::{AmountField, Button, Changes, ErrorSummary, Look, Panel, focus_on};
use crate::components::{effect, live, swap};
use crate::forms::refund::{AfterDraft, OWED_AFTER, RefundAct};
use crate::forms::typed_amount;
use crate::screens::{bind, clawback, methods};
use crate::text::{money, say};
use ledger::entry::Clawback;
use ledger::money::Money;
use leptos::prelude::*;

pub(super) fn issuing(wizard: Wizard) -> AnyView {
    let next = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        match untrack(|| wizard.command(RefundAct::Record)) {
            Err(errors) => wizard.form.show(errors),
            Ok(_) => wizard.go(WizardStep::Confirm),
        }
    };
    focus_on(OWED_AFTER.id());
    view! {
        <form novalidate on:submit=next>
            <ErrorSummary problems=wizard.form.problems()/>
            <div class="settle">
                <div class="question stack close">
                    {question(wizard)}
                    {presets(wizard)}
                    {afterwards(wizard)}
                </div>
                <aside class="outcome">{outcome(wizard)}</aside>
                {commissions(wizard)}
                <div class="actions apart">
                    <Button label=say!(refund.back) look=Look::Quiet on_press=move |()| wizard.go(WizardStep::Payments)/>
                    <Button label=say!(refund.next) look=Look::Primary submit=true/>
                </div>
            </div>
        </form>
    }
    .into_any()
}

fn question(wizard: Wizard) -> AnyView {
    let draft = wizard.draft;
    let value = bind::text(
        move || wizard.with(|draft, facts, _| draft.after_text(facts)).unwrap_or_default(),
        move |typed| draft.update(|draft| draft.after = Some(AfterDraft::Typed(typed))),
    );
    let hint = Signal::derive(move || facts(wizard));
    let sign = wizard.currency.with_value(money::sign);
    view! {
        <AmountField id=OWED_AFTER.id() label=say!(refund.question) hint=hint currency=sign value=value big=true
            error=wizard.form.error(OWED_AFTER) required=true/>
    }
    .into_any()
}

/// The order in one line: its amount, the balance, the refund and its method. The question is about this order; if the
/// customer also owes on others, the balance of all stands beside it.
fn facts(wizard: Wizard) -> String {
    let all = wizard.owed_on_all();
    let words = wizard.with(|draft, facts, view| {
        let m = |amount: Money| money::money(amount, facts.currency);
        let (no, refund) = (view.row.no.clone().unwrap_or_default(), draft.going(facts));
        let by = draft.method(facts).map(|method| methods::by(wizard.session, method)).unwrap_or_default();
        let (amount, refund) = (m(view.row.amount), m(refund));
        let owed = match all {
            None => m(view.row.owed),
            Some(all) => say!(refund.owed_and_all, owed = m(view.row.owed), all = m(all)),
        };
        say!(refund.facts, no = no, amount = amount, owed = owed, refund = refund, by = by)
    });
    words.unwrap_or_default()
}

/// The balances afterwards of this order and of all orders, if the customer owes on others too.
fn afterwards(wizard: Wizard) -> AnyView {
    let says = Memo::new(move |_| {
        wizard.owed_on_all()?;
        let (order, all) = preview::owed_after(&preview::preview(wizard)?)?;
        let m = |amount: Money| wizard.currency.with_value(|currency| money::money(amount, currency));
        Some(say!(refund.afterwards, no = wizard.order_no(), owed = m(order), all = m(all)))
    });
    view! { <p class="why" role="status">{says}</p> }.into_any()
}

/// *Nothing*, *Same as now*, *Goes up by the refund*: a button for each.
fn presets(wizard: Wizard) -> AnyView {
    let owed = move |add_refund: bool| {
        let amount = wizard.with(|draft, facts, _| {
            let amount = if add_refund { facts.owed + draft.going(facts) } else { facts.owed };
            money::money(amount, facts.currency)
        });
        amount.unwrap_or_default()
    };
    let zero = wizard.currency.with_value(|currency| typed_amount(Money::ZERO, currency));
    let (same, up) = (Signal::derive(move || owed(false)), Signal::derive(move || owed(true)));
    let nothing = say!(refund.nothing, zero = zero.clone());
    view! {
        <div class="row presets">
            {returned(wizard)}
            {preset(wizard, nothing, Signal::stored(String::new()), AfterDraft::Typed(zero))}
            {preset(wizard, say!(refund.same), same, AfterDraft::Stays)}
            {preset(wizard, say!(refund.goes_up), up, AfterDraft::Reopens)}
        </div>
    }
    .into_any()
}

/// *The returned goods come off*, if lines came back: what they are worth, as the ledger values them.
fn returned(wizard: Wizard) -> AnyView {
    let after = Memo::new(move |_| {
        let value = preview::returned_value(wizard)?;
        wizard.with(|draft, facts, _| (facts.owed + draft.going(facts) - value).max(Money::ZERO))
    });
    let write = move |amount: Money| wizard.currency.with_value(|currency| typed_amount(amount, currency));
    // It is the answer until another is chosen.
    effect(move || {
        let Some(after) = after.get() else { return };
        if wizard.draft.with_untracked(|draft| draft.after.is_none()) {
            wizard.draft.update(|draft| draft.after = Some(AfterDraft::Typed(write(after))));
        }
    });
    let button = move |after: Money| {
        let figure = wizard.currency.with_value(|currency| money::money(after, currency));
        let typed = AfterDraft::Typed(write(after));
        preset(wizard, say!(refund.goods_come_off), Signal::stored(figure), typed)
    };
    swap(after, move |after| after.map_or_else(|| ().into_any(), button))
}

fn preset(wizard: Wizard, label: String, figure: Signal<String>, after: AfterDraft) -> AnyView {
    let draft = wizard.draft;
    let own = after.clone();
    let pressed = Signal::derive(move || draft.with(|draft| draft.after.as_ref() == Some(&own)));
    let choose = move |()| draft.update(|draft| draft.after = Some(after.clone()));
    view! { <Button label=label figure=figure pressed=pressed on_press=choose/> }.into_any()
}

/// *What will happen*.
fn outcome(wizard: Wizard) -> AnyView {
    let rows = Memo::new(move |_| preview::rows(wizard));
    let summary = Memo::new(move |_| {
        let preview = preview::preview(wizard)?;
        let refund = wizard.with(|draft, facts, _| draft.going(facts))?;
        let m = |amount: Money| wizard.currency.with_value(|currency| money::money(amount, currency));
        let legs = match preview.credit_leg {
            Money::ZERO => say!(refund.refund_of, refund = m(refund)),
            credit => say!(refund.refund_and_taken_off, refund = m(refund), taken_off = m(credit)),
        };
        let (to_credit, rounded) = (preview::to_credit(wizard), preview::rounded(wizard));
        Some([Some(legs), to_credit, rounded].into_iter().flatten().collect::<Vec<_>>().join(" "))
    });
    let said = move || summary.get().unwrap_or_else(|| say!(refund.not_yet));
    view! {
        <Panel title=say!(refund.what_will_happen)>
            <p class="small muted" role="status">{live(said)}</p>
            <Changes caption=say!(refund.what_will_happen) rows=rows/>
            {live(move || preview::warning(wizard))}
            <p class="small muted">{say!(refund.nothing_written)}</p>
        </Panel>
    }
    .into_any()
}

/// The two boxes, unmarked at first, each with the amount it would move; shown if the order has partners.
fn commissions(wizard: Wizard) -> AnyView {
    let partners = untrack(|| wizard.with(|_, _, view| clawback::names(view)));
    let Some(names) = partners.filter(|names| !names.is_empty()) else { return ().into_any() };
    let boxes = move || wizard.draft.with(|draft| draft.clawback);
    let refund = Memo::new(move |_| {
        let now = boxes();
        preview::box_moves(wizard, Clawback { refund: true, ..now }, Clawback { refund: false, ..now })
    });
    let credit = Memo::new(move |_| {
        let now = boxes();
        preview::box_moves(wizard, Clawback { credit: true, ..now }, Clawback { credit: false, ..now })
    });
    let marked = move |place: fn(&mut Clawback) -> &mut bool| {
        bind::checkbox(
            move || *place(&mut wizard.draft.with(|draft| draft.clawback)),
            move |on| wizard.draft.update(|draft| *place(&mut draft.clawback) = on),
        )
    };
    let currency = wizard.currency.get_value();
    let of_refund = ("f-clawback-refund", say!(refund.clawback_refund));
    let of_credit = ("f-clawback-credit", say!(refund.clawback_credit));
    view! {
        <fieldset class="field commissions">
            <legend>{say!(refund.commissions)}</legend>
            <div class="choices">
                {clawback::card(of_refund, say!(refund.clawback_refund_hint, names = names.clone()), refund,
                    marked(|boxes| &mut boxes.refund), currency.clone())}
                {clawback::card(of_credit, say!(refund.clawback_credit_hint, names = names), credit,
                    marked(|boxes| &mut boxes.credit), currency)}
            </div>
        </fieldset>
    }
    .into_any()
}
