//! The form with which this browser joins a shop.

use super::arriving::arriving;
use super::state::{SetupState, SetupStep};
use crate::components::{Button, ErrorSummary, Heading, Look, Problem, TextField, focus_on};
use crate::screens::{bind, context};
use crate::text::say;
use crate::text::sync::not_connected;
use leptos::prelude::*;
use leptos::task::spawn_local;

const CODE: &str = "f-join-code";
const NAME: &str = "f-join-name";

/// The form; the book is written when it is submitted.
#[component]
pub fn JoinForm() -> AnyView {
    let (session, state) = (context::session(), expect_context::<SetupState>());
    let linked = window().location().hash().unwrap_or_default();
    let code = RwSignal::new(linked.trim_start_matches('#').to_owned());
    let (name, (arrived, arrives)) = (RwSignal::new(String::new()), signal(None));
    let problems = RwSignal::new(Vec::<Problem>::new());
    focus_on(if code.get_untracked().is_empty() { CODE.to_owned() } else { NAME.to_owned() });
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        if state.writing.with_untracked(Option::is_some) {
            return;
        }
        let (typed, named) = (code.get_untracked(), name.get_untracked().trim().to_owned());
        let mut missing = Vec::new();
        if typed.trim().is_empty() {
            missing.push(Problem::at(CODE.to_owned(), say!(sync.missing_code)));
        }
        if named.is_empty() {
            missing.push(Problem::at(NAME.to_owned(), say!(sync.missing_name)));
        }
        let is_complete = missing.is_empty();
        problems.set(missing);
        if !is_complete {
            return;
        }
        state.writing.set(Some(say!(sync.begin)));
        spawn_local(async move {
            let outcome = session.join(&typed, &named, arrives).await;
            match outcome {
                Ok(()) => drop(state.step.try_set(SetupStep::Joined)),
                Err(why) => drop(problems.try_set(vec![Problem::whole(not_connected(&why))])),
            }
            state.writing.try_set(None);
        });
    };
    let text = |signal: RwSignal<String>| bind::text(move || signal.get(), move |typed| signal.set(typed));
    view! {
        {arriving(arrived)}
        <form class="form" novalidate hidden=move || arrived.with(Option::is_some) on:submit=submit>
            <Heading text=say!(sync.join) leave_focus=true/>
            <ErrorSummary problems=problems/>
            <TextField id=CODE label=say!(sync.join_code) hint=say!(sync.join_code_hint) value=text(code) required=true/>
            <TextField id=NAME label=say!(sync.join_name) hint=say!(sync.join_name_hint) value=text(name) required=true/>
            <div class="actions">
                <Button label=say!(sync.join) look=Look::Primary submit=true why_not=state.writing/>
                <Button label=say!(setup.back) look=Look::Quiet key="Escape"
                    on_press=move |()| state.step.set(SetupStep::Choose)/>
            </div>
        </form>
    }
    .into_any()
}

/// The form that the step asks for.
#[component]
pub fn SetupForms() -> AnyView {
    let step = expect_context::<SetupState>().step;
    let joins = step.with_untracked(|step| *step == SetupStep::Join);
    if joins { view! { <JoinForm/> }.into_any() } else { view! { <super::form::SetUpForm/> }.into_any() }
}
