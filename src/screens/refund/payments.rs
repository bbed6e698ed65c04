//! Step 1: the payments to refund, the reason, and the method.

use super::wizard::{ONLINE, Wizard, WizardStep};
use super::{part, preview};
use crate::at::at;
use crate::components::{
    Button, CheckCard, Choice, Choices, ErrorSummary, LinkButton, Look, Select, TextArea, TextField, Value,
    swap,
};
use crate::forms::payment::has_bank;
use crate::forms::refund::{BANK, METHOD, METHODS, NOTE, NotOnline, PAYMENTS, REFERENCE, RefundDraft};
use crate::screens::confirmation::confirmation;
use crate::screens::guide::{GuidePage, how_to};
use crate::screens::{bind, methods, reason, returned_lines};
use crate::text::say;
use ledger::method::Method;
use leptos::prelude::*;

pub(super) fn payments(wizard: Wizard) -> AnyView {
    let next = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        wizard.meanwhile.set(None);
        let checked = untrack(|| wizard.with(|draft, facts, _| draft.check_payments(facts)));
        match checked {
            Some(Err(errors)) => wizard.form.show(errors),
            Some(Ok(())) => wizard.go(WizardStep::Issuing),
            None => {}
        }
    };
    let draft = wizard.draft;
    let credit_only =
        Memo::new(move |_| wizard.with(|draft, facts, _| draft.is_credit_only(facts)).unwrap_or_default());
    let why = reason::fields(
        wizard.form,
        Signal::derive(move || draft.with(|draft| draft.reason.clone())),
        move |reason| draft.update(|draft| draft.reason = reason),
    );
    view! {
        <form class="form" novalidate on:submit=next>
            {wizard.restored.notice(move || wizard.form.clear())}
            <ErrorSummary problems=wizard.first_problems()/>
            {parts(wizard)}
            {goods(wizard)}
            {why}
            {swap(credit_only, move |only| if only { no_method() } else { how(wizard) })}
            {note(wizard)}
            <div class="actions apart">
                {cancel(wizard)}
                <Button label=say!(refund.next) look=Look::Primary submit=true/>
            </div>
        </form>
        {how_to(GuidePage::RefundElsewhere)}
    }
    .into_any()
}

/// A checkbox and an amount for each payment.
fn parts(wizard: Wizard) -> AnyView {
    let rows = untrack(|| wizard.with(|_, _, view| view.refundable.clone())).unwrap_or_default();
    let cards = rows.into_iter().enumerate().map(|(at, row)| part::part(wizard, at, row)).collect_view();
    let wrong = wizard.form.error(PAYMENTS);
    let error_id = format!("{}-error", PAYMENTS.id());
    let described = error_id.clone();
    view! {
        <fieldset class="field" aria-describedby=described>
            <legend>{say!(refund.what_goes_back)}</legend>
            {move || wrong.get().map(|says| view! { <p class="error" id=error_id.clone()>{says}</p> })}
            <div class="choices">{cards}</div>
        </fieldset>
    }
    .into_any()
}

/// The lines that came back; what they are worth can come off the order.
fn goods(wizard: Wizard) -> AnyView {
    let draft = wizard.draft;
    let view = untrack(|| wizard.loaded.get().ready());
    let drafts = Signal::derive(move || draft.with(|draft| draft.returned.clone()));
    let write = move |returned| draft.update(|draft| draft.returned = returned);
    view.map_or_else(|| ().into_any(), |view| returned_lines::fields(wizard.form, &view, drafts, write))
}

/// Instead of the method: credit goes back to the customer's credit, and no money moves.
fn no_method() -> AnyView {
    view! { <p class="note" role="status">{say!(refund.credit_only)}</p> }.into_any()
}

/// *Refund method*, with its bank account and reference, and a note if the user must hand over the money.
fn how(wizard: Wizard) -> AnyView {
    let draft = wizard.draft;
    let method = Memo::new(move |_| wizard.with(|draft, facts, _| draft.method(facts)).flatten());
    let value = bind::text(
        move || method.with(|method| method.as_ref().map(Method::word).unwrap_or_default().to_owned()),
        move |picked| draft.update(|draft| draft.method = Method::of(&picked)),
    );
    let mut choices = vec![Choice::new("", say!(refund.choose_method))];
    choices.extend(methods::choices(wizard.session, METHODS));
    let another = Memo::new(move |_| wizard.with(|draft, facts, _| draft.another_way(facts)).flatten());
    let told = move |came: Option<Method>| {
        let says = came.map(|came| say!(refund.another_way, by = methods::by(wizard.session, came)));
        says.map(|says| view! { <p class="note" role="status">{says}</p> }).into_any()
    };
    let issued =
        Memo::new(move |_| wizard.with(|draft, facts, _| draft.is_issued(facts)).unwrap_or_default());
    let reference_hint = Signal::derive(move || match issued.get() {
        true => say!(refund.issued_reference),
        false => say!(refund.reference_hint),
    });
    let sent = Memo::new(move |_| goes_online(wizard));
    view! {
        {online(wizard)}
        <Show when=move || !issued.get() && !sent.get()>
            <div class="pair">
                <Select id=METHOD.id() label=say!(refund.method) choices=choices.clone() value=value
                    error=wizard.form.error(METHOD) required=true/>
                <Show when=move || method.get().is_some_and(has_bank)>{bank(wizard)}</Show>
            </div>
            {swap(another, told)}
            <p class="why" role="status">{Memo::new(move |_| preview::rounded(wizard))}</p>
        </Show>
        <Show when=move || !sent.get()>
            <TextField id=REFERENCE.id() label=say!(refund.reference) hint=reference_hint
                value=text(wizard, |draft| &draft.reference, |draft| &mut draft.reference)
                error=wizard.form.error(REFERENCE)/>
        </Show>
    }
    .into_any()
}

/// *Online* or *Manual* where the money was taken online. Where online is not possible it is closed with the reason; of a manual refund
/// the user says whether it was issued at the processor already.
fn online(wizard: Wizard) -> AnyView {
    let draft = wizard.draft;
    let came =
        Memo::new(move |_| wizard.with(|draft, facts, _| draft.came_online(facts)).unwrap_or_default());
    let closed = Memo::new(move |_| wizard.with(|draft, facts, _| draft.why_not_online(facts)).flatten());
    let choices = Signal::derive(move || {
        let online = Choice::new(ONLINE, say!(refund.online));
        let online = match closed.get() {
            Some(why) => online.why_not(Some(why_not(why))),
            None => online.hint(say!(refund.online_hint)),
        };
        vec![online, Choice::new("manual", say!(refund.manual_choice)).hint(say!(refund.manual))]
    });
    let goes = Memo::new(move |_| goes_online(wizard));
    let value = bind::text(
        move || if goes.get() { ONLINE.to_owned() } else { "manual".to_owned() },
        move |picked| draft.update(|draft| draft.online = picked == ONLINE),
    );
    let issued = bind::checkbox(
        move || draft.with(|draft| draft.issued),
        move |on| draft.update(|draft| draft.issued = on),
    );
    view! {
        <Show when=move || came.get()>
            <Choices id="f-online" label=say!(refund.how) choices=choices value=value required=true/>
            <Show when=move || !goes.get()>
                <CheckCard id="f-issued" label=say!(refund.issued) hint=say!(refund.issued_hint) checked=issued/>
            </Show>
        </Show>
    }
    .into_any()
}

/// Whether the shop's server sends it.
fn goes_online(wizard: Wizard) -> bool {
    wizard.with(|draft, facts, _| draft.goes_online(facts)).unwrap_or_default()
}

fn why_not(why: NotOnline) -> String {
    match why {
        NotOnline::NoProcessor => say!(refund.online_why_not),
        NotOnline::Several => say!(refund.online_several),
        NotOnline::OtherWay => say!(refund.online_other_way),
        NotOnline::NoNumber => say!(refund.online_no_number),
    }
}

fn bank(wizard: Wizard) -> AnyView {
    let draft = wizard.draft;
    let value = methods::bank_value(
        wizard.session,
        move || draft.with(|draft| draft.bank.clone()),
        move |bank| draft.update(|draft| draft.bank = Some(bank)),
    );
    let choices = methods::banks(wizard.session);
    view! { <Select id=BANK.id() label=say!(refund.bank) choices=choices value=value required=true/> }
        .into_any()
}

fn note(wizard: Wizard) -> AnyView {
    let value = text(wizard, |draft| &draft.note, |draft| &mut draft.note);
    view! {
        <TextArea id=NOTE.id() label=say!(refund.notes) hint=say!(refund.notes_hint) value=value
            error=wizard.form.error(NOTE)/>
        {confirmation(wizard.form, NOTE, wizard.draft, |draft| &draft.note, say!(problems.not_a_card))}
    }
    .into_any()
}

/// A text of the draft, bound to a field.
fn text(
    wizard: Wizard,
    read: fn(&RefundDraft) -> &String,
    write: fn(&mut RefundDraft) -> &mut String,
) -> Value<String> {
    let draft = wizard.draft;
    bind::text(
        move || draft.with(|draft| read(draft).clone()),
        move |typed| draft.update(|draft| *write(draft) = typed),
    )
}

/// A link back to the order, which deletes the draft.
pub(super) fn cancel(wizard: Wizard) -> AnyView {
    let href = at(wizard.order_link());
    view! {
        <span on:click=move |_| wizard.form.forget()>
            <LinkButton href=href label=say!(refund.cancel) look=Look::Quiet/>
        </span>
    }
    .into_any()
}
