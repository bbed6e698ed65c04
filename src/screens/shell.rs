//! The frame around every screen, and what stands in its place while the book is not open.

mod foot;
mod keys_dialog;
mod more;
mod rail;
mod take_over;

pub use foot::{mark, who};
pub use take_over::{PEOPLE, TakeOver};

use super::backup;
use super::threshold::{failed, opening};
use crate::book::{Book, Stage};
use crate::components::focus_on;
use crate::prefs::Prefs;
use crate::store::Fault;
use crate::text::{fault::fault, say};
use crate::{keys, update};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::{Outlet, Redirect};

/// What the skip link leads to.
const PAGE: &str = "page";

/// The frame, once there is a book; else the way to one.
#[component]
pub fn Shell() -> AnyView {
    let stage = expect_context::<Book>().stage();
    (move || match stage.get() {
        Stage::Opening => opening(),
        Stage::NoShop => {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            view! { <Redirect path="/setup" options=options/> }.into_any()
        }
        Stage::Failed(why) => failed(&why),
        Stage::Open => frame(),
    })
    .into_any()
}

/// What could not be read, such as a damaged entry, stays on top of every screen; the rest goes on.
fn trouble() -> AnyView {
    let trouble = expect_context::<Book>().trouble();
    let note = |why: Fault| {
        let lost = matches!(why, Fault::WentBack(_)).then(backup::accept_loss);
        view! { <div class="note warn" role="alert"><p>{fault(&why)}</p>{lost}</div> }
    };
    (move || trouble.get().map(note)).into_any()
}

fn frame() -> AnyView {
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
            <main class="page" id=PAGE tabindex="-1">{trouble()}<Outlet/></main>
        </div>
        {keys_dialog::keys_dialog(help)}
        {expect_context::<TakeOver>().dialog()}
    }
    .into_any()
}
