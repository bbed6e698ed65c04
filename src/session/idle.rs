//! Watches for user activity: while there is any, in any tab, the device does not lock by itself.

use super::handle::Session;
use crate::device::clock;
use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_use::{use_event_listener, use_window};
use std::cell::Cell;

/// Milliseconds between two checks for idleness.
const OFTEN: u32 = 5_000;
/// Milliseconds between two stored notes of activity: fewer than those after which what runs beside the screens goes on.
const NOTED_EVERY: u64 = 2_000;

thread_local! {
    static NOTED: Cell<u64> = const { Cell::new(0) };
}

impl Session {
    /// Watches as long as the page lives.
    pub(super) fn watch_activity(self) {
        let on_activity = move || self.on_activity();
        let _ = use_event_listener(use_window(), ev::pointerdown, move |_| on_activity());
        let _ = use_event_listener(use_window(), ev::keydown, move |_| on_activity());
        let _ = use_event_listener(use_window(), ev::wheel, move |_| on_activity());
        // A file was chosen in a dialog of the browser, of which the page sees nothing else.
        let _ = use_event_listener(use_window(), ev::change, move |_| on_activity());
        let _ = use_event_listener(use_window(), ev::storage, move |ev| {
            if ev.key().is_none_or(|key| self.is_change(&key)) {
                self.reload_people();
            }
        });
        spawn_local(async move {
            loop {
                TimeoutFuture::new(OFTEN).await;
                self.lock_when_idle();
                self.count_running();
            }
        });
    }

    /// Checks for idleness before it notes the activity: the first touch after a long absence, such as the device's
    /// sleep, locks the device instead of keeping it open.
    fn on_activity(self) {
        let now = clock::now();
        if now.abs_diff(NOTED.get()) < NOTED_EVERY {
            return;
        }
        NOTED.set(now);
        self.lock_when_idle();
        if !self.people.try_with_untracked(|people| people.is_locked()).unwrap_or(true) {
            self.note_activity();
        }
    }
}
