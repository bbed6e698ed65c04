//! One whole book in memory: day books record into it and the command line reads it.
//!
//! The app does not hold a whole book in memory: it stores rows and loads accounts one at a time.

use indexmap::IndexMap;
use ledger::account::Account;
use ledger::code::{BookAccount, Code};
use ledger::date::Date;
use ledger::decide::{Context, Decision, IdOwner, decide};
use ledger::entry::{Covered, Entry, Place, Record, Verdict};
use ledger::exception::Kind;
use ledger::fold::{CustomerBook, ShopBook};
use ledger::id::Id;
use ledger::money::Money;
use ledger::posted::{self, PostedRow};
use ledger::posting::Movement;
use ledger::preview::{Preview, preview};
use ledger::refusal::Refusal;
use ledger::rules::{Command, Exception};
use ledger::shop::Shop;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

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

/// Sums by book account and day, debit positive.
pub type Totals = BTreeMap<(BookAccount, Date), Money>;

/// Records and the state that follows from them. Two books with the same records are in the same state, in whatever
/// order the records were added.
#[derive(Debug, Clone, Default)]
pub struct Book {
    shop: ShopBook,
    accounts: IndexMap<Id, CustomerBook>,
    /// Every record, in the order of arrival; entries are shared with their accounts.
    log: Vec<(Place, Verdict, Arc<Entry>)>,
    /// The index in the log of the first record, in book order, with each id.
    ids: HashMap<Id, usize>,
    /// The indexes in the log of all records of an id that occurs more than once.
    duplicates: BTreeMap<Id, Vec<usize>>,
    /// The index in the log of the record that arrived first, with each document number.
    numbers: HashMap<String, usize>,
    /// The indexes in the log of all records with a number that several documents have.
    numbers_twice: BTreeMap<String, Vec<usize>>,
    /// Device, chain, number and branch of every line.
    lines: HashSet<(Id, u32, u64, u128)>,
    totals: Totals,
    /// As `totals`, with all customers merged, for the balances that a seal carries.
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
        let Place { device, chain, seq, branch, .. } = &record.place;
        if !self.lines.insert((device.clone(), *chain, *seq, *branch)) {
            return false;
        }
        self.index_id(&record);
        self.index_number(&record);
        let Record { place, verdict, entry } = record;
        let entry = Arc::new(entry);
        self.log.push((place.clone(), verdict, entry.clone()));
        match entry.customer.clone() {
            Some(customer) => self.add_to_account(customer, place, verdict, entry),
            None => self.add_to_shop(Record { place, verdict, entry: Entry::clone(&entry) }),
        }
        true
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
        self.accounts.iter().map(|(customer, book)| (customer, book.account()))
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
        self.ids.get(id).and_then(|at| self.log.get(*at)).map(|(_, _, entry)| entry.as_ref())
    }

    /// A copy of every record, in the order of arrival.
    pub fn records(&self) -> impl ExactSizeIterator<Item = Record> {
        self.log.iter().map(|(place, verdict, entry)| Record {
            place: place.clone(),
            verdict: *verdict,
            entry: Entry::clone(entry),
        })
    }

    /// The last line of each chain that the book holds, for a seal.
    #[must_use]
    pub fn covers(&self) -> Vec<Covered> {
        let mut last = BTreeMap::new();
        for (device, chain, seq, _) in &self.lines {
            let highest = last.entry((device, *chain)).or_insert(0);
            *highest = (*highest).max(*seq);
        }
        let covered =
            |((device, chain), seq): ((&Id, u32), u64)| Covered { device: device.clone(), chain, seq };
        last.into_iter().map(covered).collect()
    }

    /// Balances by account over all entries up to this business date, or over all entries, without zero balances.
    #[must_use]
    pub fn balances(&self, up_to: Option<Date>) -> BTreeMap<BookAccount, Money> {
        sum_days(&self.totals, up_to)
    }

    /// The balances of the posted journal at the end of a day, with all customers merged, without zero balances: what a
    /// seal of the day carries.
    #[must_use]
    pub fn trial_balance(&self, day: Date) -> BTreeMap<BookAccount, Money> {
        let seals = &self.shop().seals;
        if !self.log.iter().any(|(place, _, entry)| seals.late_for(place, entry.on).is_some()) {
            return sum_days(&self.merged, Some(day));
        }
        let mut merged = Totals::new();
        let of_accounts = self.accounts.values().map(|book| posted::totals(&book.posted_journal(seals)));
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

    fn index_id(&mut self, record: &Record) {
        let (id, at) = (&record.entry.id, self.log.len());
        let Some(first) = self.ids.get(id).copied() else {
            self.ids.insert(id.clone(), at);
            return;
        };
        self.duplicates.entry(id.clone()).or_insert_with(|| vec![first]).push(at);
        if self.log.get(first).is_some_and(|(first, ..)| record.place < *first) {
            self.ids.insert(id.clone(), at);
        }
    }

    fn index_number(&mut self, record: &Record) {
        let Some(number) = &record.entry.no else { return };
        let at = self.log.len();
        let Some(first) = self.numbers.get(number).copied() else {
            self.numbers.insert(number.clone(), at);
            return;
        };
        if let Some(all) = self.numbers_twice.get_mut(number) {
            all.push(at);
        } else if self.log.get(first).is_some_and(|(_, _, first)| first.id != record.entry.id) {
            self.numbers_twice.insert(number.clone(), vec![first, at]);
        }
    }

    /// All entries with an id, in book order.
    fn entries_with(&self, id: &Id) -> Vec<&Entry> {
        match self.duplicates.get(id) {
            Some(all) => self.in_book_order(all),
            None => self.entry(id).into_iter().collect(),
        }
    }

    fn in_book_order(&self, all: &[usize]) -> Vec<&Entry> {
        let mut records: Vec<_> = all.iter().filter_map(|at| self.log.get(*at)).collect();
        records.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        records.into_iter().map(|(_, _, entry)| entry.as_ref()).collect()
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
        self.numbers_twice.values().filter_map(|all| {
            let all = self.in_book_order(all);
            let (first, rest) = all.split_first()?;
            let other = rest.iter().find(|other| other.id != first.id && other.customer != first.customer)?;
            let resolved = [first, other].iter().any(|entry| self.is_resolved(Kind::NumberTwice, &entry.id));
            (!resolved).then(|| Exception::number_twice(first, other))
        })
    }

    fn is_resolved(&self, kind: Kind, id: &Id) -> bool {
        let resolved = |entry: &Entry| match &entry.customer {
            Some(customer) => self.account(customer).is_some_and(|account| account.is_resolved(kind, id)),
            None => self.shop().is_resolved(kind, id),
        };
        self.entries_with(id).into_iter().any(resolved)
    }

    fn add_to_account(&mut self, customer: Id, place: Place, verdict: Verdict, entry: Arc<Entry>) {
        let new = || CustomerBook::new(customer.clone(), Vec::new());
        let moved =
            self.accounts.entry(customer.clone()).or_insert_with(new).add_shared(place, verdict, entry);
        self.add_moved(moved);
    }

    fn add_to_shop(&mut self, record: Record) {
        let moved = self.shop.add(record);
        self.add_moved(moved);
    }

    fn add_moved(&mut self, moved: Vec<Movement>) {
        self.shop.add_to_sums(&moved);
        add_to_totals(&mut self.merged, moved.iter().map(without_customer));
        add_to_totals(&mut self.totals, moved);
    }
}

/// A movement without its customer.
fn without_customer(moved: &Movement) -> Movement {
    let Movement { account, on, amount } = moved;
    let of_customer = matches!(account.code, Code::Receivable | Code::CustomerCredit);
    let account = if of_customer { BookAccount::of(account.code) } else { account.clone() };
    Movement { account, on: *on, amount: *amount }
}

/// Sums over the days. The totals of one account follow each other in the map.
fn sum_days(totals: &Totals, up_to: Option<Date>) -> BTreeMap<BookAccount, Money> {
    let mut sums: Vec<(&BookAccount, Money)> = Vec::new();
    for ((account, on), amount) in totals {
        if up_to.is_some_and(|last| *on > last) {
            continue;
        }
        match sums.last_mut() {
            Some((last, sum)) if *last == account => *sum += *amount,
            _ => sums.push((account, *amount)),
        }
    }
    let sums = sums.into_iter().filter(|(_, sum)| !sum.is_zero());
    sums.map(|(account, sum)| (account.clone(), sum)).collect()
}

fn add_to_totals(totals: &mut Totals, moved: impl IntoIterator<Item = Movement>) {
    for Movement { account, on, amount } in moved {
        let key = (account, on);
        let total = totals.entry(key.clone()).or_default();
        *total += amount;
        if total.is_zero() {
            totals.remove(&key);
        }
    }
}
