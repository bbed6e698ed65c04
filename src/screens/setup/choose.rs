//! The choice between setting up a shop and trying the example.

use super::state::{SetupState, SetupStep, not_written};
use crate::components::{Button, ErrorSummary, Heading, Look};
use crate::device::registry;
use crate::prefs;
use crate::screens::install;
use crate::session::Session;
use crate::text::{self, Language, own_name, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The two options.
pub fn choose(state: SetupState) -> AnyView {
    let of_backup = state.receiver.problems();
    let problems = Signal::derive(move || [state.problems.get(), of_backup.get()].concat());
    let restored = Callback::new(move |_| state.step.set(SetupStep::Restored));
    view! {
        <div class="welcome">
            <Heading text=say!(setup.title)/>
            <p class="lead muted">{say!(setup.lead)}</p>
        </div>
        {registry::left().map(|shop| view! { <p class="note warn" role="status">{say!(sync.left, shop = shop)}</p> })}
        {install::first()}
        <ErrorSummary problems=problems/>
        <div class="ways">
            <div>
                <Button label=say!(setup.set_up) look=Look::Primary on_press=move |()| state.step.set(SetupStep::Fill)/>
                <p class="muted">{say!(setup.set_up_hint)}</p>
            </div>
            <div>
                <Button label=say!(setup.example) why_not=state.writing on_press=try_it(state)/>
                <p class="muted">{say!(setup.example_hint)}</p>
            </div>
            <div>
                <Button label=say!(sync.join) on_press=move |()| state.step.set(SetupStep::Join)/>
                <p class="muted">{say!(sync.join_hint)}</p>
            </div>
            <div>
                {state.receiver.button(say!(backup.open), restored)}
                <p class="muted">{say!(backup.open_hint)}</p>
            </div>
        </div>
        {state.receiver.progress_view()}
        <p class="muted">{say!(setup.was_here)}</p>
        {languages()}
        {state.receiver.found(restored)}
    }
    .into_any()
}

/// The languages of the app, each by its own name. A choice loads the page again.
fn languages() -> AnyView {
    let button = |language: Language| {
        let is_current = (language == text::current()).then_some("true");
        let choose = move |_| prefs::choose_language(language);
        view! {
            <button type="button" class="button quiet" lang=language.tag() aria-current=is_current on:click=choose>
                {own_name(language)}
            </button>
        }
    };
    let all = Language::ALL.into_iter().map(button).collect_view();
    view! { <div class="actions languages" role="group" aria-label=say!(settings.language)>{all}</div> }
        .into_any()
}

/// Creates the example; the screen then finds an open ledger and navigates to the counter.
fn try_it(state: SetupState) -> impl Fn(()) {
    let session = expect_context::<Session>();
    move |()| {
        state.writing.set(Some(say!(setup.example_writing)));
        spawn_local(async move {
            let result = session.open_example().await;
            state.writing.try_set(None);
            if let Err(why) = result {
                not_written(state, &why);
            }
        });
    }
}
