//! *Check a slip*: whether a paper is genuine, altered or superseded, from the code on it.

mod outcome;
mod scan;

use crate::components::{Button, ErrorSummary, Heading, Look, Problem, TextField, Value, focus_on, live};
use crate::device::camera;
use crate::engine::{Presented, SlipFound};
use crate::route::Query;
use crate::screens::context;
use crate::session::{Session, Stage};
use crate::text::{fault::fault, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The id of the field.
const CODE: &str = "slip-code";

/// What is being checked.
#[derive(Clone, Copy)]
pub(super) struct Check {
    session: Session,
    text: RwSignal<String>,
    problems: RwSignal<Vec<Problem>>,
    /// What the last code is worth, or why the book cannot be read.
    found: RwSignal<Option<Result<SlipFound, String>>>,
}

/// The screen at `/check`.
#[component]
pub fn CheckSlip() -> AnyView {
    let session = context::session();
    let check = Check {
        session,
        text: RwSignal::default(),
        problems: RwSignal::default(),
        found: RwSignal::new(None),
    };
    check.open_with(context::query(Query::Code));
    focus_on(CODE);
    let submit = move |ev: web_sys::SubmitEvent| {
        ev.prevent_default();
        check.run();
    };
    let error = Signal::derive(move || check.problems.with(|all| all.first().map(|one| one.says.clone())));
    let scans = camera::can_scan();
    let hint = if scans { say!(check.hint_camera) } else { say!(check.hint) };
    view! {
        <Heading text=say!(check.title) leave_focus=true/>
        <form class="form after-heading" novalidate on:submit=submit>
            <ErrorSummary problems=check.problems/>
            <TextField id=CODE label=Signal::stored(say!(check.code)) value=Value::from(check.text)
                hint=Signal::stored(hint) error=error required=true/>
            <div class="actions">
                <Button label=say!(check.check) look=Look::Primary submit=true/>
                {scans.then(|| scan::scan(check))}
            </div>
        </form>
        <div role="status">{live(move || check.found.get().map(|found| match found {
            Ok(found) => outcome::outcome(&found),
            Err(why) => view! { <p class="note warn notice">{why}</p> }.into_any(),
        }))}</div>
    }
    .into_any()
}

impl Check {
    /// Checks the code in the address, once the book is open.
    fn open_with(self, code: Memo<Option<String>>) {
        let stage = self.session.stage();
        Effect::new(move || {
            let (Some(code), Stage::Open) = (code.get(), stage.get()) else { return };
            self.scanned(code);
        });
    }

    /// Checks a code that was read by the camera or came with the address.
    fn scanned(self, code: String) {
        self.text.set(code);
        self.run();
    }

    fn run(self) {
        let Some(presented) = Presented::parse(&self.text.get_untracked()) else {
            let says = if self.text.with_untracked(|text| text.trim().is_empty()) {
                say!(check.enter)
            } else {
                say!(check.no_code)
            };
            self.found.set(None);
            return self.problems.set(vec![Problem::at(CODE, says)]);
        };
        self.problems.set(Vec::new());
        spawn_local(async move {
            let found = self.session.check_slip(&presented).await;
            self.found.try_set(Some(found.map_err(|why| fault(&why))));
            // A scanner types the next code into an empty field.
            self.text.try_set(String::new());
            focus_on(CODE);
        });
    }
}
