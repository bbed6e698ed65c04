//! One whole book in memory: day books record into it and the command line reads it.
//!
//! The app does not hold a whole book in memory: it stores rows and loads accounts one at a time.

mod accounts;
mod ids;
mod lines;
mod log;
mod numbers;
mod packed;
mod spans;
mod totals;

use accounts::Accounts;
use ids::IdIndex;
use ledger::account::Account;
use ledger::code::BookAccount;
use ledger::date::Date;
use ledger::decide::{Context, Decision, IdOwner, decide};
use ledger::entry::{Covered, Entry, Place, Record};
use ledger::exception::Kind;
use ledger::fold::{CustomerBook, Posted, ShopBook};
use ledger::id::Id;
use ledger::money::Money;
use ledger::posted::{self, PostedRow};
use ledger::posting::Movement;
use ledger::preview::{Preview, preview};
use ledger::refusal::Refusal;
use ledger::rules::{Command, Exception};
use ledger::shop::Shop;
use lines::HeldLines;
use log::{Owner, RecordLog};
use numbers::UsedNumbers;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
pub use totals::Totals;
use totals::{add_to_totals, sum_days, without_customer};

/// Who gives a command, at which counter, and on which day.
#[derive(Debug, Clone, Copy)]
pub struct Caller<'a> {
    /// The id of the staff member.
    pub actor: &'a Id,
    /// The drawer of the counter.
    pub counter: &'a str,
    /// Today's date in the shop's time zone.
    pub today: Date,
}

/// Records and the state that follows from them. Two books with the same records are in the same state, in whatever
/// order the records were added.
#[derive(Debug, Clone, Default)]
pub struct Book {
    shop: ShopBook,
    accounts: Accounts,
    /// The entries of the shop itself, in the order of arrival; shared with the shop's records.
    of_shop: Vec<Arc<Entry>>,
    /// Every record, in the order of arrival.
    log: RecordLog,
    /// The index in the log of the first record, in book order, with each id.
    ids: IdIndex,
    /// The indexes in the log of all records of an id that occurs more than once.
    duplicates: BTreeMap<Id, Vec<u32>>,
    /// The numbers of all documents.
    numbers: UsedNumbers,
    /// The numbers that more than one record has.
    numbers_again: BTreeSet<String>,
    lines: HeldLines,
    /// Sums by account and day, with all customers merged, for the balances that a seal carries.
    merged: Totals,
    /// The account of a command without a customer.
    no_account: Account,
}

impl Book {
    /// An empty book.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a record at its place in the order. Returns false when the book already holds it. Of a chain with branches,
    /// every record has its [`Place::branch`].
    pub fn add(&mut self, record: Record) -> bool {
        if !self.lines.insert(&record.place) {
            return false;
        }
        let Record { place, verdict, entry } = record;
        let entry = Arc::new(entry);
        let row = self.log.len() as u32;
        self.index_id(&place, &entry.id, row);
        if let Some(number) = &entry.no
            && !self.numbers.insert(number)
        {
            self.numbers_again.insert(number.clone());
        }
        let (log_place, on) = (place.clone(), entry.on);
        let (moved, owner) = match &entry.customer {
            Some(customer) => {
                let record = (row, place, verdict);
                let (moved, account, at) = self.accounts.add(customer, record, entry.clone(), &self.log);
                (moved, (Owner::Account(account as u32), at))
            }
            None => {
                self.of_shop.push(entry.clone());
                let moved = self.shop.add(Record { place, verdict, entry: Entry::clone(&entry) });
                (moved, (Owner::Shop, self.of_shop.len() - 1))
            }
        };
        self.log.push(&log_place, verdict, on, owner);
        self.shop.add_to_sums(&moved);
        add_to_totals(&mut self.merged, moved.iter().map(without_customer));
        true
    }

    /// Adds the records of another book that this one does not hold.
    pub fn merge(&mut self, other: &Self) {
        for row in other.log.rows() {
            if other.log.place(row).is_some_and(|place| !self.lines.contains(&place))
                && let Some(record) = other.record(row)
            {
                self.add(record);
            }
        }
    }

    /// Packs accounts that were not used for long if more than `most` are unpacked. A packed account is as if it was not there
    /// for the methods that return references, until [`Book::unpack`] names it or one of its documents.
    pub fn pack(&mut self, most: usize) {
        if let Some(currency) = &self.shop.shop().currency {
            self.accounts.pack(most, currency);
        }
    }

    /// Unpacks the account of a customer or of a document, if it is packed.
    pub fn unpack(&mut self, id: &Id) {
        self.accounts.unpack(id, &self.log);
        let all = self.duplicates.get(id).cloned();
        for row in all.or_else(|| self.ids.get(id).map(|row| vec![row])).into_iter().flatten() {
            if let Some((Owner::Account(account), _)) = self.log.owner(row) {
                self.accounts.unpack_index(account as usize, &self.log);
            }
        }
    }

    /// The shop.
    #[must_use]
    pub const fn shop(&self) -> &Shop {
        self.shop.shop()
    }

    /// One customer's account.
    #[must_use]
    pub fn account(&self, customer: &Id) -> Option<&Account> {
        self.accounts.get(customer).map(CustomerBook::account)
    }

    /// Every account, in the order in which their first records arrived.
    pub fn accounts(&self) -> impl Iterator<Item = (&Id, &Account)> {
        self.accounts.values().map(|book| (book.customer(), book.account()))
    }

    /// The open exceptions of the shop and of every account, including entries that arrived too late for a seal.
    #[must_use]
    pub fn exceptions(&self) -> Vec<Exception> {
        let of =
            |book: &CustomerBook| [book.account().exceptions(self.shop()), book.late(self.shop())].concat();
        let accounts = self.accounts.values().flat_map(of);
        let of_shop = self.shop.exceptions().into_iter();
        of_shop.chain(accounts).chain(self.id_clashes()).chain(self.numbers_twice()).collect()
    }

    /// The first entry, in book order, with this id.
    #[must_use]
    pub fn entry(&self, id: &Id) -> Option<&Entry> {
        self.row_entry(self.ids.get(id)?)
    }

    /// The number of records.
    #[must_use]
    pub fn record_count(&self) -> usize {
        self.log.len()
    }

    /// A copy of every record, in the order of arrival.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        self.log.rows().filter_map(|row| self.record(row))
    }

    /// The last line of each chain that the book holds, for a seal.
    #[must_use]
    pub fn covers(&self) -> Vec<Covered> {
        self.lines.last_of_chains().collect()
    }

    /// Balances by account over all entries up to this business date, or over all entries, without zero balances.
    #[must_use]
    pub fn balances(&self, up_to: Option<Date>) -> BTreeMap<BookAccount, Money> {
        let mut sums = BTreeMap::<BookAccount, Money>::new();
        let mut add = |posted: &Posted| {
            for Movement { account, on, amount } in &posted.moved {
                if up_to.is_none_or(|last| *on <= last) {
                    match sums.get_mut(account) {
                        Some(sum) => *sum += *amount,
                        None => drop(sums.insert(account.clone(), *amount)),
                    }
                }
            }
        };
        self.accounts.iter(&self.log).for_each(|book| book.posted().iter().for_each(&mut add));
        self.shop.posted().for_each(&mut add);
        sums.retain(|_, sum| !sum.is_zero());
        sums
    }

    /// The balances of the posted journal at the end of a day, with all customers merged, without zero balances: what a
    /// seal of the day carries.
    #[must_use]
    pub fn trial_balance(&self, day: Date) -> BTreeMap<BookAccount, Money> {
        let seals = &self.shop().seals;
        let is_late = |row| {
            let (place, on) = (self.log.place(row)?, self.log.on(row)?);
            seals.late_for(&place, on)
        };
        if !self.log.rows().any(|row| is_late(row).is_some()) {
            return sum_days(&self.merged, Some(day));
        }
        let mut merged = Totals::new();
        let of_accounts =
            self.accounts.iter(&self.log).map(|book| posted::totals(&book.posted_journal(seals)));
        for moved in of_accounts.chain([posted::totals(&self.shop.posted_journal())]) {
            add_to_totals(&mut merged, moved.iter().map(without_customer));
        }
        sum_days(&merged, Some(day))
    }

    /// The rows of the posted journal, by day, stage and place.
    #[must_use]
    pub fn posted_journal(&self) -> Vec<PostedRow<'_>> {
        let seals = &self.shop().seals;
        let of_accounts = self.accounts.values().flat_map(|book| book.posted_journal(seals));
        let mut rows: Vec<_> = of_accounts.chain(self.shop.posted_journal()).collect();
        rows.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
        rows
    }

    /// Lets the ledger decide a command; records nothing.
    ///
    /// # Errors
    /// The refusal.
    pub fn decide(&self, caller: Caller<'_>, command: &Command) -> Result<Decision, Refusal> {
        decide(self.context(caller, command, &|id| self.id_owner(id)), command)
    }

    /// The figures before and after a command; records nothing.
    ///
    /// # Errors
    /// The refusal that recording the command would return.
    pub fn preview(&self, caller: Caller<'_>, command: &Command) -> Result<Preview, Refusal> {
        preview(self.context(caller, command, &|id| self.id_owner(id)), command)
    }

    fn id_owner(&self, id: &Id) -> Option<IdOwner> {
        IdOwner::first_of(self.entries_with(id))
    }

    fn context<'a>(
        &'a self,
        caller: Caller<'a>,
        command: &Command,
        id_owner: &'a dyn Fn(&Id) -> Option<IdOwner>,
    ) -> Context<'a> {
        let account = command.customer.as_ref().and_then(|customer| self.account(customer));
        Context {
            shop: self.shop(),
            account: account.unwrap_or(&self.no_account),
            id_owner,
            actor: caller.actor,
            counter: caller.counter,
            today: caller.today,
        }
    }

    fn index_id(&mut self, place: &Place, id: &Id, row: u32) {
        let Some(first) = self.ids.get(id) else {
            self.ids.insert(id, row);
            return;
        };
        self.duplicates.entry(id.clone()).or_insert_with(|| vec![first]).push(row);
        if self.log.place(first).is_some_and(|first| *place < first) {
            self.ids.insert(id, row);
        }
    }

    fn row_entry(&self, row: u32) -> Option<&Entry> {
        let entry = match self.log.owner(row)? {
            (Owner::Account(account), at) => self.accounts.entry(account as usize, at),
            (Owner::Shop, at) => self.of_shop.get(at),
        };
        entry.map(Arc::as_ref)
    }

    fn record(&self, row: u32) -> Option<Record> {
        let (place, verdict) = self.log.record(row)?;
        let entry = match self.log.owner(row)? {
            (Owner::Account(account), at) => self.accounts.any_entry(account as usize, at)?,
            (Owner::Shop, at) => self.of_shop.get(at)?.clone(),
        };
        Some(Record { place, verdict, entry: Arc::unwrap_or_clone(entry) })
    }

    /// All entries with an id, in book order.
    fn entries_with(&self, id: &Id) -> Vec<&Entry> {
        match self.duplicates.get(id) {
            Some(all) => self.in_book_order(all.clone()),
            None => self.entry(id).into_iter().collect(),
        }
    }

    fn in_book_order(&self, mut rows: Vec<u32>) -> Vec<&Entry> {
        rows.sort_by_cached_key(|row| self.log.place(*row));
        rows.into_iter().filter_map(|row| self.row_entry(row)).collect()
    }

    /// Entries that share their id with an earlier entry of another account or of the shop. An account alone cannot
    /// detect this.
    fn id_clashes(&self) -> impl Iterator<Item = Exception> {
        self.duplicates.keys().filter(|id| !self.is_resolved(Kind::IdClash, id)).filter_map(|id| {
            let all = self.entries_with(id);
            let (first, rest) = all.split_first()?;
            let other = rest.iter().find(|other| other.customer != first.customer)?;
            Some(Exception::clash_across_accounts(first, other))
        })
    }

    /// Documents with the number of an earlier document of another account. Two of the same account are in its exceptions.
    fn numbers_twice(&self) -> impl Iterator<Item = Exception> {
        self.rows_of_numbers_again().into_values().filter_map(|rows| {
            let all = self.in_book_order(rows);
            let (first, rest) = all.split_first()?;
            let other = rest.iter().find(|other| other.id != first.id && other.customer != first.customer)?;
            let resolved = [first, other].iter().any(|entry| self.is_resolved(Kind::NumberTwice, &entry.id));
            (!resolved).then(|| Exception::number_twice(first, other))
        })
    }

    /// The indexes in the log of the records of every number that more than one record has. Only copies of a device print a
    /// number twice, so all records are searched for them instead of an index of every number.
    fn rows_of_numbers_again(&self) -> BTreeMap<&str, Vec<u32>> {
        let mut rows = BTreeMap::<&str, Vec<u32>>::new();
        if self.numbers_again.is_empty() {
            return rows;
        }
        for row in self.log.rows() {
            let number = self.row_entry(row).and_then(|entry| entry.no.as_deref());
            if let Some(number) = number.filter(|number| self.numbers_again.contains(*number)) {
                rows.entry(number).or_default().push(row);
            }
        }
        rows
    }

    fn is_resolved(&self, kind: Kind, id: &Id) -> bool {
        let resolved = |entry: &Entry| match &entry.customer {
            Some(customer) => self.account(customer).is_some_and(|account| account.is_resolved(kind, id)),
            None => self.shop().is_resolved(kind, id),
        };
        self.entries_with(id).into_iter().any(resolved)
    }
}
