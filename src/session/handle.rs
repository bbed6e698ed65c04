//! The handle that screens use: signals of the open book, and its commands.

use super::backup_state::BackupState;
use super::customer_list::CustomerList;
use super::inner::Inner;
use super::lazy::Lazy;
use super::note::{self, Note};
use super::state::{Loaded, Stage, ThisDevice};
use super::sync_state::SyncState;
use super::watch::AccountStatus;
use crate::device::clock;
use crate::device::people::People;
use crate::device::web_lock::WebLock;
use crate::engine::{Author, DueRow, Engine, Figures, Hit, Late, NotRecorded, Recorded, Unentitled};
use crate::store::{Fault, IndexedDb};
use ledger::date::Date;
use ledger::id::Id;
use ledger::preview::{Preview, Subject};
use ledger::refusal::Refusal;
use ledger::rules::Command;
use ledger::shop::Shop;
use ledger::view::account::AccountView;
use ledger::view::order::{ListedOrder, OrderView};
use ledger::view::refund::RefundRow;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use std::sync::Arc;

/// A handle on the open book, cheap to copy. The root provides it as context; it lives as long as the page.
#[derive(Clone, Copy)]
pub struct Session {
    pub(super) lazy: &'static Lazy<Self>,
    pub(super) inner: StoredValue<Inner, LocalStorage>,
    pub(super) stage: RwSignal<Stage>,
    pub(super) shop: RwSignal<Option<Arc<Shop>>>,
    pub(super) terms: RwSignal<Option<Arc<Shop>>>,
    pub(super) this_device: RwSignal<ThisDevice>,
    pub(super) people: RwSignal<Arc<People>>,
    pub(super) today: RwSignal<Date>,
    pub(super) customers: RwSignal<Arc<CustomerList>>,
    pub(super) figures: RwSignal<Option<Figures>>,
    pub(super) queue: RwSignal<Option<Arc<Vec<RefundRow>>>>,
    pub(super) orders: RwSignal<Option<Arc<Vec<Arc<ListedOrder>>>>>,
    pub(super) late: RwSignal<Vec<Late>>,
    pub(super) notes: RwSignal<Vec<Note>>,
    pub(super) backup_state: RwSignal<Option<BackupState>>,
    pub(super) sync: RwSignal<SyncState>,
}

impl Session {
    /// Whether a book is open.
    #[must_use]
    pub fn stage(self) -> Signal<Stage> {
        self.stage.into()
    }

    /// Name, currency, staff, partners, bank accounts and sums; `None` until they are read.
    #[must_use]
    pub fn shop(self) -> Signal<Option<Arc<Shop>>> {
        self.shop.into()
    }

    /// The shop, as its staff, methods and settings are: notifies of a change of these and of no sum, so that what depends on rights and
    /// names alone stays as it is while entries come in.
    #[must_use]
    pub fn terms(self) -> Signal<Option<Arc<Shop>>> {
        self.terms.into()
    }

    /// This device, its counter, and the member of staff who acts on it.
    #[must_use]
    pub fn this_device(self) -> Signal<ThisDevice> {
        self.this_device.into()
    }

    /// The shop's current business date; it changes at midnight.
    #[must_use]
    pub fn today(self) -> Signal<Date> {
        self.today.into()
    }

    /// All customers, by folded name.
    #[must_use]
    pub fn customers(self) -> Signal<Arc<CustomerList>> {
        self.customers.into()
    }

    /// The Counter's figures; `None` until they are read.
    #[must_use]
    pub fn figures(self) -> Signal<Option<Figures>> {
        self.figures.into()
    }

    /// What is due from the first to the last day, both included, customer by customer.
    #[must_use]
    pub fn due(self, first: Date, last: Date) -> Vec<DueRow> {
        self.engine().map(|engine| engine.due(first, last)).unwrap_or_default()
    }

    /// Refunds and pay-outs that wait: requested, pending, awaiting, or not handed over yet; oldest first. `None` until they
    /// are read.
    #[must_use]
    pub fn queue(self) -> Signal<Option<Arc<Vec<RefundRow>>>> {
        self.queue.into()
    }

    /// All orders, the latest first; `None` until [`Session::read_orders`] has read them.
    #[must_use]
    pub fn orders(self) -> Signal<Option<Arc<Vec<Arc<ListedOrder>>>>> {
        self.orders.into()
    }

    /// Reads all orders, unless they are read already; the signal then follows every change.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn read_orders(self) -> Result<(), Fault> {
        let engine = self.open_engine()?;
        engine.read_orders().await?;
        self.publish_orders(&engine);
        Ok(())
    }

    /// At most `limit` refunds and pay-outs that wait for nothing any more, the latest decided first.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn latest_refunds(self, limit: usize) -> Result<Vec<RefundRow>, Fault> {
        self.open_engine()?.latest_refunds(limit).await
    }

    /// What is told at the top of every screen, such as a damaged entry; the rest of the book stays usable.
    #[must_use]
    pub fn notes(self) -> Signal<Vec<Note>> {
        self.notes.into()
    }

    /// Tells something at the top of every screen.
    pub(super) fn tell(self, note: Note) {
        self.notes.try_update(|notes| note::add(notes, note));
    }

    /// Takes back what was told of a kind.
    pub(super) fn no_longer(self, is_over: impl Fn(&Note) -> bool) {
        if self.notes.try_with_untracked(|notes| notes.iter().any(&is_over)) == Some(true) {
            self.notes.try_update(|notes| notes.retain(|note| !is_over(note)));
        }
    }

    /// One account. The first call reads it; after that its signal follows every change. While the signal is ready, the
    /// account is in memory, for previews.
    #[must_use]
    pub fn account(self, customer: Id) -> Signal<Loaded<Arc<AccountView>>> {
        let account = self.watch(&customer);
        Signal::derive(move || match account.get() {
            Loaded::Ready(_) if !self.is_in_memory(&customer) => Loaded::Pending,
            known => known,
        })
    }

    /// One order of an account.
    #[must_use]
    pub fn order(self, customer: Id, order: Id) -> Signal<Loaded<Arc<OrderView>>> {
        self.of_account(customer, move |engine, customer| engine.order(customer, &order))
    }

    /// What is read of an account once it is in memory, and again after every change of it.
    pub(super) fn of_account<T: PartialEq + Send + Sync + 'static>(
        self,
        customer: Id,
        read: impl Fn(&Engine<IndexedDb>, &Id) -> Option<T> + Send + Sync + 'static,
    ) -> Signal<Loaded<Arc<T>>> {
        let account = self.watch(&customer);
        let memo = Memo::new(move |_| match account.status() {
            AccountStatus::Pending => Loaded::Pending,
            AccountStatus::Missing => Loaded::Missing,
            AccountStatus::Read(_) if !self.is_in_memory(&customer) => Loaded::Pending,
            AccountStatus::Read(_) => {
                let found = self.engine().and_then(|engine| read(&engine, &customer));
                found.map_or(Loaded::Missing, |view| Loaded::Ready(Arc::new(view)))
            }
        });
        memo.into()
    }

    /// The documents whose number or reference begins with the text.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn find_documents(self, text: &str) -> Result<Vec<Hit>, Fault> {
        (self.lazy.find_documents)(&*self.open_engine()?, text.to_owned()).await
    }

    /// The customer before and after a command, without writing. Of an account that is not in memory nothing can be
    /// said yet: it is read, and a caller that tracks signals is called again.
    ///
    /// # Errors
    ///
    /// The refusal that recording would return; [`Refusal::UnknownCustomer`] while the account is being read.
    pub fn preview(self, command: &Command) -> Result<Preview, Refusal> {
        self.engine_for(std::slice::from_ref(command))?.preview(command, &self.author())
    }

    /// The customer before the first command and after the last, as [`Session::record_all`] would record them.
    ///
    /// # Errors
    ///
    /// As [`Session::preview`].
    pub fn preview_all(self, commands: &[Command]) -> Result<Preview, NotRecorded> {
        self.engine_for(commands)?.preview_all(commands, &self.author())
    }

    /// The engine, after making sure that the accounts of the commands are in memory or will be.
    fn engine_for(self, commands: &[Command]) -> Result<Rc<Engine<IndexedDb>>, Refusal> {
        for customer in commands.iter().filter_map(|command| command.customer.as_ref()) {
            if !self.is_in_memory(customer) {
                self.watch(customer).status();
            }
        }
        let first =
            || commands.first().map_or_else(|| ThisDevice::default().shop_id, |first| first.id.clone());
        self.engine().ok_or_else(|| Refusal::UnknownCustomer { customer: first() })
    }

    /// Whether entries of an account in memory cannot be read, or are not as they were recorded; nothing is recorded on it then.
    #[must_use]
    pub fn is_damaged(self, customer: &Id) -> bool {
        self.engine().is_some_and(|engine| engine.trouble(customer).is_some())
    }

    /// The entries of the shop that do not count because their actors had no right to them, and are not settled.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn not_entitled(self) -> Result<Vec<Unentitled>, Fault> {
        self.open_engine()?.not_entitled().await
    }

    /// Reads an account unless it is already in memory.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn open_account(self, customer: &Id) -> Result<(), Fault> {
        self.open_engine()?.open_account(customer).await
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
        let engine = self.open_engine()?;
        let name = self.name();
        if self.doubts_clock(&engine) {
            self.check_clock(&engine);
            return Err(Fault::ClockDoubted.into());
        }
        if self.asks_drawer() {
            return Err(Fault::DrawerAsked.into());
        }
        // Another tab may have changed who acts, and the browser may not have fired its `storage` event yet.
        self.reload_people();
        let committed =
            engine.commit(&commands, &self.author(), async || WebLock::acquire(&name).await).await;
        self.publish(&engine, &committed.changed);
        let committed = match committed.recorded {
            // The mirror gives its room to the journal.
            Err(NotRecorded::Fault(Fault::Full)) if (self.lazy.give_room)(name.clone()).await.is_ok() => {
                let again =
                    engine.commit(&commands, &self.author(), async || WebLock::acquire(&name).await).await;
                self.publish(&engine, &again.changed);
                again.recorded
            }
            recorded => recorded,
        };
        if matches!(committed, Err(NotRecorded::Fault(Fault::Closed))) {
            // Finds out what is left of the store.
            spawn_local(self.refresh());
        }
        let recorded = committed?;
        self.advance_mark(&name, &engine);
        self.refresh_backup_state();
        self.notify_other_tabs(&name);
        self.back_up_after(&commands);
        self.inner.update_value(|inner| inner.last_recorded.clone_from(&recorded));
        Ok(recorded)
    }

    /// As [`Session::record_all`], with what the press changes of money accounts, tax and partners, for the panel after it:
    /// previewed on the book as it is just before. If another tab records first, the panel goes without.
    ///
    /// # Errors
    /// A refusal or a fault; nothing was written.
    pub async fn record_with_changes(self, commands: Vec<Command>) -> Result<Vec<Recorded>, NotRecorded> {
        let previewed = self.engine().and_then(|engine| engine.preview_all(&commands, &self.author()).ok());
        let mut recorded = self.record_all(commands).await?;
        let changes = previewed.map(|preview| preview.changes).unwrap_or_default();
        let owed = changes.iter().find(|change| change.subject == Subject::Owed);
        let after = recorded.iter().rev().find_map(|one| one.after.as_ref());
        let agrees = after.map(|row| row.owed) == owed.map(|change| change.after);
        if let Some(first) = recorded.first_mut().filter(|first| agrees && !first.already) {
            first.changes = changes;
        }
        self.inner.update_value(|inner| inner.last_recorded.clone_from(&recorded));
        Ok(recorded)
    }

    /// What was recorded last in this tab, with the figures before and after, if this document is among it: its own entry,
    /// or one recorded together with it. The figures are stored nowhere else, so a reload has none.
    #[must_use]
    pub fn last_recorded(self, document: &Id) -> Option<Vec<Recorded>> {
        let together = |one: &Recorded| {
            let rest = one.id.as_str().strip_prefix(document.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        self.inner
            .with_value(|inner| inner.last_recorded.iter().any(together).then(|| inner.last_recorded.clone()))
    }

    /// Every line of the journal on this device, verbatim. A backup file contains these, one line each.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn backup(self) -> Result<Vec<String>, Fault> {
        self.open_engine()?.backup().await
    }

    /// A new id: UUID v7. A form creates its id when it opens.
    #[must_use]
    pub fn new_id() -> Id {
        Id::from_bits(uuid::Uuid::now_v7().as_u128())
    }

    pub(super) fn engine(self) -> Option<Rc<Engine<IndexedDb>>> {
        self.inner.try_with_value(|inner| inner.engine.clone()).flatten()
    }

    pub(super) fn open_engine(self) -> Result<Rc<Engine<IndexedDb>>, Fault> {
        self.engine().ok_or(Fault::Closed)
    }

    pub(super) fn name(self) -> String {
        self.inner.try_with_value(|inner| inner.name.clone()).unwrap_or_default()
    }

    pub(super) fn author(self) -> Author {
        let actor = self.this_device.try_with_untracked(|device| device.actor.clone());
        Author {
            actor: actor.unwrap_or_else(|| ThisDevice::default().actor),
            today: clock::today(),
            now: clock::now(),
        }
    }
}
