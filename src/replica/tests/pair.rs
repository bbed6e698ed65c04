//! Two counters of one shop.

use super::*;
use crate::engine::tests::acts::{act, customer, order, payment, refund, shop, staff};
use crate::replica::{HandedIn, handed_in};
use ledger::entry::{After, InviteDevice, InviteHash, RevokeDevice};
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::{Act, ApplyCredit, GrantCredit};

fn busy() -> Engine<Memory> {
    let (_, engine) = shop();
    record(&engine, &[staff("bob"), customer("mira"), order("o-1", "mira", 12_000)]);
    record(&engine, &[payment("p-1", "mira", 5_000, Method::Cash, &["o-1"])]);
    engine
}

#[test]
fn a_shop_that_lived_alone_founds_itself_and_every_line_has_its_number() {
    exchange(async || {
        let (_, till) = Shop::founded_by(busy()).await;
        let entries = till.engine.entries_by_chain().await.unwrap();
        let numbers: Vec<_> = entries.iter().map(|(_, stored)| stored.lseq).collect();
        assert_eq!(numbers, (1..=7).map(Some).collect::<Vec<_>>());
        till.record(&[payment("p-2", "mira", 100, Method::Cash, &["o-1"])]);
        till.synced().await;
        assert_eq!(till.engine.entries_by_chain().await.unwrap().last().unwrap().1.lseq, Some(8));
        // Another shop cannot take its place with the same code, and the same device finds itself again.
        let again = found(&till.engine, &till.link, "used", |_, _| ()).await;
        assert_eq!(again, Ok(()), "the device is a member");
    });
}

#[test]
fn a_counter_that_joins_has_the_same_book_and_its_own_letter() {
    exchange(async || {
        let (shop, till) = Shop::founded_by(busy()).await;
        let workshop = shop.join("tablet").await;
        same(&till, &workshop).await;
        let (letter, drawer) = {
            let device = workshop.engine.device();
            (device.letter.clone(), device.drawer.clone())
        };
        assert_eq!((letter.as_str(), drawer.as_str()), ("B", "B"));
        workshop.record(&[payment("p-2", "mira", 100, Method::Cash, &["o-1"])]);
        till.record(&[customer("bo"), order("o-2", "bo", 500)]);
        same(&till, &workshop).await;
        assert_eq!(till.engine.row(&id("mira")).unwrap().owed, Money(6_900));
    });
}

#[test]
fn what_others_record_appears_without_asking() {
    exchange(async || {
        let (shop, till) = Shop::founded_by(busy()).await;
        let workshop = shop.join("tablet").await;
        same(&till, &workshop).await;
        let before = tokio::time::Instant::now();
        workshop.record(&[payment("p-2", "mira", 100, Method::Cash, &["o-1"])]);
        while till.engine.row(&id("mira")).unwrap().owed != Money(6_900) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(before.elapsed() < Duration::from_secs(1), "{:?}", before.elapsed());
    });
}

/// The exceptions of an account, in words.
pub(super) async fn exceptions(counter: &Counter, customer: &str) -> Vec<String> {
    counter.engine.open_account(&id(customer)).await.unwrap();
    let view = counter.engine.view(&id(customer)).unwrap();
    view.exceptions.iter().map(|each| format!("{each:?}")).collect()
}

#[test]
fn counters_that_worked_offline_have_the_same_book_and_the_same_exceptions() {
    exchange(async || {
        let (shop, till) = Shop::founded_by(busy()).await;
        let granted = GrantCredit {
            amount: Money(2_000),
            rate: None,
            reason: Some("goodwill".into()),
            note: None,
            opening: false,
        };
        till.record(&[customer("ann"), order("o-2", "ann", 2_000), order("o-3", "ann", 2_000)]);
        till.record(&[act("c-1", Some("ann"), Act::GrantCredit(granted))]);
        till.synced().await;
        let (workshop, stall) = (shop.join("tablet").await, shop.join("phone").await);
        same(&till, &workshop).await;
        for counter in [&till, &workshop] {
            counter.set(Net::Down);
        }
        // Both refund the one payment, spend the one credit, and take the money for the one order.
        let apply = |to: &str| {
            let applied = ApplyCredit { lot: id("c-1"), to: id(to), amount: Money(2_000), eligible: None };
            Act::ApplyCredit(applied)
        };
        let back =
            |name: &str| act(name, Some("mira"), Act::Refund(refund("o-1", "p-1", 5_000, After::Stays)));
        till.record(&[back("r-1")]);
        workshop.record(&[back("r-2")]);
        till.record(&[act("a-1", Some("ann"), apply("o-2"))]);
        workshop.record(&[act("a-2", Some("ann"), apply("o-3"))]);
        till.record(&[payment("p-2", "mira", 7_000, Method::Cash, &["o-1"])]);
        workshop.record(&[payment("p-3", "mira", 7_000, Method::Card, &["o-1"])]);
        for counter in [&till, &workshop] {
            counter
                .until("offline", |status| status.is_some_and(|s| s.state == State::Offline && s.unsent == 3))
                .await;
            assert_eq!(exceptions(counter, "ann").await, Vec::<String>::new());
        }
        for counter in [&till, &workshop] {
            counter.set(Net::Up);
        }
        same(&till, &workshop).await;
        same(&till, &stall).await;
        for customer in ["ann", "mira"] {
            let told = exceptions(&till, customer).await;
            assert!(!told.is_empty(), "{customer}");
            assert_eq!(exceptions(&workshop, customer).await, told);
            assert_eq!(exceptions(&stall, customer).await, told);
        }
    });
}

#[test]
fn what_a_revoked_counter_recorded_counts_once_an_admin_lets_it_count() {
    exchange(async || {
        use crate::replica::{devices, refused_places};
        let (shop, till) = Shop::founded_by(busy()).await;
        let stolen = shop.join("tablet").await;
        same(&till, &stolen).await;
        stolen.set(Net::Down);
        stolen.record(&[payment("p-2", "mira", 3_000, Method::Cash, &["o-1"])]);
        // Recorded without a network, it takes effect when it is handed in.
        till.set(Net::Down);
        till.record(&[act("out", None, Act::RevokeDevice(RevokeDevice { device: id("tablet") }))]);
        till.until("offline", |status| status.is_some_and(|s| s.state == State::Offline)).await;
        assert!(till.engine.shop().revoked_devices.contains(&id("tablet")));
        till.set(Net::Up);
        till.synced().await;
        let told = devices(&till.engine, &till.link).await.unwrap();
        assert!(told.devices.iter().all(|one| one.revoked.is_some() == (one.device == "tablet")));
        stolen.set(Net::Up);
        let is_told =
            |status: Option<Status>| status.is_some_and(|s| s.state == State::Revoked && s.unsent == 0);
        stolen.until("revoked", is_told).await;
        let list = async |counter: &Counter| {
            let places = refused_places(counter.engine.store()).await.unwrap();
            counter.engine.refused(&places).await.unwrap()
        };
        for _ in 0..200 {
            if !list(&till).await.is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        // It is on every counter, also one that joins later, and moves no balance.
        let workshop = shop.join("workshop").await;
        for counter in [&till, &workshop] {
            assert_eq!(counter.engine.row(&id("mira")).unwrap().owed, Money(7_000));
            let found = list(counter).await;
            assert_eq!(found.iter().map(|one| one.entry.id.as_str()).collect::<Vec<_>>(), ["p-2"]);
            assert_eq!(found[0].verdict, journal::SideVerdict::RefusedRevoked);
        }
        let adoption = list(&till).await.remove(0).adoption;
        till.record(&[act("adopt", Some("mira"), Act::Adopt(adoption))]);
        same(&till, &workshop).await;
        for counter in [&till, &workshop] {
            assert_eq!(counter.engine.row(&id("mira")).unwrap().owed, Money(4_000));
            assert_eq!(list(counter).await, []);
        }
        // The counter that was taken out is told nothing.
        let refused = devices(&stolen.engine, &stolen.link).await.unwrap_err();
        assert_eq!(refused, crate::replica::NotConnected::Refused(sync::wire::Code::Revoked));
    });
}

#[test]
fn any_counter_invites_and_an_invite_that_was_recorded_offline_is_good_when_it_is_handed_in() {
    exchange(async || {
        let (shop, till) = Shop::founded_by(busy()).await;
        let workshop = shop.join("tablet").await;
        workshop.set(Net::Down);
        let code = InviteCode([7; 16]);
        let invite = InviteDevice { code: InviteHash::new(code.hash()).unwrap(), reader: false };
        workshop.record(&[act("invite", None, Act::InviteDevice(invite))]);
        let place = {
            let device = workshop.engine.device();
            (device.chain, device.head.unwrap().seq)
        };
        let state = async || handed_in(&workshop.engine, place.0, place.1).await.unwrap();
        let link = Link::new(shop.router.clone(), "phone");
        let early = enrol(&link, code, "phone", "Stall").await.unwrap_err();
        assert_eq!(early, crate::replica::NotConnected::Refused(sync::wire::Code::WrongCode));
        assert_eq!(state().await, HandedIn::No);
        workshop.set(Net::Up);
        workshop.synced().await;
        assert_eq!(state().await, HandedIn::Yes);
        let enrolled = enrol(&link, code, "phone", "Stall").await.unwrap();
        assert_eq!(enrolled.letter.as_deref(), Some("C"));
        let other = Link::new(shop.router.clone(), "fourth");
        let again = enrol(&other, code, "fourth", "Stall").await.unwrap_err();
        assert_eq!(again, crate::replica::NotConnected::Refused(sync::wire::Code::WrongCode));
        same(&till, &workshop).await;
    });
}
