//! A commit before it is written: working copies of the accounts it changes, and the entries it would append.

use super::author::Author;
use super::cache_text::to_text;
use super::cached::{Cached, with_entry};
use super::changed::Changed;
use super::clashes::{CLASHES, Clash};
use super::late::{LATE, Late};
use super::open_account::OpenAccount;
use super::order_list;
use super::outcome::{NotRecorded, Recorded};
use super::rows::Rows;
use super::search_words::search_words;
use super::state::State;
use super::takings::TakingsByDay;
use super::totals::total;
use super::waits::Waits;
use crate::store::{Append, CATALOGUE, ChainPosition, Fault, NewEntry, SHOP, StoredEntry};
use codec::DeviceState;
use codec::compose::{Composed, compose};
use journal::{Clock, LineError, MAX_PRESS};
use ledger::account::Account;
use ledger::decide::{Context, Decision, IdOwner, decide};
use ledger::entry::{Entry, Record};
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::posted::net;
use ledger::posting::Movement;
use ledger::preview::{Preview, preview};
use ledger::refusal::Refusal;
use ledger::rules::Command;
use ledger::shop::Shop;
use ledger::view::customer::CustomerRow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The book as it would be after the commands decided so far.
pub struct Batch {
    /// The device's state before the first line.
    first: DeviceState,
    device: DeviceState,
    shop: Shop,
    books: BTreeMap<Id, OpenAccount>,
    lines: Vec<Composed>,
    moved: Vec<Movement>,
    takings: TakingsByDay,
    /// Whether an entry changes the items or the logo.
    changes_catalogue: bool,
    /// Whether an entry comes before one that is stored: an entry of a device whose clock is far ahead. Then the stored
    /// sums have to be added up again.
    pub goes_before: bool,
    /// One item for every command decided so far.
    pub recorded: Vec<Recorded>,
}

impl Batch {
    /// Decides all commands; each sees the effect of the ones before it.
    pub fn decide(
        state: &State,
        commands: &[Command],
        known: &HashMap<Id, IdOwner>,
        author: &Author,
    ) -> Result<Self, NotRecorded> {
        let mut draft = Self::before(state, commands);
        draft.decide_all(commands, known, author)?;
        draft.close(author.now)?;
        Ok(draft)
    }

    /// Writes the lines again if there are several: each then says its place in the press. Numbers, clocks and places
    /// stay the same. Only now are the lines final, so only now they enter the digests of their accounts.
    pub fn close(&mut self, now: u64) -> Result<(), Fault> {
        if u32::try_from(self.lines.len()).is_ok_and(|count| count > MAX_PRESS) {
            return Err(Fault::TooMany);
        }
        if self.lines.len() > 1 {
            let currency = self.shop.currency.clone().unwrap_or_else(no_currency);
            let entries = self.lines.iter().map(|line| line.record.entry.clone()).collect();
            let whole = compose(&self.first, entries, &currency, now).map_err(line_fault)?;
            (self.lines, self.device) = (whole.lines, whole.device);
        }
        for line in &self.lines {
            let opened = line.record.entry.customer.as_ref().and_then(|id| self.books.get_mut(id));
            opened.into_iter().for_each(|opened| opened.digest = with_entry(opened.digest, line.hash));
        }
        Ok(())
    }

    /// The batch before the first of these commands is decided, with copies of their accounts that are in memory.
    pub fn before(state: &State, commands: &[Command]) -> Self {
        let mut draft = Self::new(state.device.clone(), Shop::clone(&state.shop));
        for customer in commands.iter().flat_map(Command::customers) {
            if let Some(opened) = state.open_accounts.get(customer) {
                draft.books.insert(customer.clone(), opened.clone());
            }
        }
        draft
    }

    /// The effect of one more command after those decided so far.
    pub fn preview(&self, command: &Command, author: &Author) -> Result<Preview, Refusal> {
        self.with_context(command, &HashMap::new(), author, |cx| preview(cx, command))
    }

    /// Calls `ask` with the book as it is after the commands decided so far.
    fn with_context<T>(
        &self,
        command: &Command,
        known: &HashMap<Id, IdOwner>,
        author: &Author,
        ask: impl FnOnce(Context<'_>) -> T,
    ) -> T {
        let empty = Account::default();
        let here = |id: &Id| {
            self.entry_of_batch(id)
                .map(|entry| IdOwner { entry, clashes: false })
                .or_else(|| known.get(id).cloned())
        };
        ask(Context {
            shop: &self.shop,
            account: self.opened(command).map_or(&empty, |opened| opened.book.account()),
            id_owner: &here,
            actor: &author.actor,
            counter: &self.device.drawer,
            today: author.today,
        })
    }

    /// A batch on a book in which no account has been read.
    pub fn new(device: DeviceState, shop: Shop) -> Self {
        Self {
            first: device.clone(),
            device,
            shop,
            books: BTreeMap::new(),
            lines: Vec::new(),
            moved: Vec::new(),
            takings: TakingsByDay::new(),
            changes_catalogue: false,
            goes_before: false,
            recorded: Vec::new(),
        }
    }

    /// Decides commands one after another, applying each to the working copies.
    pub fn decide_all(
        &mut self,
        commands: &[Command],
        known: &HashMap<Id, IdOwner>,
        author: &Author,
    ) -> Result<(), NotRecorded> {
        commands.iter().try_for_each(|command| self.decide_one(command, known, author))
    }

    fn decide_one(
        &mut self,
        command: &Command,
        known: &HashMap<Id, IdOwner>,
        author: &Author,
    ) -> Result<(), NotRecorded> {
        let mut opened = command.customers().filter_map(|customer| self.books.get(customer));
        if let Some(fault) = opened.find_map(|opened| opened.trouble.clone()) {
            return Err(fault.into());
        }
        let before = self.row(command);
        let (entry, already) = match self.decision(command, known, author)? {
            Decision::Record(entry) => (self.compose_entry(entry, author.now)?, false),
            Decision::RecordBoth(entries) => {
                let [giving, receiving] = *entries;
                self.compose_entry(giving, author.now)?;
                (self.compose_entry(receiving, author.now)?, false)
            }
            Decision::Already => (self.existing_entry(command, known)?, true),
        };
        let (after, no) = (self.row(command), entry.no.clone());
        self.recorded.push(Recorded {
            id: command.id.clone(),
            no,
            entry,
            before,
            after,
            changes: Vec::new(),
            already,
        });
        Ok(())
    }

    fn decision(
        &self,
        command: &Command,
        known: &HashMap<Id, IdOwner>,
        author: &Author,
    ) -> Result<Decision, NotRecorded> {
        Ok(self.with_context(command, known, author, |cx| decide(cx, command))?)
    }

    /// Gives an entry its number and its position in the chain, and folds it into the working copies.
    fn compose_entry(&mut self, entry: Entry, now: u64) -> Result<Entry, Fault> {
        let currency = self.shop.currency.clone().unwrap_or_else(no_currency);
        let commit = compose(&self.device, vec![entry], &currency, now).map_err(line_fault)?;
        self.device = commit.device;
        for line in commit.lines {
            self.apply_record(line.record.clone());
            self.lines.push(line);
        }
        let last = self.lines.last().map(|line| line.record.entry.clone());
        last.ok_or_else(|| Fault::Other("nothing was composed".into()))
    }

    /// Adds a record to the working copies.
    fn apply_record(&mut self, record: Record) {
        let moved = match record.entry.customer.clone() {
            None => {
                self.goes_before |= record.place.order < self.shop.latest;
                let before = Arc::clone(&self.shop.catalogue);
                let moved = self.shop.add(&record);
                self.changes_catalogue |= !Arc::ptr_eq(&before, &self.shop.catalogue);
                moved
            }
            Some(customer) => self.apply_to_account(&customer, record),
        };
        self.shop.add_to_sums(&moved);
        self.moved.extend(moved);
    }

    /// Adds a record to the working copy of an account. All that it changes is posted on its own day.
    fn apply_to_account(&mut self, customer: &Id, record: Record) -> Vec<Movement> {
        let opened = self.books.entry(customer.clone()).or_insert_with(|| empty_account(customer));
        self.goes_before |= opened.book.goes_before(&record.place);
        let appends = opened.book.appends(&record);
        let Record { place, verdict, entry } = record;
        let (day, entry) = (entry.on, Arc::new(entry));
        let parts = opened.book.add_posted(place, verdict, entry.clone());
        let account = opened.book.account();
        if appends {
            opened.waits.add_entry(account, &entry);
        } else {
            opened.waits = Waits::of(account);
        }
        self.takings.add(account, day, &parts);
        net(&parts, day)
    }

    /// The new entries in the form in which they are stored.
    pub fn added(&self) -> impl Iterator<Item = NewEntry> {
        self.lines.iter().map(added)
    }

    /// What has to be written; `None` when every command was already recorded.
    pub fn append(&self, state: &State) -> Result<Option<Append>, Fault> {
        if self.lines.is_empty() {
            return Ok(None);
        }
        let mut append = self.caches(&state.rows, |customer| state.open_accounts.get(customer))?;
        if self.resolves_a_clash(state) {
            append.meta.push((CLASHES.into(), to_text(&self.unresolved(state).collect::<Vec<_>>())?));
        }
        let late = self.still_late(state);
        if late.len() < state.late.len() {
            append.meta.push((LATE.into(), to_text(&late)?));
        }
        Ok(Some(Append { expected: Some(state.text.clone()), entries: self.added().collect(), ..append }))
    }

    /// The clashes that no note has resolved.
    fn unresolved<'a>(&self, state: &'a State) -> impl Iterator<Item = &'a Clash> {
        state.clashes.iter().filter(|clash| !clash.is_resolved(|customer| self.books.get(customer)))
    }

    /// The late entries that no note has resolved.
    fn still_late(&self, state: &State) -> Vec<Late> {
        let is_open = |late: &&Late| !late.is_resolved(|customer| self.books.get(customer), &self.shop);
        state.late.iter().filter(is_open).cloned().collect()
    }

    fn resolves_a_clash(&self, state: &State) -> bool {
        self.unresolved(state).count() < state.clashes.len()
    }

    /// Everything to write except the entries: device state, shop, rows, sums, and waiting items.
    pub fn caches<'a>(
        &self,
        rows: &Rows,
        before: impl Fn(&Id) -> Option<&'a OpenAccount>,
    ) -> Result<Append, Fault> {
        let mut append = Append {
            device: to_text(&self.device)?,
            meta: vec![(SHOP.into(), to_text(&self.shop)?)],
            totals: self.moved.iter().map(total).collect(),
            ..Append::default()
        };
        if self.changes_catalogue {
            append.meta.push((CATALOGUE.into(), to_text(&*self.shop.catalogue)?));
        }
        let mut changed = Vec::with_capacity(self.books.len());
        for (customer, opened) in &self.books {
            changed.push(Cached::of(opened.book.account(), opened.digest));
            let nothing = Waits::default();
            let was = before(customer).map_or(&nothing, |before| &before.waits);
            opened.waits.write_changes(was, &mut append)?;
            order_list::write_touched(opened.book.account(), &mut append)?;
        }
        append.pages = rows.pages_with(&changed)?;
        append.totals.extend(self.takings.totals());
        Ok(append)
    }

    /// Replaces the state of the book with the working copies, after they were written to the disk.
    pub fn apply(self, state: &mut State, append: &Append) -> (Vec<Recorded>, Changed) {
        let mut accounts: BTreeSet<Id> = self.books.keys().cloned().collect();
        if self.resolves_a_clash(state) {
            accounts.extend(state.clashes.iter().flat_map(Clash::customers).cloned());
            state.clashes = self.unresolved(state).cloned().collect();
        }
        state.late = self.still_late(state);
        state.text.clone_from(&append.device);
        state.device = self.device;
        state.count_arrivals(&append.entries);
        state.day.add(&append.totals);
        state.orders.iter_mut().for_each(|list| list.take(append));
        for (customer, mut opened) in self.books {
            opened.cached = Cached::of(opened.book.account(), opened.digest);
            state.put_row(opened.cached.clone());
            let before = state.open_accounts.get(&customer);
            if !before.is_some_and(|before| opened.waits.are_same(&before.waits)) {
                state.put_waits(&customer, &opened.waits);
            }
            state.open_accounts.put(customer, opened);
        }
        state.shop = Arc::new(self.shop);
        (self.recorded, Changed { any: true, accounts, ..Changed::default() })
    }

    fn opened(&self, command: &Command) -> Option<&OpenAccount> {
        self.books.get(command.customer.as_ref()?)
    }

    fn row(&self, command: &Command) -> Option<CustomerRow> {
        self.opened(command).map(|opened| opened.book.account().row()).filter(|row| row.records > 0)
    }

    fn entry_of_batch(&self, id: &Id) -> Option<Entry> {
        self.lines.iter().map(|line| &line.record.entry).find(|entry| entry.id == *id).cloned()
    }

    fn existing_entry(&self, command: &Command, known: &HashMap<Id, IdOwner>) -> Result<Entry, Fault> {
        let here = self.opened(command).and_then(|opened| opened.book.account().entry(&command.id));
        let found = here.map(|entry| Entry::clone(entry)).or_else(|| self.entry_of_batch(&command.id));
        let found = found.or_else(|| known.get(&command.id).map(|known| known.entry.clone()));
        found.ok_or_else(|| {
            Fault::corrupt(format!("entry {}", command.id), "it is said to stand, and was not found")
        })
    }
}

fn empty_account(customer: &Id) -> OpenAccount {
    OpenAccount::new(CustomerBook::new(customer.clone(), Vec::new()), 0, None)
}

fn added(line: &Composed) -> NewEntry {
    let (millis, count) = line.record.place.order;
    let (place, entry) = (&line.record.place, &line.record.entry);
    NewEntry {
        stored: StoredEntry::own(line.bytes.clone(), Clock(millis, count)),
        at: ChainPosition::new(place.device.as_str(), place.chain, place.seq),
        account: entry.customer.as_ref().map(Id::to_string).unwrap_or_default(),
        id: entry.id.to_string(),
        words: search_words(entry),
    }
}

/// A placeholder currency. Before a shop is opened no entry holds an amount, so the choice has no effect.
fn no_currency() -> Currency {
    Currency { code: String::new(), decimals: 2 }
}

fn line_fault(error: LineError) -> Fault {
    match error {
        LineError::TooLong { .. } => Fault::TooLong,
        other => Fault::Other(other.to_string()),
    }
}
