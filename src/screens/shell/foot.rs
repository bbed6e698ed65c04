//! The shop, the counter, the signed-in user, and a status line.

use super::switch_user::SwitchUser;
use crate::components::live;
use crate::screens::brand::mark;
use crate::session::{Session, SyncPhase};
use crate::text::say;
use crate::text::sync::line;
use crate::update;
use leptos::ev;
use leptos::prelude::*;

/// The logo, the shop's name, the counter's letter, and EXAMPLE in the example shop.
pub fn shop() -> AnyView {
    view! {
        <div class="shop">
            {mark()}
            <span>
                <b>{shop_name()}</b>
                <small class="muted">{counter_letter()}</small>
                {example()}
            </span>
        </div>
    }
    .into_any()
}

/// The foot of the rail.
pub fn foot(update: Signal<bool>) -> AnyView {
    let who = expect_context::<SwitchUser>().menu("menu up");
    view! { <div class="foot">{who}{state(update)}</div> }.into_any()
}

/// The top of a narrow screen.
pub fn topbar(update: Signal<bool>) -> AnyView {
    view! {
        <header class="topbar">
            <span class="place">
                <b>{shop_name()}</b>
                <span class="muted"><span>{counter_letter()}</span>{state(update)}</span>
            </span>
            {example()}
            {expect_context::<SwitchUser>().menu("menu brief")}
        </header>
    }
    .into_any()
}

fn shop_name() -> impl Fn() -> String {
    let shop = expect_context::<Session>().shop();
    move || shop.with(|shop| shop.as_ref().map(|shop| shop.name.clone()).unwrap_or_default())
}

fn counter_letter() -> impl Fn() -> String {
    let here = expect_context::<Session>().this_device();
    move || say!(shell.counter_letter, letter = here.get().letter)
}

fn example() -> impl Fn() -> Option<AnyView> {
    let here = expect_context::<Session>().this_device();
    move || {
        here.with(|here| here.example)
            .then(|| view! { <span class="example">{say!(shell.example)}</span> }.into_any())
    }
}

/// *Saved here*, or the current problem.
fn state(update: Signal<bool>) -> AnyView {
    let here = expect_context::<Session>().this_device();
    let (online, sync) = (online(), expect_context::<Session>().sync());
    let is_alone = move || sync.with(|sync| sync.phase == SyncPhase::Alone);
    let class = move || if here.with(|here| here.writer) { "state" } else { "state busy" };
    let words = move || {
        if here.with(|here| !here.writer) {
            say!(shell.other_tab)
        } else if !is_alone() {
            sync.with(line)
        } else if online.get() {
            say!(shell.saved_here)
        } else {
            say!(shell.saved_offline)
        }
    };
    let offer = move || {
        update.get().then(|| {
            view! { <button type="button" on:click=|_| update::apply()>{say!(shell.update_ready)}</button> }
        })
    };
    view! { <span class=class role="status"><span>{live(words)}</span>{live(offer)}</span> }.into_any()
}

/// Whether the browser reports a network connection.
fn online() -> RwSignal<bool> {
    let online = RwSignal::new(window().navigator().on_line());
    let came = window_event_listener(ev::online, move |_| online.set(true));
    let went = window_event_listener(ev::offline, move |_| online.set(false));
    on_cleanup(move || {
        came.remove();
        went.remove();
    });
    online
}
