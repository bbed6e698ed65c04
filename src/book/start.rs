//! What lives as long as the page: the desk behind the handle, and the ears for other tabs, focus and midnight.

use super::browser::channel::Channel;
use super::browser::clock;
use super::desk::Desk;
use super::watch::Watch;
use super::{Book, Here, Stage};
use crate::store::{Fault, IndexedDb};
use gloo_timers::future::TimeoutFuture;
use indexmap::IndexMap;
use ledger::id::Id;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_use::{use_document, use_event_listener, use_window};
use std::rc::Rc;
use std::sync::Arc;

/// What is behind the handle.
#[derive(Default)]
pub struct Inner {
    /// The open book.
    pub desk: Option<Rc<Desk<IndexedDb>>>,
    /// The name of its store.
    pub name: String,
    /// The accounts that screens look at.
    pub watched: IndexMap<Id, Watch>,
    /// To the other tabs.
    pub channel: Option<Channel>,
}

impl Book {
    /// Starts opening the book of this browser. Call it once, from the root.
    #[must_use]
    pub fn start() -> Self {
        let book = Self {
            inner: StoredValue::new_local(Inner::default()),
            stage: RwSignal::new(Stage::Opening),
            shop: RwSignal::new(None),
            here: RwSignal::new(Here::default()),
            people: RwSignal::new(Arc::default()),
            today: RwSignal::new(clock::today()),
            customers: RwSignal::new(Arc::default()),
            figures: RwSignal::new(None),
            queue: RwSignal::new(Arc::default()),
            trouble: RwSignal::new(None),
            backed: RwSignal::new(None),
        };
        book.listen();
        book.watch_hands();
        spawn_local(book.open_current());
        book
    }

    /// Tells the other tabs that this store was written to.
    pub(super) fn tell(self, store: &str) {
        self.inner.try_with_value(|inner| inner.channel.iter().for_each(|channel| channel.tell(store)));
    }

    /// Catches up with other tabs and with the calendar.
    pub(super) async fn look_again(self) {
        let today = clock::today();
        if self.today.try_get_untracked().is_some_and(|known| known != today) {
            self.today.try_set(today);
            self.note_backup();
        }
        let Some(desk) = self.desk() else { return };
        self.look_left();
        match desk.refresh(today).await {
            Ok(changed) => self.publish(&desk, &changed),
            Err(fault @ (Fault::Closed | Fault::Emptied)) => self.lost(&desk, fault),
            Err(fault) => {
                self.trouble.try_set(Some(fault));
            }
        }
        self.look_around();
    }

    /// The book is gone from under us. A desk that was left meanwhile is nobody's loss.
    fn lost(self, desk: &Rc<Desk<IndexedDb>>, fault: Fault) {
        if self.desk().is_some_and(|open| Rc::ptr_eq(&open, desk)) {
            self.stage.try_set(Stage::Failed(fault));
        }
    }

    fn listen(self) {
        let channel = Channel::open(move |store| {
            if store == self.name() {
                spawn_local(self.look_again());
            }
        });
        self.inner.update_value(|inner| inner.channel = Some(channel));
        let look = move || spawn_local(self.look_again());
        let _ = use_event_listener(use_window(), ev::focus, move |_| look());
        // A tab that is left begins nothing: put to sleep in the middle of reading, it would hold up every other's press.
        let _ = use_event_listener(use_document(), ev::visibilitychange, move |_| {
            if !document().hidden() {
                look();
            }
        });
        // A tab that was put to sleep comes back.
        let resumed = ev::Custom::<ev::Event>::new("resume");
        let _ = use_event_listener(use_document(), resumed, move |_| look());
        spawn_local(async move {
            loop {
                TimeoutFuture::new(clock::until_tomorrow()).await;
                self.look_again().await;
            }
        });
    }
}
