//! Settings: appearance, keyboard shortcuts, and details of the shop and the device.

mod auto_lock;
mod blind_count;
mod counters;
mod invite;
mod recalculate;
mod server;
mod sync;

use super::setup::done::persistence_note;
use super::{backup, install, recovery_code, without_pin};
use crate::at::at;
use crate::browser_storage;
use crate::components::live;
use crate::components::{
    Button, CheckCard, Choice, Choices, Confirm, ErrorSummary, Heading, LinkButton, Look, Problem,
};
use crate::prefs::{Prefs, Theme};
use crate::screens::shell::{PEOPLE, actor_name};
use crate::session::{MirrorState, Session};
use crate::text::{counted, fault::fault, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The screen at `/settings`.
#[component]
pub fn Settings() -> AnyView {
    let here = expect_context::<Session>().this_device();
    let example = Memo::new(move |_| here.with(|here| here.example));
    view! {
        <Heading text=say!(settings.title)/>
        <div class="settings">
            {appearance()}
            {keys()}
            {shop()}
            {people()}
            {part(say!(money.blind_title), blind_count::blind_count())}
            {part(say!(people.auto_lock), auto_lock::auto_lock())}
            {move || (!example.get()).then(recovery)}
            {device()}
            {part(say!(sync.title), sync::sync())}
            {part(say!(backup.title), backup::settings())}
            {part(say!(recalculate.title), recalculate::recalculate())}
            {move || example.get().then(example_shop)}
        </div>
    }
    .into_any()
}

fn appearance() -> AnyView {
    let theme = expect_context::<Prefs>().theme;
    let value = RwSignal::new(theme.get_untracked().key().to_owned());
    Effect::new(move |_| theme.set(Theme::of(&value.read())));
    let choices = vec![
        Choice::new(Theme::Device.key(), say!(settings.theme_device)),
        Choice::new(Theme::Light.key(), say!(settings.theme_light)),
        Choice::new(Theme::Dark.key(), say!(settings.theme_dark)),
    ];
    part(say!(settings.appearance), view! {
        <Choices id="f-theme" label=say!(settings.theme) choices=choices value=value across=true required=true/>
    }.into_any())
}

fn keys() -> AnyView {
    let letters = expect_context::<Prefs>().letters;
    part(say!(settings.keys), view! {
        <CheckCard id="f-letters" label=say!(settings.letters) hint=say!(settings.letters_hint) checked=letters/>
    }.into_any())
}

fn shop() -> AnyView {
    let session = expect_context::<Session>();
    let (shop, here, who) = (session.shop(), session.this_device(), actor_name());
    let name = move || shop.with(|shop| shop.as_ref().map(|shop| shop.name.clone()));
    let currency = move || {
        shop.with(|shop| shop.as_ref().and_then(|shop| shop.currency.as_ref().map(|c| c.code.clone())))
    };
    part(
        say!(settings.shop),
        view! {
            <dl class="facts">
                <dt>{say!(settings.name)}</dt><dd>{live(name)}</dd>
                <dt>{say!(settings.currency)}</dt><dd>{live(currency)}</dd>
                <dt>{say!(settings.counter)}</dt><dd>{move || here.with(|here| here.letter.clone())}</dd>
                <dt>{say!(settings.you)}</dt><dd>{who}</dd>
            </dl>
        }
        .into_any(),
    )
}

fn people() -> AnyView {
    let shop = expect_context::<Session>().shop();
    let count = move || shop.with(|shop| shop.as_ref().map_or(0, |shop| shop.staff.len()));
    part(
        say!(people.title),
        view! {
            <p>{move || counted!(people.people_count, count())}</p>
            <div><LinkButton href=at(PEOPLE) label=say!(people.manage)/></div>
        }
        .into_any(),
    )
}

fn device() -> AnyView {
    let here = expect_context::<Session>().this_device();
    part(
        say!(settings.storage),
        view! {
            <p>{say!(settings.stored)}</p>
            {(!browser_storage::lasts()).then(|| view! { <p class="note warn">{say!(settings.forgetful)}</p> })}
            {move || persistence_note(here.with(|here| here.persisted))}
            {live(move || mirror_words(&here.with(|here| here.mirror.clone())))}
            {install::install()}
        }
        .into_any(),
    )
}

/// What is stored a second time, and what is not.
fn mirror_words(state: &MirrorState) -> Option<AnyView> {
    let (words, class) = match state {
        MirrorState::Unknown => return None,
        MirrorState::Copying => (say!(settings.mirror_copying), "muted"),
        MirrorState::Whole => (say!(settings.mirror_whole), "muted"),
        MirrorState::OtherTab => (say!(settings.mirror_other_tab), "muted"),
        MirrorState::GaveRoom => (say!(settings.mirror_gave_room), "note warn"),
        MirrorState::Absent(why) => (say!(settings.mirror_absent, why = why.to_string()), "note warn"),
    };
    Some(view! { <p class=class>{words}</p> }.into_any())
}

fn recovery() -> AnyView {
    let content = view! { {recovery_code::settings()}{without_pin::list()} };
    part(say!(recovery.title), content.into_any())
}

/// Leaving deletes the example data only; the app then shows the user's own shop, or the first start.
fn example_shop() -> AnyView {
    let session = expect_context::<Session>();
    let (asking, problems) = (RwSignal::new(false), RwSignal::new(Vec::new()));
    let leave = move |()| {
        spawn_local(async move {
            if let Err(why) = session.leave_example().await {
                problems.try_set(vec![Problem::whole(fault(&why))]);
            }
        });
    };
    part(say!(settings.example), view! {
        <ErrorSummary problems=problems/>
        <p>{say!(settings.example_says)}</p>
        <div><Button label=say!(settings.leave) look=Look::Danger on_press=move |()| asking.set(true)/></div>
        <Confirm open=asking question=say!(settings.leave_sure) on_yes=leave/>
    }.into_any())
}

fn part(title: String, content: AnyView) -> AnyView {
    view! { <section class="setting"><h2>{title}</h2><div class="stack close">{content}</div></section> }
        .into_any()
}
