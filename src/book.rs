//! The book as screens see it, and its only writer: decide, append durably, apply, then tell.
//!
//! [`Book`] is a handle on signals and on a [`desk::Desk`]; the desk does the work and knows no screen. Nothing here
//! belongs to a screen, so a screen that goes away takes nothing with it.

mod attend;
mod backup;
mod browser;
pub mod desk;
mod example;
mod figures;
mod find;
pub mod fold;
mod hit;
mod idle;
mod outcome;
pub mod people;
mod publish;
mod roster;
mod seam;
mod start;
mod state;
mod switch;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests;
mod watch;
mod words;

pub use attend::Entrance;
pub use backup::{BackupState, TakenIn, TakingIn};
pub use desk::{Flaw, NotTaken, Work};
pub use figures::Figures;
pub use find::Letter;
pub use hit::Hit;
pub use outcome::{NotRecorded, Recorded, SetUp};
pub use roster::Roster;
pub use state::{Here, Loaded, Stage};

use crate::store::{Fault, IndexedDb};
use browser::lock::Lock;
use desk::{Desk, Who};
use ledger::date::Date;
use ledger::id::Id;
use ledger::preview::Preview;
use ledger::refusal::Refusal;
use ledger::rules::Command;
use ledger::shop::Shop;
use ledger::view::account::AccountView;
use ledger::view::order::OrderView;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;
use people::People;
use start::Inner;
use std::rc::Rc;
use std::sync::Arc;
use watch::Known;

/// How many documents a search gives at most.
const HITS: u32 = 20;

/// The book, cheap to copy; provided as context by the root and alive as long as the page.
#[derive(Clone, Copy)]
pub struct Book {
    inner: StoredValue<Inner, LocalStorage>,
    stage: RwSignal<Stage>,
    shop: RwSignal<Option<Arc<Shop>>>,
    here: RwSignal<Here>,
    people: RwSignal<Arc<People>>,
    today: RwSignal<Date>,
    customers: RwSignal<Arc<Roster>>,
    figures: RwSignal<Option<Figures>>,
    queue: RwSignal<Arc<Vec<RefundRow>>>,
    trouble: RwSignal<Option<Fault>>,
    backed: RwSignal<Option<BackupState>>,
}

impl Book {
    /// Whether there is a book to work with.
    #[must_use]
    pub fn stage(self) -> Signal<Stage> {
        self.stage.into()
    }

    /// Name, currency, staff, partners, bank accounts and sums; `None` until they are read.
    #[must_use]
    pub fn shop(self) -> Signal<Option<Arc<Shop>>> {
        self.shop.into()
    }

    /// This device, its counter, and who acts.
    #[must_use]
    pub fn here(self) -> Signal<Here> {
        self.here.into()
    }

    /// The shop's today; moves at midnight.
    #[must_use]
    pub fn today(self) -> Signal<Date> {
        self.today.into()
    }

    /// All customers, by folded name.
    #[must_use]
    pub fn customers(self) -> Signal<Arc<Roster>> {
        self.customers.into()
    }

    /// The Counter's figures; `None` until they are read.
    #[must_use]
    pub fn figures(self) -> Signal<Option<Figures>> {
        self.figures.into()
    }

    /// Refunds and pay-outs that wait: requested, pending, awaiting, or not handed over yet; oldest first.
    #[must_use]
    pub fn queue(self) -> Signal<Arc<Vec<RefundRow>>> {
        self.queue.into()
    }

    /// The last thing that could not be read, such as a damaged entry; the rest of the book goes on.
    #[must_use]
    pub fn trouble(self) -> Signal<Option<Fault>> {
        self.trouble.into()
    }

    /// One account; reads it on first use and follows it from then on.
    #[must_use]
    pub fn account(self, customer: Id) -> Signal<Loaded<Arc<AccountView>>> {
        let account = self.watch(&customer);
        Signal::derive(move || account.get())
    }

    /// One order of an account.
    #[must_use]
    pub fn order(self, customer: Id, order: Id) -> Signal<Loaded<Arc<OrderView>>> {
        let account = self.watch(&customer);
        let memo = Memo::new(move |_| match account.known() {
            Known::NotYet => Loaded::NotYet,
            Known::Missing => Loaded::Missing,
            Known::Here(_) => {
                let found = self.desk().and_then(|desk| desk.order(&customer, &order));
                found.map_or(Loaded::Missing, |view| Loaded::Here(Arc::new(view)))
            }
        });
        memo.into()
    }

    /// The customer an order belongs to; `None` when there is no such order.
    ///
    /// # Errors
    /// When the store could not be read.
    pub async fn find_order(self, order: &Id) -> Result<Option<Id>, Fault> {
        self.open_desk()?.owner(order).await
    }

    /// The documents whose number or reference begins with the text.
    ///
    /// # Errors
    /// When the store could not be read.
    pub async fn find_documents(self, text: &str) -> Result<Vec<Hit>, Fault> {
        self.open_desk()?.documents(text, HITS).await
    }

    /// Before and after, without writing. The account must be open, see [`Book::open_account`].
    ///
    /// # Errors
    /// The refusal that recording would meet.
    pub fn preview(self, command: &Command) -> Result<Preview, Refusal> {
        let closed =
            || Refusal::UnknownCustomer { customer: command.customer.clone().unwrap_or(command.id.clone()) };
        self.desk().ok_or_else(closed)?.preview(command, &self.who())
    }

    /// Reads an account unless it is open already.
    ///
    /// # Errors
    /// When the store could not be read.
    pub async fn open_account(self, customer: &Id) -> Result<(), Fault> {
        self.open_desk()?.open_account(customer).await
    }

    /// Records one act; returns only after it is on the disk.
    ///
    /// # Errors
    /// A refusal or a fault; nothing was written.
    pub async fn record(self, command: Command) -> Result<Recorded, NotRecorded> {
        let recorded = self.record_all(vec![command]).await?;
        recorded.into_iter().next().ok_or_else(|| Fault::Other("nothing was recorded".into()).into())
    }

    /// Records several acts in one transaction, all or none; each is decided after the ones before it.
    ///
    /// # Errors
    /// A refusal or a fault; nothing was written.
    pub async fn record_all(self, commands: Vec<Command>) -> Result<Vec<Recorded>, NotRecorded> {
        let desk = self.open_desk()?;
        let name = self.name();
        // Another tab may have changed who acts, and the browser tells of it when it has the time.
        self.look_around();
        let pressed = desk.press(&commands, &self.who(), async || Lock::acquire(&name).await).await;
        self.publish(&desk, &pressed.changed);
        let recorded = pressed.recorded?;
        self.mark(&name, &desk);
        self.note_backup();
        self.tell(&name);
        Ok(recorded)
    }

    /// Every line of the journal on this device, verbatim: a backup is these, one a line.
    ///
    /// # Errors
    /// When the store could not be read.
    pub async fn backup(self) -> Result<Vec<String>, Fault> {
        self.open_desk()?.backup().await
    }

    /// A fresh id: UUID v7. Forms mint one when they open.
    #[must_use]
    pub fn new_id() -> Id {
        Id::from_bits(uuid::Uuid::now_v7().as_u128())
    }

    fn desk(self) -> Option<Rc<Desk<IndexedDb>>> {
        self.inner.try_with_value(|inner| inner.desk.clone()).flatten()
    }

    fn open_desk(self) -> Result<Rc<Desk<IndexedDb>>, Fault> {
        self.desk().ok_or(Fault::Closed)
    }

    fn name(self) -> String {
        self.inner.try_with_value(|inner| inner.name.clone()).unwrap_or_default()
    }

    fn who(self) -> Who {
        let actor = self.here.try_with_untracked(|here| here.actor.clone());
        Who {
            actor: actor.unwrap_or_else(|| Here::default().actor),
            today: browser::clock::today(),
            now: browser::clock::now(),
        }
    }
}
