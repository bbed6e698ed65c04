//! Step 3: the summary, and the button that records the refund.

use super::preview;
use super::wizard::{Wizard, WizardStep};
use crate::components::live;
use crate::components::{Button, Changes, ErrorSummary, Look, Panel, focus_on};
use crate::forms::refund::{RefundAct, RefundDraft};
use crate::screens::{context, methods};
use crate::text::{money, reasons, say};
use ledger::entry::EntryKind;
use ledger::money::Money;
use leptos::prelude::*;

pub(super) fn confirm(wizard: Wizard) -> AnyView {
    let asked = Memo::new(move |_| wizard.act());
    let record = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        let commands = untrack(|| wizard.commands(wizard.act()));
        wizard.owed_before.set(untrack(|| wizard.with(|_, facts, _| facts.owed)));
        wizard.form.record(commands, move |recorded| {
            if let Some(one) = recorded.into_iter().next() {
                let refund = one.id.clone();
                wizard.last.set(Some(one));
                wizard.go_instead(WizardStep::Done(refund));
            }
        });
    };
    let label = Signal::derive(move || match asked.get() {
        RefundAct::Record if goes_online(wizard) => say!(refund.issue),
        RefundAct::Record => say!(refund.record),
        RefundAct::Request => say!(refund.request),
    });
    let clerk =
        move || (asked.get() == RefundAct::Request).then(|| view! { <p class="note">{why(wizard)}</p> });
    let rows = Memo::new(move |_| preview::rows(wizard));
    focus_on("confirm");
    view! {
        <form novalidate on:submit=record>
            <ErrorSummary problems=wizard.form.problems()/>
            <div class="settle"><div class="question stack close">
                <h2 id="confirm" tabindex="-1">{say!(refund.confirm)}</h2>
                {facts(wizard, asked)}
                {move || preview::to_credit(wizard).map(|says| view! { <p class="note">{says}</p> })}
                {move || preview::rounded(wizard).map(|says| view! { <p class="note">{says}</p> })}
                {clerk}
            </div>
            <aside class="outcome">
                <Panel title=say!(refund.what_will_happen)>
                    <Changes caption=say!(refund.what_will_happen) rows=rows/>
                    {live(move || preview::warning(wizard))}
                    <p class="small muted">{move || say!(refund.nothing_written_here, button = label.get())}</p>
                </Panel>
            </aside>
            <div class="actions apart">
                <Button label=say!(refund.back) look=Look::Quiet on_press=move |()| wizard.go(WizardStep::Issuing)/>
                <Button label=label look=Look::Primary submit=true/>
            </div></div>
        </form>
    }
    .into_any()
}

/// Whether the shop's server sends it.
fn goes_online(wizard: Wizard) -> bool {
    wizard.with(|draft, facts, _| draft.goes_online(facts)).unwrap_or_default()
}

/// Why the signed-in user can only request the refund.
fn why(wizard: Wizard) -> String {
    let write = |most| wizard.currency.with_value(|currency| money::money(most, currency));
    match context::limit(wizard.session, EntryKind::RefundRecorded) {
        Some(most) => say!(refund.clerk_limit, most = write(most)),
        None => say!(refund.clerk),
    }
}

/// Status, refund amount, credit amount, commission taken back, balance afterwards; then reason and method.
fn facts(wizard: Wizard, asked: Memo<RefundAct>) -> AnyView {
    let lines = move || {
        let preview = preview::preview(wizard);
        let figure = |amount: Option<Money>| {
            let write = |amount| wizard.currency.with_value(|currency| money::money(amount, currency));
            amount.map_or_else(|| money::DASH.to_owned(), write)
        };
        let status = match asked.get() {
            RefundAct::Record if goes_online(wizard) => say!(refund.status_issued),
            RefundAct::Record => say!(refund.status_recorded),
            RefundAct::Request => say!(refund.status_requested),
        };
        let taken_off = match preview.as_ref().map(|preview| preview.credit_leg) {
            Some(amount) if amount.is_positive() => say!(refund.taken_off, amount = figure(Some(amount))),
            amount => figure(amount),
        };
        let owed = preview.as_ref().and_then(preview::owed_after);
        let owed_after = match wizard.owed_on_all() {
            None => vec![line(say!(refund.owed_after), figure(owed.map(|(order, _)| order)), "strong")],
            Some(_) => vec![
                line(say!(refund.owed_after_order), figure(owed.map(|(order, _)| order)), "strong"),
                line(say!(refund.owed_after_all), figure(owed.map(|(_, all)| all)), ""),
            ],
        };
        let back = preview.as_ref().map(preview::taken_back);
        let goods = preview.iter().flat_map(|preview| &preview.returned);
        let goods = goods.map(|line| format!("{} × {}", line.qty, line.text)).collect::<Vec<_>>().join(", ");
        wizard.with(|draft, facts, _| {
            let going = draft.going(facts);
            let method =
                draft.method(facts).map(|method| methods::name(wizard.session, method)).unwrap_or_default();
            let mut lines = vec![
                line(say!(refund.status), status, ""),
                line(say!(refund.refund_amount), figure(Some(going)), "strong"),
                line(say!(refund.credit_amount), taken_off, "strong"),
                line(say!(refund.commission_back), figure(back), ""),
            ];
            lines.extend(owed_after);
            lines.push(line(say!(refund.method), method, ""));
            lines.push(line(say!(refund.reason), reason(draft), ""));
            if !goods.is_empty() {
                lines.push(line(say!(refund.returned_goods), goods, ""));
            }
            lines
        })
    };
    view! { <dl class="facts">{live(lines)}</dl> }.into_any()
}

fn line(label: String, value: String, class: &'static str) -> AnyView {
    view! { <dt>{label}</dt><dd class=class>{value}</dd> }.into_any()
}

fn reason(draft: &RefundDraft) -> String {
    let reason = draft.reason.choice.map(reasons::choice).unwrap_or_default();
    let words = draft.reason.words.trim();
    let other = draft.reason.choice == Some(crate::forms::Reason::Other);
    if other && !words.is_empty() { words.to_owned() } else { reason }
}
