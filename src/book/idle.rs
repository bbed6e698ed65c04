//! Hands on the page: as long as there are any, in any tab, nothing locks by itself.

use super::Book;
use super::browser::clock;
use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_use::{use_event_listener, use_window};
use std::cell::Cell;

/// Milliseconds between two notes of a touch, and between two looks whether everybody left.
const OFTEN: u32 = 5_000;

thread_local! {
    static NOTED: Cell<u64> = const { Cell::new(0) };
}

impl Book {
    /// Watches as long as the page lives.
    pub(super) fn watch_hands(self) {
        let touched = move || self.touched();
        let _ = use_event_listener(use_window(), ev::pointerdown, move |_| touched());
        let _ = use_event_listener(use_window(), ev::keydown, move |_| touched());
        let _ = use_event_listener(use_window(), ev::wheel, move |_| touched());
        let _ = use_event_listener(use_window(), ev::storage, move |ev| {
            if ev.key().is_none_or(|key| self.is_news(&key)) {
                self.look_around();
            }
        });
        spawn_local(async move {
            loop {
                TimeoutFuture::new(OFTEN).await;
                self.look_left();
            }
        });
    }

    /// The first touch after a long while comes too late: a device that slept locks before it takes it.
    fn touched(self) {
        let now = clock::now();
        if now.abs_diff(NOTED.get()) < u64::from(OFTEN) {
            return;
        }
        NOTED.set(now);
        self.look_left();
        if !self.people.try_with_untracked(|people| people.is_locked()).unwrap_or(true) {
            self.touch();
        }
    }
}
