//! A commit before it is written: working copies of the accounts it changes, and the entries it would append.

use super::author::Author;
use super::cache_text::to_text;
use super::cached::Cached;
use super::changed::Changed;
use super::open_account::OpenAccount;
use super::outcome::{NotRecorded, Recorded};
use super::search_words::search_words;
use super::state::State;
use super::tally::{self, Tally};
use super::totals::total;
use crate::store::{Append, Fault, NewEntry, SHOP, StoredEntry};
use codec::DeviceState;
use codec::compose::{Composed, compose};
use journal::{Clock, LineError};
use ledger::account::Account;
use ledger::decide::{Context, Decision, IdOwner, decide};
use ledger::entry::{Entry, Record};
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::posting::Movement;
use ledger::rules::Command;
use ledger::shop::Shop;
use ledger::view::customer::CustomerRow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The book as it would be after the commands decided so far.
pub struct Batch {
    device: DeviceState,
    shop: Shop,
    books: BTreeMap<Id, OpenAccount>,
    lines: Vec<Composed>,
    moved: Vec<Movement>,
    /// Accounts in which an entry changed the meaning of earlier entries.
    refolded: BTreeSet<Id>,
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
        let mut draft = Self::new(state.device.clone(), Shop::clone(&state.shop));
        for customer in commands.iter().filter_map(|command| command.customer.as_ref()) {
            if let Some(opened) = state.open_accounts.get(customer) {
                draft.books.insert(customer.clone(), opened.clone());
            }
        }
        draft.decide_all(commands, known, author)?;
        Ok(draft)
    }

    /// A batch on a book in which no account has been read.
    pub const fn new(device: DeviceState, shop: Shop) -> Self {
        Self {
            device,
            shop,
            books: BTreeMap::new(),
            lines: Vec::new(),
            moved: Vec::new(),
            refolded: BTreeSet::new(),
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
        if let Some(fault) = self.opened(command).and_then(|opened| opened.trouble.clone()) {
            return Err(fault.into());
        }
        let before = self.row(command);
        let (entry, already) = match self.decision(command, known, author)? {
            Decision::Record(entry) => (self.compose_entry(entry, author.now)?, false),
            Decision::Already => (self.existing_entry(command, known)?, true),
        };
        let (after, no) = (self.row(command), entry.no.clone());
        self.recorded.push(Recorded { id: command.id.clone(), no, entry, before, after, already });
        Ok(())
    }

    fn decision(
        &self,
        command: &Command,
        known: &HashMap<Id, IdOwner>,
        author: &Author,
    ) -> Result<Decision, NotRecorded> {
        let empty = Account::default();
        let here = |id: &Id| {
            self.entry_of_batch(id)
                .map(|entry| IdOwner { entry, clashes: false })
                .or_else(|| known.get(id).cloned())
        };
        let cx = Context {
            shop: &self.shop,
            account: self.opened(command).map_or(&empty, |opened| opened.book.account()),
            id_owner: &here,
            actor: &author.actor,
            counter: &self.device.letter,
            today: author.today,
        };
        Ok(decide(cx, command)?)
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
            None => self.shop.add(&record),
            Some(customer) => {
                let opened = self.books.entry(customer.clone()).or_insert_with(|| empty_account(&customer));
                let entry = record.entry.clone();
                if opened.book.appends(&record) {
                    let moved = opened.book.add(record);
                    opened.tally.add_entry(opened.book.account(), &entry);
                    moved
                } else {
                    self.refolded.insert(customer);
                    let moved = opened.book.add(record);
                    opened.tally = Tally::of(opened.book.account());
                    moved
                }
            }
        };
        self.shop.add_to_sums(&moved);
        self.moved.extend(moved);
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
        let append = self.caches(|customer| state.open_accounts.get(customer))?;
        Ok(Some(Append { expected: Some(state.text.clone()), entries: self.added().collect(), ..append }))
    }

    /// Everything to write except the entries: device state, shop, rows, sums, and waiting items.
    pub fn caches<'a>(&self, before: impl Fn(&Id) -> Option<&'a OpenAccount>) -> Result<Append, Fault> {
        let mut append = Append {
            device: to_text(&self.device)?,
            meta: vec![(SHOP.into(), to_text(&self.shop)?)],
            totals: self.moved.iter().map(total).collect(),
            ..Append::default()
        };
        for (customer, opened) in &self.books {
            append.accounts.push((customer.to_string(), Cached::of(opened.book.account()).to_text()?));
            self.add_contribution(customer, before(customer), opened, &mut append)?;
        }
        Ok(append)
    }

    /// Adds to `append` how the commit changes an account's contribution to the sums of the shop.
    fn add_contribution(
        &self,
        customer: &Id,
        before: Option<&OpenAccount>,
        after: &OpenAccount,
        append: &mut Append,
    ) -> Result<(), Fault> {
        let empty_account = empty_account(customer);
        let before = before.unwrap_or(&empty_account);
        let (then, now) = (before.book.account(), after.book.account());
        let (was, is) = if self.refolded.contains(customer) {
            (tally::takings(then), tally::takings(now))
        } else {
            let entries = self.lines.iter().map(|line| &line.record.entry);
            let own: Vec<_> = entries.filter(|entry| entry.customer.as_ref() == Some(customer)).collect();
            (
                tally::changed_takings(&before.tally, then, &own),
                tally::changed_takings(&after.tally, now, &own),
            )
        };
        tally::difference((&before.tally, &was), (&after.tally, &is), append)
    }

    /// Replaces the state of the book with the working copies, after they were written to the disk.
    pub fn apply(self, state: &mut State, append: &Append) -> (Vec<Recorded>, Changed) {
        let accounts = self.books.keys().cloned().collect();
        state.text.clone_from(&append.device);
        state.device = self.device;
        state.day.add(&append.totals);
        for (customer, mut opened) in self.books {
            opened.cached = Cached::of(opened.book.account());
            state.put_row(opened.cached.clone());
            let before = state.open_accounts.get(&customer);
            if !before.is_some_and(|before| opened.tally.same_waiting(&before.tally)) {
                opened.tally.update_queue(&customer, &mut state.queue);
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
    OpenAccount::new(CustomerBook::new(customer.clone(), Vec::new()), None)
}

fn added(line: &Composed) -> NewEntry {
    let (millis, count) = line.record.place.order;
    let stored = StoredEntry::own(line.bytes.clone(), Clock(millis, count));
    NewEntry { stored, words: search_words(&line.record.entry) }
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
