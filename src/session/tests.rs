//! Tests in a real browser: set up a shop, record, open it again. Two sessions in one page act as two tabs.

use super::handle::Session;
use super::set_up::SetUp;
use super::sign_in::SignIn;
use super::state::{Loaded, Stage};
use crate::browser_storage;
use crate::device::registry;
use crate::engine::{Hit, MOST_OPEN, NotRecorded};
use crate::split::LAZY;
use crate::store::{Fault, IndexedDb, Store};
use futures_util::lock::Mutex;
use gloo_timers::future::TimeoutFuture;
use ledger::entry::{AddCustomer, AddStaff, Role};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::refusal::Refusal;
use ledger::rules::{Act, Command, LineAsked, PlaceOrder, RecordPayment, Tax};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

mod rights;

/// All tests share the origin's bookmark of the current book, so they run one at a time.
static TURN: Mutex<()> = Mutex::new(());

/// Clears the browser's books, and creates the owner of all signals.
async fn fresh() -> Owner {
    // Starts the executor for effects and tasks.
    mount_to_body(|| ());
    let owner = Owner::new();
    owner.set();
    for name in IndexedDb::names().await.unwrap() {
        if name.starts_with("counterfoil-") {
            IndexedDb::delete(&name).await.unwrap();
        }
    }
    registry::forget();
    owner
}

/// Waits until the condition holds; panics with `what` when it never does.
async fn until(what: &str, has_line: impl Fn() -> bool) {
    for _ in 0..500 {
        if has_line() {
            return;
        }
        TimeoutFuture::new(10).await;
    }
    panic!("waited in vain: {what}");
}

async fn opened(stage: Stage) -> Session {
    let session = Session::start(&LAZY);
    until(&format!("{stage:?}"), || session.stage().get_untracked() == stage).await;
    session
}

async fn with_shop() -> Session {
    let session = opened(Stage::NoShop).await;
    let asked = SetUp {
        shop_name: "Corner Shop".into(),
        currency: "GBP".into(),
        your_name: "Ana".into(),
        pin: Some("1234".into()),
    };
    session.set_up(asked).await.unwrap();
    session
}

fn customer(name: &str) -> Command {
    let id = Session::new_id();
    let (name, company) = (name.to_owned(), false);
    let added = AddCustomer { name, company, phone: None, email: None, note: None, walk_in: false };
    Command { customer: Some(id.clone()), id, on: None, act: Act::AddCustomer(added) }
}

fn payment(customer: &Id, amount: i64) -> Command {
    let paid = RecordPayment {
        amount: Money(amount),
        method: Method::Cash,
        bank: None,
        allocations: Vec::new(),
        eligible: true,
        tendered: None,
        reference: Some("Slip 7".into()),
        note: None,
        rounding: Money::ZERO,
    };
    Command {
        id: Session::new_id(),
        customer: Some(customer.clone()),
        on: None,
        act: Act::RecordPayment(paid),
    }
}

fn credit(session: Session, customer: &Id) -> Option<i64> {
    match session.account(customer.clone()).get_untracked() {
        Loaded::Ready(view) => Some(view.customer.credit.0),
        Loaded::Pending | Loaded::Missing => None,
    }
}

fn order(customer: &Id) -> Command {
    let line = LineAsked {
        text: "Chair".into(),
        qty: ledger::quantity::Quantity::ONE,
        unit: Money(1_000),
        tax: Tax::None,
        less: None,
    };
    let (lead, sale, due, reference) = Default::default();
    let asked = PlaceOrder { lines: vec![line], lead, sale, due, reference, opening: false, discount: None };
    Command { id: Session::new_id(), customer: Some(customer.clone()), on: None, act: Act::PlaceOrder(asked) }
}

fn has_order(session: Session, customer: &Id, order: &Id) -> bool {
    matches!(session.order(customer.clone(), order.clone()).get_untracked(), Loaded::Ready(_))
}

#[wasm_bindgen_test]
async fn a_new_shop_records_and_opens_again() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let session = with_shop().await;
    assert_eq!(session.shop().get_untracked().unwrap().name, "Corner Shop");
    let here = session.this_device().get_untracked();
    assert_eq!((here.letter.as_str(), here.example), ("A", false));
    let bob = session.record(customer("Bob")).await.unwrap().id;
    let mira = session.record(customer("mira")).await.unwrap().id;
    let paid = session.record(payment(&mira, 500)).await.unwrap();
    assert_eq!(paid.no.as_deref(), Some("AP-0001"));
    assert_eq!(session.figures().get_untracked().unwrap().taken, Money(500));
    until("the account", || credit(session, &mira) == Some(500)).await;
    let names: Vec<_> = session.customers().get_untracked().iter().map(|row| row.id.clone()).collect();
    assert_eq!(names, [bob, mira.clone()]);

    let again = opened(Stage::Open).await;
    assert_eq!(again.figures().get_untracked(), session.figures().get_untracked());
    assert_eq!(again.customers().get_untracked(), session.customers().get_untracked());
    until("the account again", || credit(again, &mira) == Some(500)).await;
    assert_eq!(again.backup().await, session.backup().await);
    let hits = again.find_documents("slip").await.unwrap();
    assert!(matches!(hits.as_slice(), [Hit { customer, .. }] if *customer == mira), "{hits:?}");
    assert_eq!(again.customers().get_untracked().matching("MIR").len(), 1);
}

#[wasm_bindgen_test]
async fn two_tabs_record_in_turn_and_see_each_other() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let here = with_shop().await;
    let mira = here.record(customer("Mira")).await.unwrap().id;
    let there = opened(Stage::Open).await;
    until("both read it", || credit(here, &mira) == Some(0) && credit(there, &mira) == Some(0)).await;
    let commands: Vec<_> = (1..=10).map(|amount| payment(&mira, amount)).collect();
    let presses = commands.iter().enumerate().map(|(at, command)| {
        let session = if at % 2 == 0 { here } else { there };
        session.record(command.clone())
    });
    let mut numbers: Vec<_> = futures_util::future::join_all(presses)
        .await
        .into_iter()
        .map(|done| done.unwrap().no.unwrap())
        .collect();
    numbers.sort();
    assert_eq!(numbers, (1..=10).map(|n| format!("AP-{n:04}")).collect::<Vec<_>>());
    until("both show all", || credit(here, &mira) == Some(55) && credit(there, &mira) == Some(55)).await;
    until("both figures", || there.figures().get_untracked() == here.figures().get_untracked()).await;
    assert_eq!(here.engine().unwrap().verify().await.unwrap(), []);
}

/// The engine drops an account from memory when enough others were used, also one that a screen watches.
#[wasm_bindgen_test]
async fn an_account_is_read_again_after_it_was_dropped_from_memory() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let session = with_shop().await;
    let mira = session.record(customer("Mira")).await.unwrap().id;
    let placed = session.record(order(&mira)).await.unwrap().id;
    until("the account", || credit(session, &mira) == Some(0)).await;
    until("the order", || has_order(session, &mira, &placed)).await;

    // As approving refunds in the queue does: it opens accounts that no screen watches.
    let others: Vec<Command> = (0..MOST_OPEN).map(|at| customer(&format!("Customer {at}"))).collect();
    session.record_all(others.clone()).await.unwrap();
    let payments = others.iter().map(|added| payment(&added.id, 100)).collect();
    session.record_all(payments).await.unwrap();
    let engine = session.engine().unwrap();
    let dropped = || assert!(!engine.is_open(&mira), "the account is still in memory");

    dropped();
    let again = session.order(mira.clone(), placed.clone());
    assert_ne!(again.get_untracked(), Loaded::Missing, "the order is in the book");
    until("the order again", || matches!(again.get_untracked(), Loaded::Ready(_))).await;

    session.record_all(others.iter().map(|added| payment(&added.id, 100)).collect()).await.unwrap();
    dropped();
    assert!(session.preview(&payment(&mira, 500)).is_err(), "no preview without the account");
    until("the preview", || session.preview(&payment(&mira, 500)).is_ok()).await;

    session.record_all(others.iter().map(|added| payment(&added.id, 100)).collect()).await.unwrap();
    dropped();
    assert_eq!(credit(session, &mira), None, "a view without the account in memory");
    until("the account before all", || credit(session, &mira) == Some(0)).await;

    session.record_all(others.iter().map(|added| payment(&added.id, 100)).collect()).await.unwrap();
    dropped();
    // A change that concerns everything, such as a backup that was received, computes every watched view again.
    session.publish_all(&engine);
    until("the account again", || credit(session, &mira) == Some(0)).await;
    until("the order after all", || has_order(session, &mira, &placed)).await;
}

#[wasm_bindgen_test]
async fn who_acts_and_the_lock_survive_a_reload() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let session = with_shop().await;
    let ana = session.this_device().get_untracked().actor;
    let bob = Session::new_id();
    let staff = Act::AddStaff(AddStaff { name: "Bob".into(), role: Role::Clerk, pin: None });
    session.record(Command { id: bob.clone(), customer: None, on: None, act: staff }).await.unwrap();
    assert_eq!(
        session.sign_in(&Session::new_id(), "").await,
        Ok(SignIn::WrongPin),
        "only the owner and the staff can sign in"
    );
    assert_eq!(session.sign_in(&bob, "").await, Ok(SignIn::SignedIn));
    let recorded = session.record(customer("Mira")).await.unwrap();
    assert_eq!(recorded.entry.actor, bob);
    session.lock();
    assert!(!session.people().get_untracked().is_locked(), "Bob could not come back");

    assert_eq!(session.sign_in(&ana, "9999").await, Ok(SignIn::WrongPin));
    assert_eq!(session.sign_in(&ana, "1234").await, Ok(SignIn::SignedIn));
    session.lock();
    let again = opened(Stage::Open).await;
    assert!(again.people().get_untracked().is_locked());
    assert_eq!(again.sign_in(&bob, "").await, Ok(SignIn::NoPin));
    for wait in [SignIn::WrongPin, SignIn::WrongPin, SignIn::WrongPin, SignIn::Wait] {
        assert_eq!(again.sign_in(&ana, "9999").await, Ok(wait));
    }
    assert!(again.pin_wait(&ana) > 0);
    let lines = again.backup().await.unwrap().join("\n");
    assert!(!lines.contains("pbkdf2"), "a PIN in the journal");
}

#[wasm_bindgen_test]
async fn activity_is_stored_only_while_a_book_is_open() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let noted = || browser_storage::names().into_iter().filter(|key| key.ends_with("/touched"));
    noted().for_each(|key| browser_storage::forget(&key));
    let session = opened(Stage::NoShop).await;
    session.note_activity();
    assert_eq!(noted().collect::<Vec<_>>(), Vec::<String>::new());
    let session = with_shop().await;
    session.note_activity();
    assert_eq!(noted().count(), 1);
}

#[wasm_bindgen_test]
async fn losing_the_bookmark_loses_no_book() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    with_shop().await;
    registry::forget();
    let again = opened(Stage::Open).await;
    assert_eq!(again.shop().get_untracked().unwrap().name, "Corner Shop");
}

#[wasm_bindgen_test]
async fn an_emptied_book_is_a_fault_and_not_a_first_visit() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let session = with_shop().await;
    let name = session.name();
    IndexedDb::delete(&name).await.unwrap();
    until("the loss", || session.stage().get_untracked() == Stage::Failed(Fault::Cleared)).await;
    opened(Stage::Failed(Fault::Emptied)).await;
}

#[wasm_bindgen_test]
async fn the_example_shop_does_not_change_the_own_shop() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let session = with_shop().await;
    let own = session.backup().await.unwrap();
    session.open_example().await.unwrap();
    assert!(session.this_device().get_untracked().example);
    assert!(session.customers().get_untracked().count() > 20);
    let today = session.today().get_untracked();
    assert!(session.customers().get_untracked().iter().any(|row| row.last == Some(today)));
    assert_eq!(session.engine().unwrap().verify().await.unwrap(), []);
    session.record(customer("Somebody New")).await.unwrap();
    session.leave_example().await.unwrap();
    assert!(!session.this_device().get_untracked().example);
    assert_eq!(session.backup().await.unwrap(), own);
    assert!(!IndexedDb::names().await.unwrap().contains(&registry::EXAMPLE.to_owned()));
}

/// Starts an upgrade of the book's layout to one that will not come and blocks it until `release` is called, which takes it back; further opens
/// wait in a queue.
const HOLD: &str = "new Promise(begun => {
    const asked = indexedDB.open(NAME, 9_999);
    asked.onerror = event => event.preventDefault();
    asked.onupgradeneeded = () => {
        const held = asked.transaction;
        let over = false;
        const again = () => { over ? held.abort() : held.objectStore('meta').count().onsuccess = again };
        again();
        window.release = () => { over = true };
        begun();
    };
})";

async fn hold(name: &str) {
    let begun = js_sys::eval(&HOLD.replace("NAME", &format!("{name:?}"))).unwrap();
    JsFuture::from(begun.unchecked_into::<js_sys::Promise>()).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_book_that_answers_late_opens_by_itself() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let session = with_shop().await;
    let mira = session.record(customer("Mira")).await.unwrap().id;
    // The upgrade closes the book in every session; the sessions then wait for it as a page that starts does.
    hold(&session.name()).await;
    until("the opening", || session.stage().get_untracked() == Stage::Opening).await;
    until("the sentence", || session.stage().get_untracked() == Stage::Failed(Fault::OpenTimeout)).await;
    js_sys::eval("release()").unwrap();
    until("the book", || session.stage().get_untracked() == Stage::Open).await;
    assert!(session.customers().get_untracked().get(&mira).is_some());
    session.record(payment(&mira, 500)).await.unwrap();
    let again = opened(Stage::Open).await;
    assert_eq!(again.backup().await, session.backup().await);
}

#[wasm_bindgen_test]
async fn a_late_answer_changes_nothing_once_the_book_is_open() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let session = with_shop().await;
    let engine = session.engine().unwrap();
    session.retry_open();
    TimeoutFuture::new(50).await;
    assert_eq!(session.stage().get_untracked(), Stage::Open);
    assert!(Rc::ptr_eq(&engine, &session.engine().unwrap()), "it was opened twice");
}

#[wasm_bindgen_test]
async fn an_invalid_currency_is_refused_and_leaves_no_store() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let session = opened(Stage::NoShop).await;
    let asked = SetUp { shop_name: "x".into(), currency: "ZZZ".into(), your_name: "y".into(), pin: None };
    let refused = session.set_up(asked).await;
    assert!(matches!(refused, Err(NotRecorded::Refused(Refusal::UnknownCurrency { .. }))), "{refused:?}");
    assert!(!IndexedDb::names().await.unwrap().iter().any(|name| name.starts_with("counterfoil-")));
}

#[wasm_bindgen_test]
async fn opening_reads_no_entry() {
    let _turn = TURN.lock().await;
    let _owner = fresh().await;
    let session = with_shop().await;
    session.record(customer("Mira")).await.unwrap();
    let store = IndexedDb::open(&session.name(), || ()).await.unwrap();
    // An account's cached row is trusted until it is recalculated, so this changed row shows that opening reads only
    // caches.
    let mut page = store.page(0).await.unwrap().unwrap();
    let at = page.windows(4).position(|bytes| bytes == b"Mira").unwrap();
    page[at..at + 4].copy_from_slice(b"Vera");
    let state = store.meta(crate::store::DEVICE).await.unwrap();
    let changed = crate::store::Append {
        expected: state.clone(),
        device: state.unwrap(),
        pages: vec![(0, page)],
        ..crate::store::Append::default()
    };
    store.append(&changed).await.unwrap();
    let again = opened(Stage::Open).await;
    assert_eq!(again.customers().get_untracked().iter().next().unwrap().name, "Vera");
}
