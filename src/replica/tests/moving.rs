//! Shops that their owner moves to another endpoint, to none, and back.

use super::*;
use crate::engine::tests::acts::{act, customer, order, payment, shop};
use crate::replica::LINK;
use crate::store::Store;
use endpoint::move_shop;
use ledger::entry::{Address, MoveShop};
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::Act;
use sync::wire::Code;

const NEW: &str = "https://new.example";

fn moved(name: &str, address: Option<&str>) -> Command {
    let address = address.map(|address| Address::new(address.into()).unwrap());
    act(name, None, Act::MoveShop(MoveShop { address }))
}

fn paid(name: &str, amount: i64) -> Command {
    payment(name, "mira", amount, Method::Cash, &["o-1"])
}

/// A shop on a store, with an order of 50.00, and two counters.
async fn two_counters(store: Arc<dyn endpoint::store::Store>) -> (Shop, Counter, Counter) {
    let place = Shop::on(store, ORIGIN).await;
    let till = place.founder(shop().1).await;
    till.record(&[customer("mira"), order("o-1", "mira", 5_000)]);
    let workshop = place.join("tablet").await;
    same(&till, &workshop).await;
    (place, till, workshop)
}

/// The counter after its page was opened again, which reaches an endpoint.
async fn reopened(counter: &Counter, place: &Shop, origin: &str) -> Counter {
    counter.inbox.put(Notice::Closed);
    // The exchange has ended when everything else waits.
    tokio::time::sleep(Duration::from_millis(1)).await;
    *counter.link.router.borrow_mut() = place.router.clone();
    *counter.link.origin.borrow_mut() = origin.into();
    counter.link.net.set(Net::Up);
    let engine = Engine::open(counter.engine.store().clone(), today()).await.unwrap().unwrap();
    let counter = Counter::new(engine, counter.link.clone());
    counter.start();
    counter
}

fn owes(counter: &Counter) -> Money {
    counter.engine.row(&id("mira")).unwrap().owed
}

#[test]
fn counters_follow_their_owners_entry_to_another_address_and_nothing_else() {
    exchange(async || {
        let stores: [Arc<dyn endpoint::store::Store>; 2] =
            [Arc::new(endpoint::store::Memory::default()), Arc::new(endpoint::store::Memory::default())];
        let [from, to] = stores.clone();
        let (old, till, workshop) = two_counters(from).await;
        let stall = old.join("phone").await;
        for counter in [&workshop, &stall] {
            counter.set(Net::Down);
            counter.until("offline", |status| status.is_some_and(|s| s.state == State::Offline)).await;
        }
        workshop.record(&[paid("p-1", 1_000)]);
        till.record(&[moved("move", Some(NEW))]);
        till.synced().await;
        // What was recorded offline is kept: the old endpoint takes it no more, and still tells of the move.
        workshop.set(Net::Up);
        let is_moved = |status: Option<Status>| {
            status.is_some_and(|s| s.state == State::Stopped(Code::Moved) && s.unsent == 1)
        };
        workshop.until("moved", is_moved).await;
        let has_entry = |_: Option<Status>| workshop.engine.shop().moved.is_some();
        workshop.until("told", has_entry).await;

        move_shop(&*stores[0], &*stores[1], "shop").await.unwrap();
        let new = Shop::on(to, NEW).await;
        let till = reopened(&till, &new, NEW).await;
        let workshop = reopened(&workshop, &new, NEW).await;
        same(&till, &workshop).await;
        assert_eq!(owes(&till), Money(4_000));
        // A counter that does not have the entry does not follow, wherever its page leads.
        let stall = reopened(&stall, &new, NEW).await;
        stall.until("not followed", |s| s.is_some_and(|s| s.state == State::NotAnswering)).await;
        assert_eq!(owes(&stall), Money(5_000));
        let stall = reopened(&stall, &old, ORIGIN).await;
        stall.synced().await;
        stall.until("told", |_| stall.engine.shop().moved.is_some()).await;
        let stall = reopened(&stall, &new, NEW).await;
        same(&till, &stall).await;
        stall.record(&[paid("p-2", 500)]);
        same(&stall, &workshop).await;
        assert_eq!(owes(&till), Money(3_500));
    });
}

#[test]
fn a_move_that_no_endpoint_has_moves_no_counter() {
    exchange(async || {
        let (_, till, _) = two_counters(Arc::new(endpoint::store::Memory::default())).await;
        till.set(Net::Down);
        till.until("offline", |status| status.is_some_and(|s| s.state == State::Offline)).await;
        till.record(&[moved("move", Some(NEW))]);
        let other = Shop::on(Arc::new(endpoint::store::Memory::default()), NEW).await;
        let till = reopened(&till, &other, NEW).await;
        till.until("not followed", |s| s.is_some_and(|s| s.state == State::NotAnswering)).await;
        assert_eq!(till.status.get().unwrap().unsent, 1);
    });
}

#[test]
fn counters_of_a_shop_that_is_moved_to_no_endpoint_stand_alone_and_come_back() {
    exchange(async || {
        let (_, till, workshop) = two_counters(Arc::new(endpoint::store::Memory::default())).await;
        workshop.set(Net::Down);
        workshop.until("offline", |status| status.is_some_and(|s| s.state == State::Offline)).await;
        workshop.record(&[paid("p-1", 1_000)]);
        till.record(&[moved("leave", None)]);
        let alone = async |counter: &Counter| {
            for _ in 0..200 {
                if counter.engine.store().meta(LINK).await == Ok(Some(String::new())) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            panic!("still connected: {:?}", counter.status.get());
        };
        alone(&till).await;
        // What was recorded offline is handed in before the counter leaves.
        workshop.set(Net::Up);
        alone(&workshop).await;
        for (counter, name) in [(&till, "p-2"), (&workshop, "p-3")] {
            record(&counter.engine, &[paid(name, 100)]);
        }
        assert_eq!((owes(&till), owes(&workshop)), (Money(4_900), Money(3_900)));
        // A counter that connects before the owner's entry leaves again.
        let connected = found(&workshop.engine, &workshop.link, "", |_, _| ()).await;
        assert_eq!(connected, Ok(()));
        let workshop = again(&workshop).await;
        alone(&workshop).await;
        record(&till.engine, &[moved("back", Some(ORIGIN))]);
        for counter in [&till, &workshop] {
            assert_eq!(found(&counter.engine, &counter.link, "", |_, _| ()).await, Ok(()));
        }
        let till = again(&till).await;
        till.synced().await;
        let workshop = again(&workshop).await;
        same(&till, &workshop).await;
        assert_eq!(owes(&till), Money(3_800));
    });
}

/// The counter with an exchange of its own, after the one before it has ended.
async fn again(counter: &Counter) -> Counter {
    let engine = Engine::open(counter.engine.store().clone(), today()).await.unwrap().unwrap();
    let counter = Counter::new(engine, counter.link.clone());
    counter.start();
    counter
}
