//! Networks and endpoints that do not do what they should.

use super::*;
use crate::engine::tests::acts::{customer, order, payment, shop};
use crate::store::Store;
use ledger::method::Method;

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
        assert_eq!(back.engine.row(&id("mira")).unwrap().owed, ledger::money::Money(0));
        back.start();
        back.until("on a new chain", |_| back.engine.device().chain == 2).await;
        back.synced().await;
        assert_eq!(back.engine.row(&id("mira")).unwrap().owed, ledger::money::Money(500));
        let recorded = record(&back.engine, &[order("o-2", "mira", 500)]);
        assert_ne!(recorded[0].no.as_deref(), Some("AI-0002"), "a new letter");
        back.inbox.put(written(&back.engine));
        back.synced().await;
        let lines = lines(&back.engine);
        assert!(lines.len() > 7, "{lines:?}");
    });
}

#[test]
fn a_copied_profile_is_told_and_the_first_copy_goes_on() {
    exchange(async || {
        let (_, till) = Shop::founded_by(shop().1).await;
        let copy = Counter::new(opened(till.engine.store().copied()).await, till.link.clone());
        till.record(&[customer("mira")]);
        till.synced().await;
        record(&copy.engine, &[customer("bob")]);
        copy.start();
        let is_told = |shown: &Shown| *shown == Shown::Fault(crate::store::Fault::Copied);
        copy.until("told", |_| copy.faults.borrow().iter().any(is_told)).await;
        assert_eq!(copy.status.get().unwrap().unsent, 1);
        till.record(&[order("o-1", "mira", 500)]);
        till.synced().await;
    });
}
