//! What of the shop is stored on this device, and how well.

use crate::browser_storage;
use crate::components::live;
use crate::screens::install;
use crate::screens::setup::done::persistence_note;
use crate::session::{MirrorState, Session};
use crate::text::say;
use leptos::prelude::*;

pub(super) fn device() -> AnyView {
    let here = expect_context::<Session>().this_device();
    view! {
        <p>{say!(settings.stored)}</p>
        {(!browser_storage::lasts()).then(|| view! { <p class="note warn">{say!(settings.forgetful)}</p> })}
        {move || persistence_note(here.with(|here| here.persisted))}
        {live(move || mirror_words(&here.with(|here| here.mirror.clone())))}
        {install::install()}
    }
    .into_any()
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
