//! A counter with a book in memory, for tests that record acts one after another.
#![allow(dead_code, clippy::unwrap_used, clippy::missing_panics_doc)]

use ledger::account::Account;
use ledger::code::{BookAccount, Code};
use ledger::date::Date;
use ledger::decide::{Context, Decision, IdOwner, decide};
use ledger::entry::{
    AddCustomer, AddPartner, AddStaff, After, Basis, Clawback, Covered, Entry, OpenShop, Part, Place, Record,
    Role, SaveCard, SavedCard, Verdict,
};
use ledger::fold::CustomerBook;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::posting::Movement;
use ledger::preview::{Preview, preview};
use ledger::quantity::Quantity;
use ledger::rate::Rate;
use ledger::refusal::Refusal;
use ledger::rules::{
    Act, AllocationAsked, ApplyCredit, Command, CreditNote, GrantCredit, LineAsked, PlaceOrder,
    RecordPayment, Refund, SealDay, Tax,
};
use ledger::shop::Shop;
use std::collections::BTreeMap;

pub fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

pub fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// An amount in pence.
pub fn m(minor: i64) -> Money {
    Money(minor)
}

pub struct Counter {
    pub shop: Shop,
    pub books: BTreeMap<Id, CustomerBook>,
    pub totals: BTreeMap<BookAccount, Money>,
    pub actor: Id,
    pub today: Date,
    pub clock: u64,
    pub entries: Vec<Entry>,
}

impl Counter {
    /// A shop with the customers mira and tom, the clerk bob, and the partners pat (10 %) and up (10 % up front).
    pub fn new() -> Self {
        let mut counter = Self {
            shop: Shop::default(),
            books: BTreeMap::new(),
            totals: BTreeMap::new(),
            actor: id("owner"),
            today: date("2026-03-02"),
            clock: 0,
            entries: Vec::new(),
        };
        counter.ok(
            None,
            "shop",
            Act::OpenShop(OpenShop { name: "Corner Shop".into(), currency: "GBP".into() }),
        );
        counter.ok(None, "bob", Act::AddStaff(AddStaff { name: "Bob".into(), role: Role::Clerk, pin: None }));
        for (name, basis) in [("pat", Basis::OnPayment), ("up", Basis::UpFront)] {
            let asked = AddPartner { name: name.into(), rate: Rate(100_000), basis };
            counter.ok(None, name, Act::AddPartner(asked));
        }
        for name in ["mira", "tom"] {
            counter.ok(Some(name), name, Act::AddCustomer(customer(name)));
        }
        counter
    }

    /// The same, in which mira owes `gross` pence on O-1, and has the saved card `pm_1`.
    pub fn with_card(gross: i64) -> Self {
        let mut counter = Self::new();
        counter.mira("O-1", Act::PlaceOrder(taxed(gross)));
        counter.save_card("C-1", "pm_1");
        counter
    }

    /// Mira's card at the processor, as the entry with this id saves it.
    pub fn save_card(&mut self, document: &str, method: &str) {
        let card =
            SavedCard { customer: "cus_1".into(), method: method.into(), shown: Some("Visa 4242".into()) };
        self.mira(document, Act::SaveCard(SaveCard { customer: id("mira"), card: Some(card) }));
    }

    pub fn command(&self, customer: Option<&str>, document: &str, act: Act) -> Command {
        Command { id: id(document), customer: customer.map(id), on: None, act }
    }

    pub fn decide(&self, command: &Command) -> Result<Decision, Refusal> {
        self.with_context(command, |cx| decide(cx, command))
    }

    pub fn preview(&self, command: &Command) -> Result<Preview, Refusal> {
        self.with_context(command, |cx| preview(cx, command))
    }

    fn with_context<R>(&self, command: &Command, run: impl FnOnce(Context<'_>) -> R) -> R {
        let empty = Account::default();
        let book = command.customer.as_ref().and_then(|customer| self.books.get(customer));
        let id_owner = |id: &Id| IdOwner::first_of(self.entries.iter().filter(|entry| entry.id == *id));
        run(Context {
            shop: &self.shop,
            account: book.map_or(&empty, CustomerBook::account),
            id_owner: &id_owner,
            actor: &self.actor,
            counter: "A",
            today: self.today,
        })
    }

    pub fn ask(&mut self, customer: Option<&str>, document: &str, act: Act) -> Result<Decision, Refusal> {
        let command = self.command(customer, document, act);
        let decision = self.decide(&command)?;
        decision.clone().into_entries().into_iter().for_each(|entry| self.record(entry));
        Ok(decision)
    }

    pub fn record(&mut self, entry: Entry) {
        self.clock += 1;
        let place =
            Place { order: (self.clock, 0), device: id("device"), chain: 1, seq: self.clock, branch: 0 };
        let record = Record { place, verdict: Verdict::Ok, entry: entry.clone() };
        let moved = match &entry.customer {
            None => self.shop.add(&record),
            Some(customer) => {
                let new = || CustomerBook::new(customer.clone(), Vec::new());
                self.books.entry(customer.clone()).or_insert_with(new).add(record)
            }
        };
        self.entries.push(entry);
        self.shop.add_to_sums(&moved);
        self.total(&moved);
        self.check();
    }

    fn total(&mut self, moved: &[Movement]) {
        for line in moved {
            *self.totals.entry(line.account.clone()).or_default() += line.amount;
        }
        assert_eq!(moved.iter().map(|line| line.amount).sum::<Money>(), Money::ZERO);
    }

    fn check(&self) {
        for book in self.books.values() {
            assert_eq!(book.account().check(), Ok(()));
        }
    }

    pub fn ok(&mut self, customer: Option<&str>, document: &str, act: Act) {
        let decision = self.ask(customer, document, act).unwrap();
        assert!(matches!(decision, Decision::Record(_)));
    }

    pub fn mira(&mut self, document: &str, act: Act) {
        self.ok(Some("mira"), document, act);
    }

    pub fn refuses(&mut self, document: &str, act: Act) -> Refusal {
        self.ask(Some("mira"), document, act).unwrap_err()
    }

    pub fn account(&self) -> &Account {
        self.books[&id("mira")].account()
    }

    pub fn owed(&self, order: &str) -> i64 {
        self.account().order(&id(order), &self.shop).unwrap().row.owed.0
    }

    /// The total of all accounts of a code, debit positive.
    pub fn total_of(&self, code: Code) -> i64 {
        self.totals.iter().filter(|(account, _)| account.code == code).map(|(_, sum)| sum.0).sum()
    }

    pub fn os(&self, lot: &str) -> i64 {
        let view = self.account().view(&self.shop);
        view.lots.iter().find(|row| row.id == id(lot)).unwrap().os.0
    }
}

pub fn customer(name: &str) -> AddCustomer {
    AddCustomer { name: name.into(), company: false, phone: None, email: None, note: None, walk_in: false }
}

pub fn order(gross: i64) -> PlaceOrder {
    let line =
        LineAsked { text: "Chair".into(), qty: Quantity::ONE, unit: m(gross), tax: Tax::None, less: None };
    PlaceOrder {
        lines: vec![line],
        lead: None,
        sale: None,
        due: None,
        reference: None,
        opening: false,
        discount: None,
    }
}

pub fn taxed(gross: i64) -> PlaceOrder {
    let mut asked = order(gross);
    asked.lines[0].tax = Tax::Inside(Rate(200_000));
    asked
}

pub fn sold_by(partner: &str, asked: PlaceOrder) -> PlaceOrder {
    PlaceOrder { sale: Some(id(partner)), ..asked }
}

pub fn pay(amount: i64, to: &[(&str, Option<i64>)]) -> RecordPayment {
    let part =
        |(order, amount): &(&str, Option<i64>)| AllocationAsked { order: id(order), amount: amount.map(m) };
    RecordPayment {
        amount: m(amount),
        method: Method::Cash,
        bank: None,
        allocations: to.iter().map(part).collect(),
        eligible: true,
        tendered: None,
        reference: None,
        note: None,
        rounding: Money::ZERO,
    }
}

pub fn refund(order: &str, parts: &[(&str, i64)], after: After) -> Refund {
    let part = |(from, amount): &(&str, i64)| Part { from: id(from), credit: false, amount: m(*amount) };
    Refund {
        order: id(order),
        amount: m(parts.iter().map(|(_, amount)| amount).sum()),
        method: Method::Cash,
        bank: None,
        parts: parts.iter().map(part).collect(),
        after,
        clawback: Clawback::default(),
        reason: Some("returned goods".into()),
        reference: None,
        note: None,
        returned: Vec::new(),
        rounding: Money::ZERO,
    }
}

pub fn grant(amount: i64) -> GrantCredit {
    GrantCredit { amount: m(amount), rate: None, reason: Some("goodwill".into()), note: None, opening: false }
}

pub fn note_on(order: &str, amount: i64) -> CreditNote {
    let reason = Some("returned goods".into());
    CreditNote {
        order: id(order),
        amount: Some(m(amount)),
        reason,
        note: None,
        clawback: false,
        returned: Vec::new(),
    }
}

pub fn apply(lot: &str, to: &str, amount: i64) -> ApplyCredit {
    ApplyCredit { lot: id(lot), to: id(to), amount: m(amount), eligible: None }
}

/// The first seal of a shop.
pub fn seal(day: Date, covers: Vec<Covered>) -> Act {
    let (after_covers, balances) = (Vec::new(), Vec::new());
    Act::SealDay(SealDay { day, after: None, after_covers, covers, balances })
}
