//! Opens a book: when the app starts, after *Set up this shop*, and when the user enters or leaves the example shop.

use super::example;
use super::handle::Session;
use super::losses::Beside;
use super::note::Note;
use super::publish::customers_of;
use super::recovery;
use super::set_up::SetUp;
use super::state::{Stage, ThisDevice};
use crate::device::device_store::DeviceStore;
use crate::device::painted::painted;
use crate::device::people::People;
use crate::device::recovery_code::RecoveryCode;
use crate::device::{clock, persist, pin, registry};
use crate::engine::{Author, Engine, NewBook, NotRecorded};
use crate::mirror::Opfs;
use crate::store::{Fault, IndexedDb};
use futures_util::future::join;
use ledger::date::Date;
use ledger::entry::{AddStaff, OpenShop, Role};
use ledger::id::Id;
use ledger::rules::{Act, Command};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

impl Session {
    /// Creates a new book on this device and makes it the current one. Returns its recovery code, which cannot be shown again;
    /// `None` where the browser has no cryptography, or did not store its hash.
    ///
    /// # Errors
    ///
    /// A refusal or a fault; no book was created.
    pub async fn set_up(self, form: SetUp) -> Result<Option<RecoveryCode>, NotRecorded> {
        (self.lazy.set_up)(self, form).await
    }

    /// Called through [`Lazy`](super::lazy::Lazy), because its code may be in another part of the program.
    pub(crate) async fn create_shop(self, form: SetUp) -> Result<Option<RecoveryCode>, NotRecorded> {
        let owner = Self::new_id();
        let hash = match &form.pin {
            Some(pin) => Some(pin::hash(pin.digits()).await?),
            None => None,
        };
        let new_book = new_book();
        let name = registry::store_name(&new_book.shop);
        let store = self.store(&name).await?;
        let author = Author { actor: owner.clone(), today: clock::today(), now: clock::now() };
        let engine =
            Engine::create(store.clone(), &new_book, &first_commands(form, owner.clone()), &author).await;
        if engine.is_err() {
            store.close();
            // Deletes the unused store. If that fails, an empty store is not mistaken for a book.
            let _ = IndexedDb::delete(&name).await;
        }
        let engine = engine?;
        registry::remember(&name);
        // Before the book is compared with the mark: a new one has lost none.
        self.advance_mark(&name, &engine);
        self.make_current(name, engine).await;
        self.request_persistence();
        let (code, recovery) = recovery::draw().await.ok().unzip();
        // If the browser cannot store it, the shop has no PIN, which the screen *People* shows.
        let stored = self.change_people(|people| People { recovery, ..people.with_pin(&owner, hash) });
        Ok(code.filter(|_| stored))
    }

    /// Opens the example shop. It has a store of its own, which is filled again every time.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    pub async fn open_example(self) -> Result<(), NotRecorded> {
        (self.lazy.open_example)(self).await
    }

    /// Called through [`Lazy`](super::lazy::Lazy), because its code may be in another part of the program.
    pub(crate) async fn load_example(self) -> Result<(), NotRecorded> {
        let today = clock::today();
        let lines = example::lines(today).await?;
        self.close_if_open(registry::EXAMPLE);
        match self.write_example(&lines, today).await {
            Ok(engine) => {
                registry::remember(registry::EXAMPLE);
                self.make_current(registry::EXAMPLE.into(), engine).await;
                Ok(())
            }
            Err(fault) => {
                if self.engine().is_none() {
                    self.open_current().await;
                }
                Err(fault.into())
            }
        }
    }

    async fn write_example(self, lines: &[String], today: Date) -> Result<Engine<IndexedDb>, Fault> {
        IndexedDb::delete(registry::EXAMPLE).await?;
        DeviceStore(registry::EXAMPLE).clear();
        let store = self.store(registry::EXAMPLE).await?;
        Engine::import(store, lines, today).await
    }

    /// Asks the browser to make the storage persistent. Some browsers ask the user, so nothing waits for the answer.
    pub(super) fn request_persistence(self) {
        spawn_local(async move {
            let promised = persist::request().await;
            self.this_device.try_update(|device| device.persisted = promised);
        });
    }

    /// Deletes the example shop and returns to this device's shop, if there is one.
    ///
    /// # Errors
    ///
    /// When the example's store cannot be deleted.
    pub async fn leave_example(self) -> Result<(), Fault> {
        self.close_if_open(registry::EXAMPLE);
        registry::forget();
        IndexedDb::delete(registry::EXAMPLE).await?;
        DeviceStore(registry::EXAMPLE).clear();
        self.open_current().await;
        Ok(())
    }

    /// Opens the current book of this browser, or retries after it could not be opened.
    pub async fn open_current(self) {
        self.stage.try_set(Stage::Opening);
        let opened = match registry::current(move || self.retry_open()).await {
            Ok(Some(name)) => (self.lazy.open)(self, name).await,
            Ok(None) => self.on_no_store().await,
            Err(fault) => Err(fault),
        };
        if let Err(fault) = opened {
            self.stage.try_set(Stage::Failed(fault));
        }
    }

    pub(super) async fn open_named(self, name: String) -> Result<(), Fault> {
        let store = self.store(&name).await?;
        let today = clock::today();
        let read = Engine::from_caches(store.clone(), today, self.lazy.fold_account);
        let (read, beside) = join(read, Beside::read(&name)).await;
        let opened = match read {
            Err(Fault::Corrupt { .. }) => (self.lazy.rebuild)(store.clone(), today).await,
            other => other,
        };
        match opened {
            Ok(Some(engine)) => {
                registry::remember(&name);
                self.make_current_with(name, engine, beside).await;
                Ok(())
            }
            Ok(None) => {
                store.close();
                self.on_empty_store(&name).await
            }
            Err(fault) => {
                store.close();
                let is_damaged = matches!(fault, Fault::Corrupt { .. });
                if is_damaged && name != registry::EXAMPLE && self.rebuild_from_mirror(&name).await? {
                    return Ok(());
                }
                Err(fault)
            }
        }
    }

    /// There is no store. If there is a mirror, there was a shop.
    async fn on_no_store(self) -> Result<(), Fault> {
        for name in Opfs::stores().await {
            if self.rebuild_from_mirror(&name).await? {
                return Ok(());
            }
        }
        self.stage.try_set(Stage::NoShop);
        Ok(())
    }

    /// Builds the book again from its mirror; false if that has nothing. A mirror that cannot be read has nothing either.
    async fn rebuild_from_mirror(self, name: &str) -> Result<bool, Fault> {
        match (self.lazy.rebuild_from_mirror)(self, name.to_owned()).await {
            Err(Fault::NotFetched) => Err(Fault::NotFetched),
            other => Ok(other.unwrap_or(false)),
        }
    }

    /// The store is empty. For a shop that is a loss and a fault; for the example shop it is not.
    async fn on_empty_store(self, name: &str) -> Result<(), Fault> {
        if name != registry::EXAMPLE {
            return if self.rebuild_from_mirror(name).await? { Ok(()) } else { Err(self.emptied(name)) };
        }
        registry::forget();
        match registry::find_store(move || self.retry_open()).await? {
            Some(name) => Box::pin(self.open_named(name)).await,
            None => {
                self.stage.try_set(Stage::NoShop);
                Ok(())
            }
        }
    }

    pub(super) async fn store(self, name: &str) -> Result<IndexedDb, Fault> {
        let opened = name.to_owned();
        IndexedDb::open(name, move || {
            if self.name() == opened {
                // Another tab deletes the book or upgrades its layout, or the browser closed it. In each case the book
                // is opened again.
                let opened = opened.clone();
                spawn_local(async move { self.open_lost(&opened).await });
            } else {
                self.inner.try_update_value(|inner| inner.closed_early.clone_from(&opened));
                self.retry_open();
            }
        })
        .await
    }

    /// The browser answered late. Opens the book without a retry by the user, unless the stage has changed meanwhile.
    pub(super) fn retry_open(self) {
        let waits = |stage: &Stage| matches!(stage, Stage::Failed(Fault::Blocked | Fault::OpenTimeout));
        if self.stage.try_with_untracked(waits) == Some(true) {
            spawn_local(self.open_current());
        }
    }

    /// Closes the open book if it has this name.
    pub(super) fn close_if_open(self, name: &str) {
        if self.name() == name {
            self.replace(String::new(), None);
        }
    }

    fn replace(self, name: String, engine: Option<Rc<Engine<IndexedDb>>>) {
        self.end_exchange();
        let old = self.inner.try_update_value(|inner| {
            if engine.is_some() {
                inner.was_open.clone_from(&name);
            }
            inner.name = name;
            (inner.damages, inner.is_verified, inner.offered) = (Vec::new(), false, None);
            std::mem::replace(&mut inner.engine, engine)
        });
        old.flatten().iter().for_each(|engine| engine.store().close());
        // The task that kept the mirror of the old one ends.
        self.wake_mirror();
    }

    pub(super) async fn make_current(self, name: String, engine: Engine<IndexedDb>) {
        let beside = Beside::read(&name).await;
        self.make_current_with(name, engine, beside).await;
    }

    /// The same with what was read beside the store.
    async fn make_current_with(self, name: String, engine: Engine<IndexedDb>, beside: Beside) {
        self.notes.try_set(Vec::new());
        if let Err(fault) = self.check_with(&name, &engine, beside).await {
            self.tell(Note::Fault(fault));
        }
        let list = customers_of(&engine);
        // The page runs meanwhile: sorting many customers and drawing the first screen would be one long task.
        let persisted = persist::is_persisted().await;
        let device = this_device(&name, &engine, persisted);
        let engine = Rc::new(engine);
        self.replace(name.clone(), Some(Rc::clone(&engine)));
        self.show_device(&name, &engine.shop(), device);
        self.publish_with(&engine, list);
        self.refresh_backup_state();
        // The idle time continues while no page is open, so a device left idle is locked when it opens.
        self.lock_when_idle();
        self.stage.try_set(Stage::Open);
        self.check_clock(&engine);
        self.check_drawer(&name, &engine).await;
        self.back_up_daily();
        self.begin_exchange(name.clone(), Rc::clone(&engine));
        spawn_local(self.after_first_figures(name, engine));
    }

    /// What the first figures do not need, and what they would wait for: a long queue takes longer to read than all of them.
    async fn after_first_figures(self, name: String, engine: Rc<Engine<IndexedDb>>) {
        painted().await;
        if !self.is_open(&engine) {
            return;
        }
        self.start_mirror(&name, &engine);
        self.start_verification(&name, &engine);
        let read = engine.read_queue().await;
        if self.is_open(&engine) {
            self.publish_queue(&engine);
            read.err().into_iter().for_each(|fault| self.tell(Note::Fault(fault)));
        }
    }
}

fn this_device(name: &str, engine: &Engine<IndexedDb>, persisted: Option<bool>) -> ThisDevice {
    let device = engine.device();
    ThisDevice {
        shop_id: device.shop.clone(),
        letter: device.letter.clone(),
        drawer: device.drawer.clone(),
        device: device.device.clone(),
        example: name == registry::EXAMPLE,
        persisted,
        ..ThisDevice::default()
    }
}

fn new_book() -> NewBook {
    NewBook {
        shop: Session::new_id(),
        device: Session::new_id(),
        counter: "A".into(),
        zone: clock::zone(),
        first: Session::new_id(),
    }
}

/// The owner opens the shop and is its first admin. The PIN stays on this device: see [`super::people`].
fn first_commands(form: SetUp, owner: Id) -> [Command; 2] {
    let act = |id, act| Command { id, customer: None, on: None, act };
    let open = OpenShop { name: form.shop_name, currency: form.currency };
    let staff = AddStaff { name: form.your_name, role: Role::Admin, pin: None };
    [act(Session::new_id(), Act::OpenShop(open)), act(owner, Act::AddStaff(staff))]
}
