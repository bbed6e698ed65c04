//! The first start: set up a shop, or try the example.

mod arriving;
mod choose;
pub mod done;
pub mod form;
pub mod join;
mod state;

use super::backup::BackupReceiver;
use super::brand::brand;
use super::startup::{failed, opening, rebuilding};
use crate::components::swap;
use crate::route::Route;
use crate::router::Router;
use crate::session::{Session, Stage};
use crate::store::Fault;
use done::Origin;
use leptos::prelude::*;
use state::{SetupState, SetupStep};

/// The page to show.
#[derive(Debug, Clone, PartialEq, Eq)]
enum SetupPage {
    Opening,
    Rebuilding(Option<u64>),
    Failed(Fault),
    /// A ledger already exists: go to the counter.
    Leave,
    At(SetupStep),
}

/// The first start. The form of a new shop is in another part of the program.
#[component]
pub fn Setup(
    /// The form, which reads the state from the context.
    form: UnsyncCallback<(), AnyView>,
) -> AnyView {
    let stage = expect_context::<Session>().stage();
    let state = SetupState {
        step: RwSignal::new(first_step()),
        writing: RwSignal::new(None),
        problems: RwSignal::new(Vec::new()),
        receiver: BackupReceiver::default(),
        code: RwSignal::new(None),
    };
    provide_context(state);
    let current_page = Memo::new(move |_| current_page(state, &stage.get()));
    swap(current_page, move |current_page| match current_page {
        SetupPage::Opening => opening(),
        SetupPage::Rebuilding(done) => rebuilding(done),
        SetupPage::Failed(why) => failed(&why),
        SetupPage::Leave => to_counter(),
        SetupPage::At(step) => page(step, state, form),
    })
}

/// A link with an invite leads to its form.
fn first_step() -> SetupStep {
    let hash = window().location().hash().unwrap_or_default();
    if hash.len() > 1 { SetupStep::Join } else { SetupStep::Choose }
}

/// While this screen is in use, it is not replaced when the ledger opens.
fn current_page(state: SetupState, stage: &Stage) -> SetupPage {
    let step = state.step.get();
    let said = matches!(step, SetupStep::Done | SetupStep::Joined | SetupStep::Restored);
    let busy = said || state.writing.with(Option::is_some) || state.receiver.busy().get();
    match stage {
        _ if busy => SetupPage::At(step),
        Stage::Opening => SetupPage::Opening,
        Stage::Rebuilding(done) => SetupPage::Rebuilding(*done),
        Stage::Failed(why) => SetupPage::Failed(why.clone()),
        Stage::Open => SetupPage::Leave,
        Stage::NoShop => SetupPage::At(step),
    }
}

fn page(step: SetupStep, state: SetupState, form: UnsyncCallback<(), AnyView>) -> AnyView {
    let content = match step {
        SetupStep::Choose => choose::choose(state),
        SetupStep::Fill | SetupStep::Join => form.run(()),
        SetupStep::Done => done::done(state.code.get_untracked().as_ref(), Origin::New),
        SetupStep::Joined => done::done(None, Origin::Joined),
        SetupStep::Restored => done::done(None, Origin::Restored),
    };
    view! { <main class="startup"><div>{brand()}{content}</div></main> }.into_any()
}

fn to_counter() -> AnyView {
    expect_context::<Router>().go_instead(Route::Counter);
    ().into_any()
}
