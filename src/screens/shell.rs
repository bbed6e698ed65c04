//! The frame around every screen, and what replaces it while the ledger is not open.

mod actor_name;
mod foot;
mod keys_dialog;
mod more;
mod nav_link;
mod rail;
mod switch_user;

pub use actor_name::actor_name;
pub use switch_user::{PEOPLE, SwitchUser};

use super::backup;
use super::startup::{failed, opening};
use crate::components::focus_on;
use crate::components::{live, swap};
use crate::prefs::Prefs;
use crate::route::Route;
use crate::router::Router;
use crate::session::{Session, Stage};
use crate::store::Fault;
use crate::text::{fault::fault, say};
use crate::{keys, update};
use leptos::prelude::*;

/// The target of the skip link.
const PAGE: &str = "page";

/// The frame around a screen if a ledger is open; otherwise the screens that open one.
pub fn shell(screen: UnsyncCallback<(), AnyView>) -> AnyView {
    let stage = expect_context::<Session>().stage();
    swap(stage, move |stage| match stage {
        Stage::Opening => opening(),
        Stage::NoShop => {
            expect_context::<Router>().go_instead(Route::Setup);
            ().into_any()
        }
        Stage::Failed(why) => failed(&why),
        Stage::Open => frame(screen),
    })
}

/// Data that could not be read, such as a damaged entry, is reported at the top of every screen; the app still works.
fn trouble() -> AnyView {
    let trouble = expect_context::<Session>().trouble();
    let note = |why: Fault| {
        let lost = matches!(why, Fault::RolledBack { .. }).then(backup::accept_loss);
        view! { <div class="note warn" role="alert"><p>{fault(&why)}</p>{lost}</div> }
    };
    live(move || trouble.get().map(note))
}

fn frame(screen: UnsyncCallback<(), AnyView>) -> AnyView {
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
            <main class="page" id=PAGE tabindex="-1">{trouble()}{screen.run(())}</main>
        </div>
        {keys_dialog::keys_dialog(help)}
        {expect_context::<SwitchUser>().dialog()}
    }
    .into_any()
}
