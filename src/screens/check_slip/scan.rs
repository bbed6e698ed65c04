//! The camera of *Check a slip*.

use super::Check;
use crate::components::{Button, live, said};
use crate::device::camera::Camera;
use crate::text::say;
use gloo_timers::future::TimeoutFuture;
use leptos::html::Video;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Milliseconds between two looks at the picture.
const PAUSE: u32 = 150;

/// The button that turns the camera on and off, and its picture. A code that is read is checked, and the camera goes off.
pub(super) fn scan(check: Check) -> AnyView {
    let (on, why) = (RwSignal::new(false), RwSignal::new(None));
    let video = NodeRef::<Video>::new();
    Effect::new(move || {
        let Some(video) = video.get() else { return };
        spawn_local(async move {
            let Some(camera) = Camera::start(video.into()).await else {
                on.try_set(false);
                why.try_set(Some(say!(check.no_camera)));
                return;
            };
            while on.try_get_untracked() == Some(true) {
                if let Some(code) = camera.read().await {
                    on.try_set(false);
                    check.scanned(code);
                    return;
                }
                TimeoutFuture::new(PAUSE).await;
            }
        });
    });
    let press = move |()| {
        why.set(None);
        on.update(|on| *on = !*on);
    };
    let label =
        Signal::derive(move || if on.get() { say!(check.stop_camera) } else { say!(check.use_camera) });
    let picture = move || {
        on.get().then(|| {
            view! { <video class="scan" node_ref=video muted playsinline aria-label=say!(check.picture)></video> }
        })
    };
    view! {
        <Button label=label on_press=press/>
        {live(picture)}
        {said(why)}
    }
    .into_any()
}
