//! Starts a session: opens the book, and listens for other tabs, focus and midnight as long as the page lives.

use super::handle::Session;
use super::inner::Inner;
use super::lazy::Lazy;
use super::note::Note;
use super::state::{Stage, ThisDevice};
use crate::device::channel::Channel;
use crate::device::clock;
use crate::engine::Engine;
use crate::store::{Fault, IndexedDb};
use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_use::{use_document, use_event_listener, use_window};
use std::rc::Rc;
use std::sync::Arc;

impl Session {
    /// Starts to open the book of this browser. Call it once, from the root.
    #[must_use]
    pub fn start(lazy: &'static Lazy<Self>) -> Self {
        let session = Self {
            lazy,
            inner: StoredValue::new_local(Inner::default()),
            stage: RwSignal::new(Stage::Opening),
            shop: RwSignal::new(None),
            terms: RwSignal::new(None),
            this_device: RwSignal::new(ThisDevice::default()),
            people: RwSignal::new(Arc::default()),
            today: RwSignal::new(clock::today()),
            customers: RwSignal::new(Arc::default()),
            figures: RwSignal::new(None),
            queue: RwSignal::new(None),
            orders: RwSignal::new(None),
            late: RwSignal::new(Vec::new()),
            notes: RwSignal::new(Vec::new()),
            backup_state: RwSignal::new(None),
            sync: RwSignal::default(),
        };
        session.listen();
        session.watch_activity();
        session.listen_for_exchange();
        spawn_local(session.open_current());
        session
    }

    /// Notifies the other tabs that this store was written to.
    pub(super) fn notify_other_tabs(self, store: &str) {
        self.inner.try_with_value(|inner| inner.channel.iter().for_each(|channel| channel.notify(store)));
    }

    /// Catches up with other tabs and with the date.
    pub(super) async fn refresh(self) {
        let today = clock::today();
        if self.today.try_get_untracked().is_some_and(|status| status != today) {
            self.today.try_set(today);
            self.refresh_backup_state();
            self.back_up_daily();
        }
        let Some(engine) = self.engine() else { return };
        self.check_clock(&engine);
        self.lock_when_idle();
        // Without the part that reads, the screens that need the part say so, and the next refresh tries again.
        let _ = (self.lazy.refresh)(self).await;
        self.reload_people();
    }

    /// Reads what other tabs wrote, and publishes it. Called through [`Lazy`], because its code may be in another part of the program.
    pub(crate) async fn read_other_tabs(self) -> Result<(), Fault> {
        let engine = self.open_engine()?;
        match engine.refresh(clock::today()).await {
            Ok(changed) => self.publish(&engine, &changed),
            Err(Fault::Closed | Fault::Emptied) => self.reopen(&engine).await,
            Err(fault) => self.tell(Note::Fault(fault)),
        }
        Ok(())
    }

    /// The browser closed the store or emptied it. Ignored when the session has left this engine meanwhile.
    async fn reopen(self, engine: &Rc<Engine<IndexedDb>>) {
        if self.engine().is_some_and(|open| Rc::ptr_eq(&open, engine)) {
            self.open_lost(&self.name()).await;
        }
    }

    fn listen(self) {
        let channel = Channel::open(move |store| {
            if store == self.name() {
                spawn_local(self.refresh());
            }
        });
        self.inner.update_value(|inner| inner.channel = Some(channel));
        let look = move || spawn_local(self.refresh());
        let _ = use_event_listener(use_window(), ev::focus, move |_| look());
        // A hidden tab starts no read: if the browser suspended it in the middle, it would delay the commits of all
        // other tabs.
        let _ = use_event_listener(use_document(), ev::visibilitychange, move |_| {
            if !document().hidden() {
                look();
            }
        });
        // The browser resumes a suspended tab.
        let resumed = ev::Custom::<ev::Event>::new("resume");
        let _ = use_event_listener(use_document(), resumed, move |_| look());
        spawn_local(async move {
            loop {
                TimeoutFuture::new(clock::until_tomorrow()).await;
                self.refresh().await;
            }
        });
    }
}
