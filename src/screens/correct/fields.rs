//! The fields of a correction: amount, order or customer, reason, note; each only where it applies.

mod moved;

use super::{Corrections, Offered};
use crate::components::{AmountField, Choice, Picker, Select, TextField, effect};
use crate::forms::ReasonDraft;
use crate::forms::correction::{AMOUNT, Correction, CorrectionDraft, NOTE, ORDER, TO};
use crate::forms::typed_amount;
use crate::screens::{bind, choose_customer, context};
use crate::text::correction as words;
use crate::text::{date, money, say};
use ledger::id::Id;
use ledger::money::Money;
use ledger::view::account::AccountView;
use leptos::prelude::*;
use std::sync::Arc;

pub(super) fn fields(
    at: Corrections,
    offered: &Offered,
    view: impl Fn() -> Option<Arc<AccountView>> + Copy + Send + Sync + 'static,
) -> AnyView {
    let correction = &offered.correction;
    let towards = match correction {
        Correction::Apply { .. } => orders(at, &view().map(|view| owing(&view)).unwrap_or_default()),
        Correction::Transfer { .. } => receiver(at, say!(correct.to)),
        Correction::MovePayment { .. } => moved::fields(at),
        _ => ().into_any(),
    };
    let amount = correction.most().map(|most| amount(at, most));
    let reason = correction.has_reason().then(|| {
        view! {
            <TextField id=ReasonDraft::WORDS.id() label=say!(reasons.label) hint=words::reason_hint(correction)
                value=text(at, |draft| &mut draft.reason) error=at.form.error(ReasonDraft::WORDS) required=true/>
        }
    });
    let note = matches!(correction, Correction::ReverseCredit { .. }).then(|| {
        view! {
            <TextField id=NOTE.id() label=say!(correct.note) hint=say!(correct.note_hint)
                value=text(at, |draft| &mut draft.note) error=at.form.error(NOTE)/>
        }
    });
    view! { {towards}{amount}{reason}{note} }.into_any()
}

fn amount(at: Corrections, most: Money) -> AnyView {
    let currency = context::currency(at.session);
    let hint = say!(correct.amount_hint, most = money::money(most, &currency));
    view! {
        <AmountField id=AMOUNT.id() label=say!(correct.amount) currency=money::sign(&currency) hint=hint
            value=text(at, |draft| &mut draft.amount) error=at.form.error(AMOUNT) required=true/>
    }
    .into_any()
}

/// The value of a text of the draft.
fn text(at: Corrections, part: fn(&mut CorrectionDraft) -> &mut String) -> crate::components::Value<String> {
    let read = move || at.draft.get().map(|mut draft| std::mem::take(part(&mut draft))).unwrap_or_default();
    bind::text(read, move |typed| {
        at.draft.update(|draft| draft.iter_mut().for_each(|draft| part(draft).clone_from(&typed)));
    })
}

/// The orders with a balance due, oldest first, each with its label and what it owes.
fn owing(view: &AccountView) -> Vec<(Id, String, Money)> {
    let session = context::session();
    let (today, currency) = (session.today().get_untracked(), context::currency(session));
    let due = view.orders.iter().rev().filter(|row| row.owed.is_positive());
    due.map(|row| {
        let (no, on) = (row.no.clone().unwrap_or_default(), date::short(row.on, today));
        let label = say!(correct.order_option, no = no, date = on, owed = money::money(row.owed, &currency));
        (row.id.clone(), label, row.owed)
    })
    .collect()
}

fn orders(at: Corrections, owing: &[(Id, String, Money)]) -> AnyView {
    if owing.is_empty() {
        return view! { <p class="note">{say!(correct.no_order, name = at.name())}</p> }.into_any();
    }
    let mut choices = vec![Choice::new("", say!(correct.choose_order))];
    choices.extend(owing.iter().map(|(id, label, _)| Choice::new(id.to_string(), label.clone())));
    let known: Vec<(Id, Money)> = owing.iter().map(|(id, _, owed)| (id.clone(), *owed)).collect();
    let chosen = move || at.draft.get()?.to.map(|(id, _)| id.to_string());
    let value = bind::text(
        move || chosen().unwrap_or_default(),
        move |picked| {
            let to = known.iter().find(|(id, _)| id.as_str() == picked).cloned();
            let currency = context::currency(at.session);
            at.draft.update(|draft| {
                let Some(draft) = draft else { return };
                // What fits, as the amount that is most likely meant.
                let most = draft.correction.most().zip(to.as_ref()).map(|(most, (_, owed))| most.min(*owed));
                draft.amount = most.map(|most| typed_amount(most, &currency)).unwrap_or_default();
                draft.to = to;
            });
        },
    );
    view! {
        <Select id=ORDER.id() label=say!(correct.order) choices=choices value=value error=at.form.error(ORDER) required=true/>
    }
    .into_any()
}

/// The customer who receives the credit or the payment.
fn receiver(at: Corrections, label: String) -> AnyView {
    let (typed, picked) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let matching = choose_customer::matching(typed);
    effect(move || {
        let (_, _, _) = (typed.get(), picked.get(), matching.get());
        let chosen = choose_customer::chosen(typed, picked, matching);
        let to = chosen.and_then(|id| Id::new(&id).ok()).map(|id| (id, Money::ZERO));
        at.draft.update(|draft| draft.iter_mut().for_each(|draft| draft.to.clone_from(&to)));
    });
    view! {
        <Picker id=TO.id() label=label text=typed options=matching required=true hint=say!(pay.customer_hint)
            error=at.form.error(TO) on_pick=move |id| picked.set(Some(id))/>
    }
    .into_any()
}
