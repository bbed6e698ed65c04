//! Which book is open: at the start, after *Set up this shop*, and in and out of the example shop.

use super::browser::locker::Locker;
use super::browser::{clock, persist, pin, shelf};
use super::desk::{Desk, Founding, Who};
use super::{Book, Here, NotRecorded, SetUp, Stage, example, seam};
use crate::store::{Fault, IndexedDb};
use ledger::date::Date;
use ledger::entry::{AddStaff, OpenShop, Role};
use ledger::id::Id;
use ledger::rules::{Act, Command};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

impl Book {
    /// Opens a new book on this device, and makes it the current one.
    ///
    /// # Errors
    /// A refusal or a fault; there is no new book.
    pub async fn set_up(self, asked: SetUp) -> Result<(), NotRecorded> {
        seam::set_up(self, asked).await
    }

    pub(super) async fn begin(self, asked: SetUp) -> Result<(), NotRecorded> {
        let owner = Self::new_id();
        let hash = match &asked.pin {
            Some(pin) => Some(pin::hash(pin).await?),
            None => None,
        };
        let founding = founding();
        let name = shelf::store_of(&founding.shop);
        let store = self.store(&name).await?;
        let who = Who { actor: owner.clone(), today: clock::today(), now: clock::now() };
        let desk = Desk::found(store.clone(), &founding, &first_acts(asked, owner.clone()), &who).await;
        if desk.is_err() {
            store.close();
            // What was made for nothing is cleared away; an empty store left behind is not taken for a book.
            let _ = IndexedDb::delete(&name).await;
        }
        let desk = desk?;
        shelf::remember(&name);
        self.settle(name, desk).await;
        self.ask_to_keep();
        // A browser that does not keep it has a shop without a PIN, which *People* shows.
        self.change_people(|people| people.keyed(&owner, hash));
        Ok(())
    }

    /// Opens the example shop, which has a store of its own, filled afresh every time.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn try_example(self) -> Result<(), NotRecorded> {
        seam::try_example(self).await
    }

    pub(super) async fn begin_example(self) -> Result<(), NotRecorded> {
        let today = clock::today();
        let lines = example::lines(today).await?;
        self.leave(shelf::EXAMPLE);
        match self.example(&lines, today).await {
            Ok(desk) => {
                shelf::remember(shelf::EXAMPLE);
                self.settle(shelf::EXAMPLE.into(), desk).await;
                Ok(())
            }
            Err(fault) => {
                if self.desk().is_none() {
                    self.open_current().await;
                }
                Err(fault.into())
            }
        }
    }

    async fn example(self, lines: &[String], today: Date) -> Result<Desk<IndexedDb>, Fault> {
        IndexedDb::delete(shelf::EXAMPLE).await?;
        Locker(shelf::EXAMPLE).empty();
        let store = self.store(shelf::EXAMPLE).await?;
        Desk::take_over(store, lines, today).await
    }

    /// Asks the browser to keep the book. Some ask the user in turn, so nothing waits for the answer.
    pub(super) fn ask_to_keep(self) {
        spawn_local(async move {
            let promised = persist::ask().await;
            self.here.try_update(|here| here.persisted = promised);
        });
    }

    /// Deletes the example shop and goes back to the shop of this device, if there is one.
    ///
    /// # Errors
    /// When its store could not be deleted.
    pub async fn leave_example(self) -> Result<(), Fault> {
        self.leave(shelf::EXAMPLE);
        shelf::forget();
        IndexedDb::delete(shelf::EXAMPLE).await?;
        Locker(shelf::EXAMPLE).empty();
        self.open_current().await;
        Ok(())
    }

    /// Opens the current book of this browser, once more if it could not be opened before.
    pub async fn open_current(self) {
        self.stage.try_set(Stage::Opening);
        let opened = match shelf::current(move || self.open_late()).await {
            Ok(Some(name)) => self.open_named(name).await,
            Ok(None) => {
                self.stage.try_set(Stage::NoShop);
                Ok(())
            }
            Err(fault) => Err(fault),
        };
        if let Err(fault) = opened {
            self.stage.try_set(Stage::Failed(fault));
        }
    }

    async fn open_named(self, name: String) -> Result<(), Fault> {
        let store = self.store(&name).await?;
        let today = clock::today();
        let opened = match Desk::as_kept(store.clone(), today).await {
            Err(Fault::Corrupt { .. }) => seam::open_afresh(store.clone(), today).await,
            other => other,
        };
        match opened {
            Ok(Some(desk)) => {
                shelf::remember(&name);
                self.settle(name, desk).await;
                Ok(())
            }
            Ok(None) => {
                store.close();
                self.empty(&name).await
            }
            Err(fault) => {
                store.close();
                Err(fault)
            }
        }
    }

    /// A shop's store that is empty is a loss and says so; the example shop's is not.
    async fn empty(self, name: &str) -> Result<(), Fault> {
        if name != shelf::EXAMPLE {
            return Err(Fault::Emptied);
        }
        shelf::forget();
        match shelf::found(move || self.open_late()).await? {
            Some(name) => Box::pin(self.open_named(name)).await,
            None => {
                self.stage.try_set(Stage::NoShop);
                Ok(())
            }
        }
    }

    pub(super) async fn store(self, name: &str) -> Result<IndexedDb, Fault> {
        let told = name.to_owned();
        IndexedDb::open(name, move || {
            if self.name() == told {
                // Another tab deletes it, brings it to a newer layout, or the browser let go of it: whichever, the
                // way on begins with opening it again.
                self.replace(String::new(), None);
                spawn_local(self.open_current());
            } else {
                self.open_late();
            }
        })
        .await
    }

    /// The browser answered after all: nobody has to press, unless something else became of it meanwhile.
    pub(super) fn open_late(self) {
        let waits = |stage: &Stage| matches!(stage, Stage::Failed(Fault::Blocked | Fault::Hangs));
        if self.stage.try_with_untracked(waits) == Some(true) {
            spawn_local(self.open_current());
        }
    }

    /// Lets go of the open book if it is this one.
    fn leave(self, name: &str) {
        if self.name() == name {
            self.replace(String::new(), None);
        }
    }

    fn replace(self, name: String, desk: Option<Rc<Desk<IndexedDb>>>) {
        let old = self.inner.try_update_value(|inner| {
            inner.name = name;
            std::mem::replace(&mut inner.desk, desk)
        });
        old.flatten().iter().for_each(|desk| desk.store().close());
    }

    pub(super) async fn settle(self, name: String, desk: Desk<IndexedDb>) {
        let persisted = persist::promised().await;
        self.trouble.try_set(None);
        if let Err(fault) = self.went_back(&name, &desk).await {
            self.trouble.try_set(Some(fault));
        }
        let here = here(&name, &desk, persisted);
        let desk = Rc::new(desk);
        self.replace(name.clone(), Some(Rc::clone(&desk)));
        self.attend(&name, &desk.shop(), here);
        self.publish_all(&desk);
        self.note_backup();
        // Whoever left the page open locked it as well as who left the counter.
        self.look_left();
        self.stage.try_set(Stage::Open);
    }
}

fn here(name: &str, desk: &Desk<IndexedDb>, persisted: Option<bool>) -> Here {
    let device = desk.device();
    Here {
        shop_id: device.shop.clone(),
        letter: device.letter.clone(),
        device: device.device.clone(),
        example: name == shelf::EXAMPLE,
        persisted,
        ..Here::default()
    }
}

fn founding() -> Founding {
    Founding {
        shop: Book::new_id(),
        device: Book::new_id(),
        counter: "A".into(),
        zone: clock::zone(),
        first: Book::new_id(),
    }
}

/// The owner opens the shop and is its first admin. The PIN stays on this device: see [`super::people`].
fn first_acts(asked: SetUp, owner: Id) -> [Command; 2] {
    let act = |id, act| Command { id, customer: None, on: None, act };
    let open = OpenShop { name: asked.shop_name, currency: asked.currency };
    let staff = AddStaff { name: asked.your_name, role: Role::Admin, pin: None };
    [act(Book::new_id(), Act::OpenShop(open)), act(owner, Act::AddStaff(staff))]
}
