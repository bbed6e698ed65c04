//! Commands and helpers of the tests.

use crate::engine::Recorded;
use crate::engine::{Author, Committed, Engine, NewBook};
use crate::store::Memory;
use futures_util::FutureExt;
use ledger::date::Date;
use ledger::entry::{AddCustomer, AddStaff, After, Clawback, OpenShop, Part, Role, SetRounding};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::{
    Act, AllocationAsked, Command, LineAsked, PlaceOrder, RecordPayment, Refund, Tax, TransferCredit,
};
use ledger::view::order::ListedOrder;
use ledger::view::refund::RefundRow;

/// Runs a future to its end; a store in memory never waits.
pub fn now<T>(run: impl Future<Output = T>) -> T {
    run.now_or_never().expect("a store in memory never waits")
}

pub fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn today() -> Date {
    day("2026-03-02")
}

pub fn author() -> Author {
    Author { actor: id("ana"), today: today(), now: 1_772_442_000_000 }
}

/// A new book with its owner.
pub fn shop() -> (Memory, Engine<Memory>) {
    let store = Memory::default();
    let new_book = NewBook {
        shop: id("shop"),
        device: id("till"),
        counter: "A".into(),
        zone: "Europe/London".into(),
        first: id("chain"),
    };
    let open = OpenShop { name: "Corner Shop".into(), currency: "GBP".into() };
    let staff = AddStaff { name: "Ana".into(), role: Role::Admin, pin: None };
    let acts = [act("open", None, Act::OpenShop(open)), act("ana", None, Act::AddStaff(staff))];
    let engine = now(Engine::create(store.clone(), &new_book, &acts, &author())).unwrap();
    (store, engine)
}

/// Another tab on the same book.
pub fn tab(store: &Memory) -> Engine<Memory> {
    now(Engine::open(store.clone(), today())).unwrap().unwrap()
}

pub fn act(name: &str, customer: Option<&str>, act: Act) -> Command {
    Command { id: id(name), customer: customer.map(id), on: None, act }
}

pub fn customer(name: &str) -> Command {
    let added = AddCustomer {
        name: name.into(),
        company: false,
        phone: None,
        email: None,
        note: None,
        walk_in: false,
    };
    act(name, Some(name), Act::AddCustomer(added))
}

pub fn order(name: &str, customer: &str, gross: i64) -> Command {
    let line = LineAsked {
        text: "Chair".into(),
        qty: ledger::quantity::Quantity::ONE,
        unit: Money(gross),
        tax: Tax::None,
        less: None,
    };
    let asked = PlaceOrder {
        lines: vec![line],
        lead: None,
        sale: None,
        due: None,
        reference: Some(format!("Ref {name}")),
        opening: false,
        discount: None,
    };
    act(name, Some(customer), Act::PlaceOrder(asked))
}

pub fn payment(name: &str, customer: &str, amount: i64, method: Method, orders: &[&str]) -> Command {
    let asked = RecordPayment {
        amount: Money(amount),
        method,
        bank: None,
        allocations: orders.iter().map(|order| AllocationAsked { order: id(order), amount: None }).collect(),
        eligible: true,
        tendered: None,
        reference: None,
        note: Some("note".into()),
        rounding: Money::ZERO,
    };
    act(name, Some(customer), Act::RecordPayment(asked))
}

pub fn refund(order: &str, from: &str, amount: i64, after: After) -> Refund {
    Refund {
        order: id(order),
        amount: Money(amount),
        method: Method::Cash,
        bank: None,
        parts: vec![Part { from: id(from), credit: false, amount: Money(amount) }],
        after,
        clawback: Clawback::default(),
        reason: Some("returned goods".into()),
        reference: None,
        note: None,
        returned: Vec::new(),
        rounding: Money::ZERO,
    }
}

pub fn transfer(name: &str, lot: &str, amount: i64, from: &str, to: &str) -> Command {
    let (lot, to, reason) = (id(lot), id(to), Some("family".into()));
    act(name, Some(from), Act::TransferCredit(TransferCredit { lot, amount: Money(amount), to, reason }))
}

pub fn coin(name: &str, minor: i64) -> Command {
    act(name, None, Act::SetRounding(SetRounding { coin: Money(minor) }))
}

/// A cash payment of which less is received than counts, by the rounding.
pub fn rounded_payment(name: &str, customer: &str, counts: i64, rounding: i64, order: &str) -> Command {
    let mut paid = payment(name, customer, counts, Method::Cash, &[order]);
    let Act::RecordPayment(asked) = &mut paid.act else { panic!("{paid:?}") };
    asked.rounding = Money(rounding);
    paid
}

pub fn commit(engine: &Engine<Memory>, commands: &[Command]) -> Committed {
    now(engine.commit(commands, &author(), async || ()))
}

/// Commits commands that must be recorded.
pub fn record(engine: &Engine<Memory>, commands: &[Command]) -> Vec<Recorded> {
    commit(engine, commands).recorded.unwrap()
}

/// The queue, read from the store unless it was read before.
pub fn queue(engine: &Engine<Memory>) -> Vec<RefundRow> {
    now(engine.read_queue()).unwrap();
    engine.queue().unwrap().to_vec()
}

/// All orders, read from the store unless they were read before.
pub fn orders(engine: &Engine<Memory>) -> Vec<ListedOrder> {
    now(engine.read_orders()).unwrap();
    engine.orders().unwrap().iter().map(|order| ListedOrder::clone(order)).collect()
}

/// The lines of the journal, checked.
pub fn lines(engine: &Engine<Memory>) -> Vec<String> {
    assert_eq!(now(engine.verify()).unwrap(), []);
    now(engine.backup()).unwrap()
}

pub fn staff(name: &str) -> Command {
    act(name, None, Act::AddStaff(AddStaff { name: name.into(), role: Role::Clerk, pin: None }))
}
