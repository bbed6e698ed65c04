//! The form for a new shop.

use super::state::{SetupState, SetupStep, not_written};
use super::words::problem_words;
use crate::components::{
    Button, Choice, ErrorSummary, Heading, Look, Problem, Select, TextField, effect, focus_on,
};
use crate::forms::set_up::{CURRENCY, PIN, SHOP, SetUpDraft, ShopDetails, YOU};
use crate::forms::{Errors, Field};
use crate::session::{Session, SetUp};
use crate::text::{currencies, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The texts of the form.
#[derive(Clone, Copy)]
struct Texts {
    shop: RwSignal<String>,
    currency: RwSignal<String>,
    you: RwSignal<String>,
    pin: RwSignal<String>,
}

impl Texts {
    fn new() -> Self {
        let language = window().navigator().language().unwrap_or_default();
        let empty = || RwSignal::new(String::new());
        let currency = RwSignal::new(currencies::likely(&language).to_owned());
        Self { shop: empty(), currency, you: empty(), pin: empty() }
    }

    fn draft(self) -> SetUpDraft {
        let (shop, currency) = (self.shop.get(), self.currency.get());
        SetUpDraft { shop, currency, you: self.you.get(), pin: self.pin.get() }
    }
}

/// The form.
pub fn form(state: SetupState) -> AnyView {
    let texts = Texts::new();
    let choices: Vec<_> =
        currencies::all().into_iter().map(|(code, name)| currency_choice(code, &name)).collect();
    let wrong = |field: Field| Signal::derive(move || says(state, &field));
    follow(state, texts);
    focus_on(SHOP.id());
    view! {
        <form class="form" novalidate on:submit=submit(state, texts)>
            <Heading text=say!(setup.set_up) leave_focus=true/>
            <ErrorSummary problems=state.problems/>
            <TextField id=SHOP.id() label=say!(setup.shop) hint=say!(setup.shop_hint) value=texts.shop
                error=wrong(SHOP) required=true autocomplete="organization"/>
            <Select id=CURRENCY.id() label=say!(setup.currency) hint=say!(setup.currency_hint) value=texts.currency
                choices=choices error=wrong(CURRENCY) required=true/>
            <TextField id=YOU.id() label=say!(setup.you) hint=say!(setup.you_hint) value=texts.you
                error=wrong(YOU) required=true autocomplete="name"/>
            <TextField id=PIN.id() label=say!(setup.pin) hint=say!(setup.pin_hint) value=texts.pin
                error=wrong(PIN) kind="password" keyboard="numeric" autocomplete="new-password" short=true/>
            <div class="actions">
                <Button label=say!(setup.set_up) look=Look::Primary submit=true why_not=state.writing/>
                <Button label=say!(setup.back) look=Look::Quiet key="Escape" on_press=move |()| back(state)/>
            </div>
        </form>
    }
    .into_any()
}

/// The line of each error in the summary.
fn lines(errors: &Errors) -> Vec<Problem> {
    let line = |(field, problem): &(Field, _)| Problem::at(field.id(), problem_words(field, problem));
    errors.iter().map(line).collect()
}

/// Removes each error as soon as its field is mended.
fn follow(state: SetupState, texts: Texts) {
    effect(move || {
        let shown = state.problems.get();
        if shown.is_empty() {
            return;
        }
        let now = lines(&texts.draft().read().err().unwrap_or_default());
        let field = |line: &Problem| now.iter().find(|other| other.field == line.field).cloned();
        // A line without a field says why the ledger was not created; the next submission replaces it.
        let left = |line: &Problem| if line.field.is_none() { Some(line.clone()) } else { field(line) };
        let left: Vec<_> = shown.iter().filter_map(left).collect();
        if left != shown {
            state.problems.set(left);
        }
    });
}

fn currency_choice(code: String, name: &str) -> Choice {
    let label = format!("{name} ({code})");
    Choice::new(code, label)
}

fn back(state: SetupState) {
    state.problems.set(Vec::new());
    state.step.set(SetupStep::Choose);
}

/// The error message of a field from the last submission.
fn says(state: SetupState, field: &Field) -> Option<String> {
    let id = field.id();
    state.problems.with(|all| {
        all.iter().find(|problem| problem.field.as_ref() == Some(&id)).map(|found| found.says.clone())
    })
}

/// Parses the form and creates the new ledger.
fn submit(state: SetupState, texts: Texts) -> impl Fn(web_sys::SubmitEvent) {
    let session = expect_context::<Session>();
    move |ev| {
        ev.prevent_default();
        if state.writing.with_untracked(Option::is_some) {
            return;
        }
        let asked = match untrack(|| texts.draft().read()) {
            Ok(ShopDetails { shop, currency, you, pin }) => {
                SetUp { shop_name: shop, currency, your_name: you, pin }
            }
            Err(errors) => return state.problems.set(lines(&errors)),
        };
        state.writing.set(Some(say!(setup.writing)));
        spawn_local(async move {
            match session.set_up(asked).await {
                Ok(()) => {
                    state.step.try_set(SetupStep::Done);
                }
                Err(why) => not_written(state, &why),
            }
            state.writing.try_set(None);
        });
    }
}
