//! The form for a new shop.

use super::state::{SetupState, SetupStep, no_currency};
use crate::components::{Button, Choice, ErrorSummary, Heading, Look, Select, TextField, focus_on};
use crate::forms::Field;
use crate::forms::set_up::{CURRENCY, PIN, SHOP, SetUpDraft, ShopDetails, YOU};
use crate::screens::form::Form;
use crate::screens::{bind, context, draft_storage};
use crate::session::{Session, SetUp};
use crate::text::{currencies, say};
use leptos::prelude::*;

/// The name of the draft in this tab.
const DRAFT: &str = "setup";

/// The form; the ledger is created when it is submitted.
#[component]
pub fn SetUpForm() -> AnyView {
    let (session, state) = (context::session(), expect_context::<SetupState>());
    let (draft, restored) = draft_storage::open(DRAFT, blank);
    let form = Form::new(session, no_currency(), DRAFT.to_owned());
    form.follow(move || draft.with(|draft| draft.read().err().unwrap_or_default()));
    focus_on(SHOP.id());
    view! {
        <form class="form" novalidate on:submit=submit(session, state, draft, form)>
            <Heading text=say!(setup.set_up) leave_focus=true/>
            {restored.notice(move || form.clear())}
            <ErrorSummary problems=form.problems()/>
            {fields(draft, form)}
            <div class="actions">
                <Button label=say!(setup.set_up) look=Look::Primary submit=true why_not=state.writing/>
                <Button label=say!(setup.back) look=Look::Quiet key="Escape"
                    on_press=move |()| state.step.set(SetupStep::Choose)/>
            </div>
        </form>
    }
    .into_any()
}

/// An empty form, with the currency of the browser's region.
fn blank() -> SetUpDraft {
    let language = window().navigator().language().unwrap_or_default();
    SetUpDraft { currency: currencies::likely(&language).to_owned(), ..SetUpDraft::default() }
}

fn fields(draft: RwSignal<SetUpDraft>, form: Form) -> AnyView {
    let text = |read: fn(&SetUpDraft) -> &String, write: fn(&mut SetUpDraft) -> &mut String| {
        bind::text(
            move || draft.with(|draft| read(draft).clone()),
            move |typed| draft.update(|draft| *write(draft) = typed),
        )
    };
    let wrong = |field: Field| form.error(field);
    let choices: Vec<_> =
        currencies::all().into_iter().map(|(code, name)| currency_choice(code, &name)).collect();
    view! {
        <TextField id=SHOP.id() label=say!(setup.shop) hint=say!(setup.shop_hint)
            value=text(|draft| &draft.shop, |draft| &mut draft.shop) error=wrong(SHOP) required=true
            autocomplete="organization"/>
        <Select id=CURRENCY.id() label=say!(setup.currency) hint=say!(setup.currency_hint)
            value=text(|draft| &draft.currency, |draft| &mut draft.currency) choices=choices error=wrong(CURRENCY)
            required=true/>
        <TextField id=YOU.id() label=say!(setup.you) hint=say!(setup.you_hint)
            value=text(|draft| &draft.you, |draft| &mut draft.you) error=wrong(YOU) required=true autocomplete="name"/>
        <TextField id=PIN.id() label=say!(setup.pin) hint=say!(setup.pin_hint)
            value=text(|draft| &draft.pin, |draft| &mut draft.pin) error=wrong(PIN) kind="password" keyboard="numeric"
            autocomplete="new-password" short=true/>
    }
    .into_any()
}

fn currency_choice(code: String, name: &str) -> Choice {
    let label = format!("{name} ({code})");
    Choice::new(code, label)
}

/// Parses the form and creates the new ledger.
fn submit(
    session: Session,
    state: SetupState,
    draft: RwSignal<SetUpDraft>,
    form: Form,
) -> impl Fn(web_sys::SubmitEvent) {
    move |ev| {
        ev.prevent_default();
        let create = move |details: ShopDetails| async move {
            state.writing.set(Some(say!(setup.writing)));
            let ShopDetails { shop, currency, you, pin } = details;
            let asked = SetUp { shop_name: shop, currency, your_name: you, pin };
            let outcome = session.set_up(asked).await;
            if let Ok(code) = &outcome {
                state.code.try_set(code.clone());
                state.step.try_set(SetupStep::Done);
            }
            state.writing.try_set(None);
            outcome.map(drop)
        };
        form.submit(draft.with_untracked(SetUpDraft::read), create, |()| ());
    }
}
