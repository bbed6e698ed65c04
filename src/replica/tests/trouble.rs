//! Networks and endpoints that do not do what they should.

use super::pair::exceptions;
use super::*;
use crate::engine::tests::acts::{customer, order, payment, shop};
use crate::store::Store;
use journal::Line;
use ledger::method::Method;
use ledger::money::Money;

#[test]
fn recording_never_waits_for_an_endpoint_that_hangs() {
    exchange(async || {
        let (_, till) = Shop::founded_by(shop().1).await;
        till.link.net.set(Net::Hangs);
        till.record(&[customer("mira")]);
        tokio::task::yield_now().await;
        // `record` fails if a commit has to wait.
        till.record(&[order("o-1", "mira", 500)]);
        till.until("busy", |status| status.is_some_and(|s| s.unsent == 2)).await;
    });
}

#[test]
fn a_login_page_is_not_a_sync() {
    exchange(async || {
        let (_, till) = Shop::founded_by(shop().1).await;
        till.link.net.set(Net::LoginPage);
        till.record(&[customer("mira")]);
        till.until("not answering", |status| status.is_some_and(|s| s.state == State::NotAnswering)).await;
        assert_eq!(till.status.get().unwrap().unsent, 1);
        till.link.net.set(Net::Up);
        till.synced().await;
    });
}

#[test]
fn an_exchange_goes_on_after_the_page_was_closed() {
    exchange(async || {
        let (_, till) = Shop::founded_by(shop().1).await;
        till.inbox.put(Notice::Closed);
        record(&till.engine, &[customer("mira"), order("o-1", "mira", 500)]);
        let reopened = Counter::new(
            Engine::open(till.engine.store().clone(), today()).await.unwrap().unwrap(),
            till.link.clone(),
        );
        reopened.start();
        reopened.synced().await;
        let entries = reopened.engine.entries_by_chain().await.unwrap();
        assert!(entries.iter().all(|(_, stored)| stored.lseq.is_some()));
    });
}

#[test]
fn a_wrong_code_founds_and_joins_nothing() {
    exchange(async || {
        let (alone, (shop, _)) = (shop().1, Shop::founded_by(shop().1).await);
        let link = Link::new(Shop::empty().await.router, "till");
        let refused = found(&alone, &link, "wrong", |_, _| ()).await;
        assert_eq!(refused, Err(crate::replica::NotConnected::Refused(sync::wire::Code::WrongCode)));
        assert_eq!(alone.store().meta(crate::replica::LINK).await, Ok(None));
        let link = Link::new(shop.router.clone(), "tablet");
        let refused = enrol(&link, InviteCode([7; 16]), "tablet", "Workshop").await;
        assert_eq!(refused.unwrap_err(), crate::replica::NotConnected::Refused(sync::wire::Code::WrongCode));
    });
}

#[test]
fn another_tab_may_write_while_a_page_is_received() {
    exchange(async || {
        let (shop, till) = Shop::founded_by(shop().1).await;
        till.record(&[customer("mira"), order("o-1", "mira", 5_000)]);
        let workshop = shop.join("tablet").await;
        let tab = Engine::open(till.engine.store().clone(), today()).await.unwrap().unwrap();
        for at in 0..20 {
            workshop.record(&[payment(&format!("w-{at}"), "mira", 10, Method::Cash, &["o-1"])]);
            record(&tab, &[payment(&format!("t-{at}"), "mira", 10, Method::Cash, &["o-1"])]);
            till.inbox.put(written(&tab));
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
        same(&till, &workshop).await;
    });
}

async fn opened(store: Memory) -> Engine<Memory> {
    Engine::open(store, today()).await.unwrap().unwrap()
}

#[test]
fn a_store_that_was_rolled_back_gets_its_entries_back_and_another_letter() {
    exchange(async || {
        let (_, till) = Shop::founded_by(shop().1).await;
        till.record(&[customer("mira")]);
        till.synced().await;
        let old = till.engine.store().copied();
        till.record(&[order("o-1", "mira", 500)]);
        till.synced().await;
        till.inbox.put(Notice::Closed);
        let back = Counter::new(opened(old).await, till.link.clone());
        assert_eq!(back.engine.row(&id("mira")).unwrap().owed, Money(0));
        back.start();
        back.until("on a new chain", |_| back.engine.device().chain == 2).await;
        back.synced().await;
        assert_eq!(back.engine.row(&id("mira")).unwrap().owed, Money(500));
        let recorded = record(&back.engine, &[order("o-2", "mira", 500)]);
        assert_ne!(recorded[0].no.as_deref(), Some("AI-0002"), "a new letter");
        back.inbox.put(written(&back.engine));
        back.synced().await;
        let lines = lines(&back.engine);
        assert!(lines.len() > 7, "{lines:?}");
    });
}

/// The rows as lists show them, without the number of lines: a line that was recorded again is here twice.
fn figures_of(counter: &Counter) -> Vec<CustomerRow> {
    rows(counter).iter().map(|row| CustomerRow { records: 0, ..CustomerRow::clone(row) }).collect()
}

#[test]
fn a_copied_profile_goes_on_with_a_new_chain_and_what_both_recorded_counts_everywhere() {
    exchange(async || {
        let (shop, till) = Shop::founded_by(shop().1).await;
        till.record(&[customer("mira"), order("o-1", "mira", 5_000)]);
        till.synced().await;
        let copy = Counter::new(opened(till.engine.store().copied()).await, till.link.copied());
        till.record(&[payment("p-1", "mira", 1_000, Method::Cash, &["o-1"])]);
        till.synced().await;
        // The copy has recorded under the same numbers, and in two lines of one press.
        record(&copy.engine, &[customer("bob"), order("o-2", "bob", 700)]);
        record(&copy.engine, &[payment("p-2", "mira", 200, Method::Cash, &["o-1"])]);
        let printed = copy.engine.device().numbers.clone();
        copy.start();
        copy.until("on a new chain", |_| copy.engine.device().chain == 2).await;
        copy.synced().await;
        for _ in 0..200 {
            till.synced().await;
            if figures_of(&till) == figures_of(&copy) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let workshop = shop.join("tablet").await;
        for counter in [&till, &copy, &workshop] {
            let owed = |name| counter.engine.row(&id(name)).unwrap().owed;
            assert_eq!((owed("mira"), owed("bob")), (Money(3_800), Money(700)));
            assert_eq!(figures_of(counter), figures_of(&till));
            assert_eq!(counter.engine.figures(today()), till.engine.figures(today()));
            assert_eq!(exceptions(counter, "bob").await, exceptions(&till, "bob").await);
            assert_eq!(exceptions(counter, "mira").await, exceptions(&till, "mira").await);
            assert!(counter.faults.borrow().is_empty(), "{:?}", counter.faults.borrow());
        }
        // The lines that the endpoint never got are still here, and a fold of everything says the same.
        let reopened = opened(copy.engine.store().copied()).await;
        let reopened = Counter::new(reopened, till.link.clone());
        assert_eq!(figures_of(&reopened), figures_of(&till));
        let mut lines = lines(&copy.engine);
        lines.retain(|line| !line.starts_with(r#"{"side":"#));
        let of_chain = |chain: &str| lines.iter().filter(|line| line.contains(chain)).count();
        assert_eq!(of_chain(r#""chain":2,"#), 4, "the opening, and three lines again");
        assert!(!lines.iter().any(|line| line.contains("again")));
        assert_ne!(copy.engine.device().numbers, printed, "numbers of a new letter");
        // The copy writes its chain with a key that the other one does not have.
        let opened_with = |lines: &[String]| {
            let opened = lines.iter().filter(|line| line.contains(r#""kind":"chain.opened""#));
            let key = |line: &String| {
                Line::parse(line.as_bytes()).ok()?.body.get().contains("ed25519:").then_some(())
            };
            opened.filter_map(key).count()
        };
        assert_eq!((opened_with(&lines), copy.link.added.borrow().len()), (1, 1));
        assert!(till.link.added.borrow().is_empty());
        // Both go on, also after they are opened again and sign in anew.
        copy.inbox.put(Notice::Closed);
        let copy = Counter::new(opened(copy.engine.store().clone()).await, copy.link.clone());
        copy.start();
        till.record(&[payment("p-3", "mira", 100, Method::Cash, &["o-1"])]);
        copy.record(&[payment("p-4", "mira", 100, Method::Cash, &["o-1"])]);
        till.synced().await;
        copy.synced().await;
        copy.until("equal", |_| figures_of(&till) == figures_of(&copy)).await;
        assert_eq!(till.engine.row(&id("mira")).unwrap().owed, Money(3_600));
    });
}

#[test]
fn an_endpoint_that_has_less_than_before_gets_everything_back_while_the_counter_records() {
    exchange(async || {
        let engine = shop().1;
        let old = engine.store().copied();
        let (_, till) = Shop::founded_by(engine).await;
        till.record(&[customer("mira"), order("o-1", "mira", 5_000)]);
        till.synced().await;
        till.set(Net::Down);
        // Another endpoint takes its place, with the book as it was at the beginning.
        let restored = Shop::empty().await;
        let code = restored.endpoint.new_setup_code().unwrap();
        let link = Link::new(restored.router.clone(), "till");
        found(&opened(old).await, &link, &code, |_, _| ()).await.unwrap();
        *till.link.router.borrow_mut() = restored.router.clone();
        till.record(&[payment("p-1", "mira", 1_000, Method::Cash, &["o-1"])]);
        till.set(Net::Up);
        // Recording goes on meanwhile.
        till.record(&[payment("p-2", "mira", 500, Method::Cash, &["o-1"])]);
        till.synced().await;
        let workshop = restored.join("tablet").await;
        // Its event stream is that of the endpoint that is gone, and does not end in this test.
        till.set(Net::Up);
        same(&till, &workshop).await;
        assert_eq!(workshop.engine.row(&id("mira")).unwrap().owed, Money(3_500));
        assert_eq!(till.engine.device().chain, 1, "it is the same counter");
    });
}
