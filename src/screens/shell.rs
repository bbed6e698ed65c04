//! The frame around every screen, and what replaces it while the ledger is not open.

mod actor_name;
mod answers;
mod foot;
mod keys_dialog;
mod more;
mod nav_link;
mod rail;
mod switch_user;

pub use actor_name::actor_name;
pub use answers::{Answers, Question, answers};
pub use switch_user::{PEOPLE, SwitchUser};

use super::backup;
use super::startup::{failed, opening, rebuilding};
use crate::components::focus_on;
use crate::components::{live, swap};
use crate::prefs::Prefs;
use crate::route::Route;
use crate::router::Router;
use crate::session::{Note, Session, Stage};
use crate::store::Fault;
use crate::text::{counted, date, fault::fault, say};
use crate::{keys, update};
use leptos::prelude::*;

/// The target of the skip link.
const PAGE: &str = "page";

/// The frame around a screen if a ledger is open; otherwise the screens that open one.
pub fn shell(frame: UnsyncCallback<(), AnyView>) -> AnyView {
    let stage = expect_context::<Session>().stage();
    swap(stage, move |stage| match stage {
        Stage::Opening => opening(),
        Stage::Rebuilding(done) => rebuilding(done),
        Stage::NoShop => {
            expect_context::<Router>().go_instead(Route::Setup);
            ().into_any()
        }
        Stage::Failed(why) => failed(&why),
        Stage::Open => frame.run(()),
    })
}

/// Data that could not be read, such as a damaged entry, is reported at the top of every screen; the app still works.
fn notes() -> AnyView {
    let notes = expect_context::<Session>().notes();
    let note = |note: Note| {
        let lost = matches!(note, Note::Fault(Fault::RolledBack { .. })).then(backup::accept_loss);
        let asked = Question::of(&note).map(|question| {
            let Answers(show) = expect_context();
            show.run(question)
        });
        view! { <div class="note warn" role="alert"><p>{told(&note)}</p>{lost}{asked}</div> }.into_any()
    };
    live(move || notes.get().into_iter().map(note).collect_view())
}

fn told(note: &Note) -> String {
    match note {
        Note::Fault(why) => fault(why),
        Note::BroughtBack { entries, all: true } => counted!(faults.rebuilt, *entries),
        Note::BroughtBack { entries, all: false } => counted!(faults.brought_back, *entries),
        Note::SettingsLost { compared: true } => say!(faults.settings_lost),
        Note::SettingsLost { compared: false } => say!(faults.settings_lost_too),
        Note::IsToday(today) => say!(faults.is_today, date = date::long(*today)),
        Note::WhichDrawer(_) => say!(faults.which_drawer),
        Note::WrongClock => say!(faults.wrong_clock),
        Note::NoBackup(why) => format!("{} {}", say!(backup.folder_failed), fault(why)),
        Note::MirrorLost => say!(faults.mirror_lost),
        Note::Mended { entries } => counted!(faults.mended, *entries),
    }
}

/// What is around every screen of an open ledger: navigation, notes, and the keys.
pub fn frame(screen: UnsyncCallback<(), AnyView>) -> AnyView {
    let help = RwSignal::new(false);
    keys::listen(expect_context::<Prefs>(), help);
    let update = update::ready();
    let skip = move |ev: web_sys::MouseEvent| {
        ev.prevent_default();
        focus_on(PAGE);
    };
    view! {
        <a class="skip" href="#page" rel="external" on:click=skip>{say!(shell.skip)}</a>
        <div class="frame">
            {foot::topbar(update)}
            {rail::rail(update, help)}
            <main class="page" id=PAGE tabindex="-1">{notes()}{screen.run(())}</main>
        </div>
        {keys_dialog::keys_dialog(help)}
        {expect_context::<SwitchUser>().dialog()}
    }
    .into_any()
}
