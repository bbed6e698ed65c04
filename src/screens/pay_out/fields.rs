//! The amount, payee and method of a pay-out.

use super::payout_form::PayoutForm;
use crate::components::{AmountField, Choice, Select, TextArea, TextField};
use crate::forms::payment::has_bank;
use crate::forms::payout::{AMOUNT, BANK, METHOD, NOTE, PAYEE, PayoutDraft, REFERENCE, methods};
use crate::screens::confirmation::confirmation;
use crate::screens::{bind, methods};
use crate::text::{money, say};
use ledger::method::Method;
use leptos::prelude::*;

/// *Refund amount*, at most the available credit.
pub(super) fn amount(pay: PayoutForm) -> AnyView {
    let value = bind::text(
        move || pay.with(|draft, facts| draft.amount_text(facts)).unwrap_or_default(),
        move |typed| pay.draft.update(|draft| draft.amount = Some(typed)),
    );
    let available = move || {
        let write = |amount| pay.currency.with_value(|currency| money::money(amount, currency));
        pay.with(|_, facts| write(facts.available())).unwrap_or_else(|| money::DASH.into())
    };
    let hint = Signal::derive(move || say!(payout.amount_hint, available = available()));
    let sign = pay.currency.with_value(money::sign);
    view! {
        <AmountField id=AMOUNT.id() label=say!(payout.amount) hint=hint currency=sign value=value big=true
            error=pay.form.error(AMOUNT) required=true/>
    }
    .into_any()
}

/// *Refund method*, with its bank account.
pub(super) fn how(pay: PayoutForm) -> AnyView {
    let draft = pay.draft;
    let method = Memo::new(move |_| draft.with(|draft| draft.method));
    let value = bind::text(
        move || method.with(|method| method.as_ref().map(Method::word).unwrap_or_default().to_owned()),
        move |picked| draft.update(|draft| draft.method = Method::of(&picked)),
    );
    let mut choices = vec![Choice::new("", say!(refund.choose_method))];
    choices.extend(methods::choices(pay.session, methods()));
    view! {
        <div class="pair">
            <Select id=METHOD.id() label=say!(payout.method) choices=choices value=value
                error=pay.form.error(METHOD) required=true/>
            <Show when=move || method.get().is_some_and(has_bank)>{bank(pay)}</Show>
        </div>
        {rounded(pay)}
    }
    .into_any()
}

/// What is to be handed over, where cash is rounded.
fn rounded(pay: PayoutForm) -> AnyView {
    let says = Memo::new(move |_| {
        let rounded = pay.with(|draft, facts| draft.rounded(facts)).flatten()?;
        Some(pay.currency.with_value(|currency| money::handed_over_rounded(rounded, currency)))
    });
    view! { <p class="why" role="status">{says}</p> }.into_any()
}

fn bank(pay: PayoutForm) -> AnyView {
    let draft = pay.draft;
    let value = methods::bank_value(
        pay.session,
        move || draft.with(|draft| draft.bank.clone()),
        move |bank| draft.update(|draft| draft.bank = Some(bank)),
    );
    let choices = methods::banks(pay.session);
    view! { <Select id=BANK.id() label=say!(refund.bank) choices=choices value=value required=true/> }
        .into_any()
}

/// *Payee*, *Reference*, *Refund note*.
pub(super) fn rest(pay: PayoutForm) -> AnyView {
    let field = |read: fn(&PayoutDraft) -> &String, write: fn(&mut PayoutDraft) -> &mut String| {
        let draft = pay.draft;
        bind::text(
            move || draft.with(|draft| read(draft).clone()),
            move |typed| draft.update(|draft| *write(draft) = typed),
        )
    };
    view! {
        <TextField id=PAYEE.id() label=say!(payout.payee) hint=say!(payout.payee_hint)
            value=field(|draft| &draft.payee, |draft| &mut draft.payee) error=pay.form.error(PAYEE)/>
        <TextField id=REFERENCE.id() label=say!(refund.reference) hint=say!(refund.reference_hint)
            value=field(|draft| &draft.reference, |draft| &mut draft.reference) error=pay.form.error(REFERENCE)/>
        <TextArea id=NOTE.id() label=say!(payout.note) hint=say!(payout.note_hint)
            value=field(|draft| &draft.note, |draft| &mut draft.note) error=pay.form.error(NOTE)/>
        {confirmation(pay.form, NOTE, pay.draft, |draft| &draft.note, say!(problems.not_a_card))}
    }
    .into_any()
}
