//! The first start: set up this shop, or try the example.

mod choose;
pub mod done;
mod form;
mod words;

use super::backup::Intake;
use super::threshold::{brand, failed, opening};
use crate::components::Problem;
use crate::components::swap;
use crate::engine::NotRecorded;
use crate::router::Router;
use crate::session::{Session, Stage};
use crate::store::Fault;
use crate::text::fault::not_recorded;
use ledger::money::Currency;
use leptos::prelude::*;

/// How far setting up is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Choose,
    Fill,
    Done,
    Restored,
}

/// What the parts of this screen share.
#[derive(Clone, Copy)]
struct SetupState {
    step: RwSignal<Step>,
    /// What is being written, in words; nothing else can be pressed meanwhile.
    writing: RwSignal<Option<String>>,
    problems: RwSignal<Vec<Problem>>,
    /// A backup on its way in.
    intake: Intake,
}

/// What is to be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Face {
    Opening,
    Failed(Fault),
    /// There is a book already: to the counter.
    Leave,
    At(Step),
}

/// The first start.
#[component]
pub fn Setup() -> AnyView {
    let stage = expect_context::<Session>().stage();
    let state = SetupState {
        step: RwSignal::new(Step::Choose),
        writing: RwSignal::new(None),
        problems: RwSignal::new(Vec::new()),
        intake: Intake::default(),
    };
    let face = Memo::new(move |_| face(state, &stage.get()));
    swap(face, move |face| match face {
        Face::Opening => opening(),
        Face::Failed(why) => failed(&why),
        Face::Leave => to_counter(),
        Face::At(step) => page(step, state),
    })
}

/// While this screen is at work, a book that opens does not take its place.
fn face(state: SetupState, stage: &Stage) -> Face {
    let step = state.step.get();
    let said = matches!(step, Step::Done | Step::Restored);
    let at_work = said || state.writing.with(Option::is_some) || state.intake.at_work().get();
    match stage {
        _ if at_work => Face::At(step),
        Stage::Opening => Face::Opening,
        Stage::Failed(why) => Face::Failed(why.clone()),
        Stage::Open => Face::Leave,
        Stage::NoShop => Face::At(step),
    }
}

fn page(step: Step, state: SetupState) -> AnyView {
    let content = match step {
        Step::Choose => choose::choose(state),
        Step::Fill => form::form(state),
        Step::Done => done::done(false),
        Step::Restored => done::done(true),
    };
    view! { <main class="threshold"><div>{brand()}{content}</div></main> }.into_any()
}

fn to_counter() -> AnyView {
    expect_context::<Router>().go_instead("/counter");
    ().into_any()
}

/// Says why there is no new book. There is no currency yet that a refusal could write amounts in.
fn not_written(state: SetupState, why: &NotRecorded) {
    let currency = Currency { code: "GBP".into(), decimals: 2 };
    state.problems.set(vec![Problem::whole(not_recorded(why, &currency))]);
}
