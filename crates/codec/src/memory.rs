//! One whole book in memory: what day books record into and the command line reads.
//!
//! The browser never holds a book like this; it keeps rows and opens accounts one by one.

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
use ledger::posting::Movement;
use ledger::refusal::Refusal;
use ledger::rules::{Command, Exception};
use ledger::shop::Shop;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Who asks, where, and on which day.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The member of staff.
    pub actor: &'a Id,
    /// The letter of the counter.
    pub counter: &'a str,
    /// The shop's today.
    pub today: Date,
}

/// Sums by book account and day, debit positive.
pub type Totals = BTreeMap<(BookAccount, Date), Money>;

/// Records and what they fold to. Two books that hold the same records are in the same state, whatever way
/// the records came.
#[derive(Debug, Clone, Default)]
pub struct Book {
    shop: ShopBook,
    accounts: IndexMap<Id, CustomerBook>,
    /// Every record, in the sequence in which they came; entries are shared with their accounts.
    log: Vec<(Place, Verdict, Arc<Entry>)>,
    /// What each id means: where the first record, in order, that bears it stands in the log.
    ids: HashMap<Id, usize>,
    /// Ids that more than one record bears: where all of them stand in the log.
    shared: BTreeMap<Id, Vec<usize>>,
    held: HashSet<(Id, u32, u64)>,
    totals: Totals,
    /// The same with one line for all customers together: what seals carry, without a look at every customer.
    together: Totals,
    nobody: Account,
}

impl Book {
    /// An empty book.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a record, wherever it belongs in the order. False when it is here already.
    pub fn add(&mut self, record: Record) -> bool {
        let Place { device, chain, seq, .. } = &record.place;
        if !self.held.insert((device.clone(), *chain, *seq)) {
            return false;
        }
        self.learn(&record);
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

    /// Every account, in the order in which they first came.
    pub fn accounts(&self) -> impl Iterator<Item = (&Id, &Account)> {
        self.accounts.iter().map(|(customer, book)| (customer, book.account()))
    }

    /// The open exceptions of the shop and of every account, and what came too late for a seal.
    #[must_use]
    pub fn exceptions(&self) -> Vec<Exception> {
        let of = |book: &CustomerBook| [book.account().exceptions(), book.late(self.shop())].concat();
        let accounts = self.accounts.values().flat_map(of);
        self.shop.exceptions().into_iter().chain(accounts).chain(self.clashes()).collect()
    }

    /// The first entry, in order, that bears this id.
    #[must_use]
    pub fn known(&self, id: &Id) -> Option<&Entry> {
        self.ids.get(id).and_then(|at| self.log.get(*at)).map(|(_, _, entry)| entry.as_ref())
    }

    /// A copy of every record, in the sequence in which they came.
    pub fn records(&self) -> impl ExactSizeIterator<Item = Record> {
        self.log.iter().map(|(place, verdict, entry)| Record {
            place: place.clone(),
            verdict: *verdict,
            entry: Entry::clone(entry),
        })
    }

    /// How far each chain is held, for a seal.
    #[must_use]
    pub fn covers(&self) -> Vec<Covered> {
        let mut last = BTreeMap::new();
        for (device, chain, seq) in &self.held {
            let held = last.entry((device, *chain)).or_insert(0);
            *held = (*held).max(*seq);
        }
        let covered =
            |((device, chain), seq): ((&Id, u32), u64)| Covered { device: device.clone(), chain, seq };
        last.into_iter().map(covered).collect()
    }

    /// Sums by account over all days up to this one, or over all days; accounts that stand at zero are left out.
    #[must_use]
    pub fn balances(&self, up_to: Option<Date>) -> BTreeMap<BookAccount, Money> {
        sums(&self.totals, up_to)
    }

    /// The same, with one line for all customers together: what a seal carries.
    #[must_use]
    pub fn trial_balance(&self, up_to: Option<Date>) -> BTreeMap<BookAccount, Money> {
        sums(&self.together, up_to)
    }

    /// Asks the ledger; writes nothing.
    ///
    /// # Errors
    /// The refusal.
    pub fn decide(&self, asking: Asking<'_>, command: &Command) -> Result<Decision, Refusal> {
        let account = command.customer.as_ref().and_then(|customer| self.account(customer));
        let known = |id: &Id| IdOwner::first_of(self.bearing(id));
        let context = Context {
            shop: self.shop(),
            account: account.unwrap_or(&self.nobody),
            id_owner: &known,
            actor: asking.actor,
            counter: asking.counter,
            today: asking.today,
        };
        decide(context, command)
    }

    fn learn(&mut self, record: &Record) {
        let (id, at) = (&record.entry.id, self.log.len());
        let Some(first) = self.ids.get(id).copied() else {
            self.ids.insert(id.clone(), at);
            return;
        };
        self.shared.entry(id.clone()).or_insert_with(|| vec![first]).push(at);
        if self.log.get(first).is_some_and(|(first, ..)| record.place < *first) {
            self.ids.insert(id.clone(), at);
        }
    }

    /// The entries that bear an id, in order.
    fn bearing(&self, id: &Id) -> Vec<&Entry> {
        let Some(all) = self.shared.get(id) else { return self.known(id).into_iter().collect() };
        let mut records: Vec<_> = all.iter().filter_map(|at| self.log.get(*at)).collect();
        records.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        records.into_iter().map(|(_, _, entry)| entry.as_ref()).collect()
    }

    /// Entries that share their id with an earlier one of another account, or of the shop: no account alone can know.
    fn clashes(&self) -> impl Iterator<Item = Exception> {
        self.shared.keys().filter(|id| !self.is_resolved(id)).filter_map(|id| {
            let all = self.bearing(id);
            let (first, rest) = all.split_first()?;
            let other = rest.iter().find(|other| other.customer != first.customer)?;
            Some(Exception::clash(first, other))
        })
    }

    fn is_resolved(&self, id: &Id) -> bool {
        let resolved = |entry: &Entry| match &entry.customer {
            Some(customer) => {
                self.account(customer).is_some_and(|account| account.is_resolved(Kind::IdClash, id))
            }
            None => self.shop().is_resolved(Kind::IdClash, id),
        };
        self.bearing(id).into_iter().any(resolved)
    }

    fn add_to_account(&mut self, customer: Id, place: Place, verdict: Verdict, entry: Arc<Entry>) {
        let new = || CustomerBook::new(customer.clone(), Vec::new());
        let moved =
            self.accounts.entry(customer.clone()).or_insert_with(new).add_shared(place, verdict, entry);
        self.moved(moved);
    }

    fn add_to_shop(&mut self, record: Record) {
        let moved = self.shop.add(record);
        self.moved(moved);
    }

    fn moved(&mut self, moved: Vec<Movement>) {
        self.shop.add_to_sums(&moved);
        add_up(&mut self.together, moved.iter().map(of_all_customers));
        add_up(&mut self.totals, moved);
    }
}

/// A movement with its customer left out.
fn of_all_customers(moved: &Movement) -> Movement {
    let Movement { account, on, amount } = moved;
    let of_customer = matches!(account.code, Code::Receivable | Code::CustomerCredit);
    let account = if of_customer { BookAccount::of(account.code) } else { account.clone() };
    Movement { account, on: *on, amount: *amount }
}

/// Sums over the days; the totals of one account stand side by side.
fn sums(totals: &Totals, up_to: Option<Date>) -> BTreeMap<BookAccount, Money> {
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

fn add_up(totals: &mut Totals, moved: impl IntoIterator<Item = Movement>) {
    for Movement { account, on, amount } in moved {
        let key = (account, on);
        let total = totals.entry(key.clone()).or_default();
        *total += amount;
        if total.is_zero() {
            totals.remove(&key);
        }
    }
}
