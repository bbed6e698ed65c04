//! The exchange of the open book with an endpoint. One tab exchanges, any tab records; nothing here waits for the network
//! but the person who asked for it.

use super::handle::Session;
use super::note::Note;
use super::sync_state::{SyncPhase, SyncState};
use crate::browser_storage;
use crate::device::clock;
use crate::device::web_lock::WebLock;
use crate::engine::Engine;
use crate::replica::web::{DeviceKey, Web, endpoint_origin};
use crate::replica::{self, Inbox, LINK, NotConnected, Notice, Shown};
use crate::store::{Fault, IndexedDb, Store};
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_use::{use_document, use_event_listener, use_window};
use std::pin::pin;
use std::rc::Rc;
use sync::client::{State, Status};
use sync::wire::Code;

/// Milliseconds until the code of the exchange is fetched again if that has failed.
const AGAIN: u32 = 60_000;

fn key(store: &str) -> String {
    format!("{store}-sync")
}

impl Session {
    /// How the exchange goes.
    #[must_use]
    pub fn sync(self) -> Signal<SyncState> {
        self.sync.into()
    }

    /// Begins to exchange if the open book is connected with an endpoint.
    pub(super) fn begin_exchange(self, name: String, engine: Rc<Engine<IndexedDb>>) {
        let stored = browser_storage::get::<SyncState>(&key(&name));
        super::signals::set_if_changed(self.sync, stored.unwrap_or_default());
        spawn_local(async move {
            let link = engine.store().meta(LINK).await;
            if self.name() != name {
                return;
            }
            if !matches!(link, Ok(Some(text)) if !text.is_empty()) {
                self.sync.try_set(SyncState::default());
                return;
            }
            self.show_stored_sync(&name);
            let inbox = Inbox::default();
            let old = self.inner.try_update_value(|inner| inner.inbox.replace(inbox.clone()));
            old.flatten().iter().for_each(|old| old.put(Notice::Closed));
            while self.name() == name {
                match (self.lazy.exchange)(self, name.clone(), Rc::clone(&engine), inbox.clone()).await {
                    Err(Fault::NotFetched) => TimeoutFuture::new(AGAIN).await,
                    Err(fault) => {
                        self.tell(Note::Fault(fault));
                        return;
                    }
                    Ok(()) => return,
                }
            }
        });
    }

    /// Waits until no other tab exchanges, and exchanges until the book is closed. Called through
    /// [`Lazy`](super::lazy::Lazy), because its code may be in another part of the program.
    pub(crate) async fn exchange(
        self,
        name: String,
        engine: Rc<Engine<IndexedDb>>,
        inbox: Inbox,
    ) -> Result<(), Fault> {
        let _turn = WebLock::wait(&format!("{name} sync")).await;
        let Some(key) = DeviceKey::stored(engine.store()).await? else {
            return Err(Fault::Unsupported("WebCrypto".into()));
        };
        let (of, page) = (Rc::clone(&engine), name.clone());
        let show = move |shown| self.show_exchange(&page, &of, shown);
        if !window().navigator().on_line() {
            inbox.put(Notice::Offline);
        }
        let exchange = replica::run(
            Rc::clone(&engine),
            Web::of_book(key, engine.store().clone()),
            inbox,
            clock::today,
            show,
        );
        match select(pin!(exchange), pin!(self.keep_delivering(name, engine))).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(((), exchange)) => exchange.await,
        }
    }

    fn show_exchange(self, name: &str, engine: &Rc<Engine<IndexedDb>>, shown: Shown) {
        if self.name() != name {
            return;
        }
        match shown {
            Shown::Status(status) => self.show_status(name, &status),
            Shown::Changed(changed) => {
                self.publish(engine, &changed);
                if changed.any {
                    self.advance_mark(name, engine);
                    self.notify_other_tabs(name);
                }
            }
            Shown::NewChain => {
                let (letter, drawer) = {
                    let device = engine.device();
                    (device.letter.clone(), device.drawer.clone())
                };
                self.this_device.try_update(|device| (device.letter, device.drawer) = (letter, drawer));
                self.publish_all(engine);
                self.advance_mark(name, engine);
                self.notify_other_tabs(name);
            }
            Shown::Left => {
                let alone = SyncState::default();
                browser_storage::set(&key(name), &alone);
                super::signals::set_if_changed(self.sync, alone);
            }
            Shown::Fault(fault) => self.tell(Note::Fault(fault)),
        }
    }

    /// Whether the owner has moved the shop to another server than the one that this page reaches.
    fn is_elsewhere(self) -> bool {
        let shop = self.engine().map(|engine| engine.shop());
        let to = shop.and_then(|shop| shop.moved.clone()).and_then(|moved| moved.address);
        to.is_some_and(|to| to.as_str() != endpoint_origin())
    }

    fn show_status(self, name: &str, status: &Status) {
        let before = self.sync.try_get_untracked().unwrap_or_default();
        let Status { state, unsent, oldest, skew, refunds } = *status;
        let phase = match state {
            State::Synced if self.is_elsewhere() => SyncPhase::Moved,
            State::Stopped(Code::Moved) => SyncPhase::Moved,
            State::Synced => SyncPhase::Complete,
            State::Busy => SyncPhase::Busy,
            State::Offline => SyncPhase::Offline,
            State::NotAnswering => SyncPhase::NotAnswering,
            State::EndpointFull => SyncPhase::EndpointFull,
            State::DeviceFull => SyncPhase::DeviceFull,
            State::Stopped(_) => SyncPhase::Stopped,
            State::PleaseUpdate => SyncPhase::PleaseUpdate,
            State::Revoked => SyncPhase::Revoked,
        };
        let complete = if phase == SyncPhase::Complete { Some(clock::now()) } else { before.complete };
        let refunds = refunds.unwrap_or(before.refunds);
        let now = SyncState { phase, unsent, oldest, complete, skew, refunds };
        if phase == SyncPhase::Complete {
            self.wake_mails();
        }
        browser_storage::set(&key(name), &now);
        self.leave_if_revoked(name, &now);
        super::signals::set_if_changed(self.sync, now);
    }

    /// Shows what the tab that exchanges has stored last.
    fn show_stored_sync(self, name: &str) {
        let stored = browser_storage::get::<SyncState>(&key(name));
        let now = stored.unwrap_or_else(|| SyncState { phase: SyncPhase::Busy, ..SyncState::default() });
        self.leave_if_revoked(name, &now);
        super::signals::set_if_changed(self.sync, now);
    }

    /// Tells the exchange up to which line this device has written, by this tab or another one.
    pub(super) fn tell_exchange(self, engine: &Engine<IndexedDb>) {
        let device = engine.device();
        if let Some(head) = device.head {
            self.put_notice(Notice::Wrote { chain: device.chain, seq: head.seq });
        }
    }

    /// Ends the exchange of the open book.
    pub(super) fn end_exchange(self) {
        self.put_notice(Notice::Closed);
        self.inner.try_update_value(|inner| inner.inbox = None);
    }

    /// Tries again at once, also what the endpoint has refused.
    pub fn exchange_now(self) {
        self.put_notice(Notice::Again);
    }

    fn put_notice(self, notice: Notice) {
        self.inner.try_with_value(|inner| inner.inbox.iter().for_each(|inbox| inbox.put(notice)));
    }

    /// Tells the exchange about the network and the page as long as the page lives.
    pub(super) fn listen_for_exchange(self) {
        let _ = use_event_listener(use_window(), ev::online, move |_| self.put_notice(Notice::Online));
        let _ = use_event_listener(use_window(), ev::offline, move |_| self.put_notice(Notice::Offline));
        let looked = move || {
            if !document().hidden() && window().navigator().on_line() {
                self.put_notice(Notice::Online);
            }
        };
        let _ = use_event_listener(use_window(), ev::focus, move |_| looked());
        let _ = use_event_listener(use_document(), ev::visibilitychange, move |_| looked());
        let _ = use_event_listener(use_window(), ev::storage, move |ev| {
            let name = self.name();
            if ev.key() != Some(key(&name)) {
                return;
            }
            let is_exchanging = self.inner.try_with_value(|inner| inner.inbox.is_some()).unwrap_or_default();
            self.show_stored_sync(&name);
            // Another tab has connected the book: this one waits for its turn.
            if let (false, Some(engine)) = (is_exchanging, self.engine()) {
                self.begin_exchange(name, engine);
            }
        });
    }

    /// Founds the shop of the open book at the endpoint that serves this page. `progress` is told how many of how many
    /// entries are there.
    ///
    /// # Errors
    ///
    /// [`NotConnected`]; the book stands alone as before.
    pub async fn connect(
        self,
        code: &str,
        progress: WriteSignal<Option<(usize, usize)>>,
    ) -> Result<(), NotConnected> {
        (self.lazy.connect)(self, code.to_owned(), progress).await
    }

    /// Called through [`Lazy`](super::lazy::Lazy), because its code may be in another part of the program.
    pub(crate) async fn found_shop(
        self,
        code: &str,
        progress: WriteSignal<Option<(usize, usize)>>,
    ) -> Result<(), NotConnected> {
        let (engine, name) = (self.open_engine()?, self.name());
        let key = DeviceKey::of(engine.store()).await?;
        let told = move |done, all| {
            progress.try_set(Some((done, all)));
        };
        let code = code.trim().to_lowercase();
        self.move_here(&engine).await?;
        let outcome = replica::found(&engine, &Web::new(key), &code, told).await;
        progress.try_set(None);
        outcome?;
        browser_storage::set(
            &self::key(&name),
            &SyncState { phase: SyncPhase::Busy, ..SyncState::default() },
        );
        self.begin_exchange(name, engine);
        Ok(())
    }
}
