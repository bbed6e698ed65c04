//! The book as screens see it, and its only writer: decide, append durably, apply, then tell.

mod figures;
mod hit;
mod outcome;
mod state;

pub use figures::Figures;
pub use hit::Hit;
pub use outcome::{NotRecorded, Recorded, SetUp};
pub use state::{Here, Loaded, Stage};

use crate::store::Fault;
use ledger::command::Command;
use ledger::date::Date;
use ledger::id::Id;
use ledger::preview::Preview;
use ledger::refusal::Refusal;
use ledger::shop::Shop;
use ledger::view::account::AccountView;
use ledger::view::customer::CustomerRow;
use ledger::view::order::OrderView;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;
use std::sync::Arc;

/// The book, cheap to copy; provided as context by the root and alive as long as the page.
#[derive(Clone, Copy)]
pub struct Book {
    stage: RwSignal<Stage>,
    shop: RwSignal<Option<Arc<Shop>>>,
    here: RwSignal<Here>,
    today: RwSignal<Date>,
    customers: RwSignal<Arc<Vec<CustomerRow>>>,
    figures: RwSignal<Option<Figures>>,
    queue: RwSignal<Arc<Vec<RefundRow>>>,
}

impl Book {
    /// Starts opening the book of this browser. Call it once, from the root.
    #[must_use]
    pub fn start() -> Self {
        Self {
            stage: RwSignal::new(Stage::Opening),
            shop: RwSignal::new(None),
            here: RwSignal::new(Here::default()),
            today: RwSignal::new(Date(jiff::civil::Date::constant(2026, 1, 1))),
            customers: RwSignal::new(Arc::default()),
            figures: RwSignal::new(None),
            queue: RwSignal::new(Arc::default()),
        }
    }

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
    pub fn customers(self) -> Signal<Arc<Vec<CustomerRow>>> {
        self.customers.into()
    }

    /// One account; reads it on first use and follows it from then on.
    #[must_use]
    pub fn account(self, customer: Id) -> Signal<Loaded<Arc<AccountView>>> {
        let _ = customer;
        RwSignal::new(Loaded::NotYet).into()
    }

    /// One order of an account.
    #[must_use]
    pub fn order(self, customer: Id, order: Id) -> Signal<Loaded<Arc<OrderView>>> {
        let _ = (customer, order);
        RwSignal::new(Loaded::NotYet).into()
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

    /// The customer an order belongs to; `None` when there is no such order.
    ///
    /// # Errors
    /// When the store could not be read.
    pub async fn find_order(self, order: &Id) -> Result<Option<Id>, Fault> {
        let _ = order;
        Ok(None)
    }

    /// What fits the text: customers by name, phone and e-mail, documents by number and reference.
    ///
    /// # Errors
    /// When the store could not be read.
    pub async fn find(self, text: &str) -> Result<Vec<Hit>, Fault> {
        let _ = text;
        Ok(Vec::new())
    }

    /// Before and after, without writing. The account must be open, see [`Book::open_account`].
    ///
    /// # Errors
    /// The refusal that recording would meet.
    pub fn preview(self, command: &Command) -> Result<Preview, Refusal> {
        let customer = command.customer.clone().unwrap_or_else(|| command.id.clone());
        Err(Refusal::UnknownCustomer { customer })
    }

    /// Reads an account unless it is open already.
    ///
    /// # Errors
    /// When the store could not be read.
    pub async fn open_account(self, customer: &Id) -> Result<(), Fault> {
        let _ = customer;
        Err(Fault::Closed)
    }

    /// Records one act; returns only after it is on the disk.
    ///
    /// # Errors
    /// A refusal or a fault; nothing was written.
    pub async fn record(self, command: Command) -> Result<Recorded, NotRecorded> {
        let _ = command;
        Err(NotRecorded::Fault(Fault::Closed))
    }

    /// Records several acts in one transaction, all or none; each is decided after the ones before it.
    ///
    /// # Errors
    /// A refusal or a fault; nothing was written.
    pub async fn record_all(self, commands: Vec<Command>) -> Result<Vec<Recorded>, NotRecorded> {
        let _ = commands;
        Err(NotRecorded::Fault(Fault::Closed))
    }

    /// Opens a new book on this device, and makes it the current one.
    ///
    /// # Errors
    /// A refusal or a fault; there is no new book.
    pub async fn set_up(self, asked: SetUp) -> Result<(), NotRecorded> {
        let _ = asked;
        Err(NotRecorded::Fault(Fault::Closed))
    }

    /// Opens the example shop, which has a store of its own.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn try_example(self) -> Result<(), NotRecorded> {
        Err(NotRecorded::Fault(Fault::Closed))
    }

    /// Deletes the example shop and goes back to the shop of this device, if there is one.
    ///
    /// # Errors
    /// When its store could not be deleted.
    pub async fn leave_example(self) -> Result<(), Fault> {
        Err(Fault::Closed)
    }

    /// A fresh id: UUID v7. Forms mint one when they open.
    #[must_use]
    pub fn new_id() -> Id {
        Id::from_bits(uuid::Uuid::now_v7().as_u128())
    }
}
