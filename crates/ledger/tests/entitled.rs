//! Entries of the shop itself count only if their actor had the right to them at their place in the order.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod counter;

use counter::{date, id};
use ledger::date::Date;
use ledger::entry::{
    AddBank, AddStaff, Adopted, Body, ChangeStaff, Covered, DaySealed, DayUnsealed, Entry, ExceptionResolved,
    FeeCharged, GrantRight, OpenShop, Place, Record, Role, SetRounding, Verdict,
};
use ledger::exception::Kind;
use ledger::fold::ShopBook;
use ledger::id::Id;
use ledger::money::Money;
use ledger::rules::Act;

fn record(order: u64, device: &str, seq: u64, actor: &str, name: &str, body: Body) -> Record {
    let place = Place { order: (order, 0), device: id(device), chain: 1, seq, branch: 0 };
    let entry = Entry { id: id(name), no: None, actor: id(actor), on: on(), customer: None, body };
    Record { place, verdict: Verdict::Ok, entry }
}

fn on() -> Date {
    date("2026-03-02")
}

fn open(name: &str) -> Body {
    Body::ShopOpened(OpenShop { name: name.into(), currency: "GBP".into() })
}

fn staff(role: Role) -> Body {
    Body::StaffAdded(AddStaff { name: "Name".into(), role, pin: None })
}

fn role(member: &str, role: Role) -> Body {
    Body::StaffChanged(ChangeStaff { member: id(member), name: None, role: Some(role), left: None })
}

fn bank(name: &str) -> Body {
    Body::BankAdded(AddBank { name: name.into() })
}

fn adopt(device: &str, seq: u64) -> Body {
    Body::EntryAdopted(Adopted { hash: String::new(), device: id(device), chain: 1, seq })
}

/// Ana opens the shop; Bob is an admin until the place 20, and Cara is a clerk who may add banks.
fn shop() -> Vec<Record> {
    let may_add_banks =
        GrantRight { member: id("cara"), kind: "bank.added".into(), up_to: None, taken_back: false };
    vec![
        record(1, "a", 1, "ana", "open", open("Corner Shop")),
        record(2, "a", 2, "ana", "bob", staff(Role::Admin)),
        record(3, "a", 3, "ana", "cara", staff(Role::Clerk)),
        record(4, "a", 4, "ana", "grant", Body::RightGranted(may_add_banks)),
        record(20, "a", 5, "ana", "demote", role("bob", Role::Clerk)),
    ]
}

fn with(more: impl IntoIterator<Item = Record>) -> ShopBook {
    ShopBook::new(shop().into_iter().chain(more).collect())
}

fn not_entitled(book: &ShopBook) -> Vec<Id> {
    let found = book.exceptions().into_iter().filter(|found| found.kind == Kind::NotEntitled);
    found.map(|found| found.entry).collect()
}

#[test]
fn a_right_is_that_of_the_place_in_the_order() {
    let before = with([record(10, "b", 1, "bob", "bank-1", bank("Savings"))]);
    assert_eq!((before.shop().banks.len(), not_entitled(&before)), (1, Vec::new()));
    let after = with([
        record(30, "b", 1, "bob", "bank-1", bank("Savings")),
        record(31, "b", 2, "bob", "eve", staff(Role::Admin)),
        record(32, "b", 3, "eve", "finn", staff(Role::Clerk)),
        record(33, "b", 4, "cara", "bank-2", bank("Current")),
        record(34, "b", 5, "cara", "coin", Body::RoundingSet(SetRounding { coin: Money(5) })),
    ]);
    assert_eq!(after.shop().banks, ["Current"], "Cara was given that right");
    assert_eq!((after.shop().staff.len(), after.shop().coin), (2, Money::ZERO));
    assert_eq!(not_entitled(&after), ["bank-1", "eve", "finn", "coin"].map(id));
}

#[test]
fn those_who_left_and_those_who_never_came_have_no_right() {
    let left = ChangeStaff { member: id("bob"), name: None, role: Some(Role::Admin), left: Some(true) };
    let book = with([
        record(30, "a", 6, "ana", "leave", Body::StaffChanged(left)),
        record(31, "b", 1, "bob", "bank-1", bank("Savings")),
        record(32, "b", 2, "mallory", "bank-2", bank("Current")),
        record(33, "b", 3, "mallory", "mallory", staff(Role::Admin)),
    ]);
    assert_eq!(not_entitled(&book), ["bank-1", "bank-2", "mallory"].map(id));
    assert_eq!(book.shop().banks, Vec::<String>::new());
}

/// A hand-made file gives its entries clocks before the opening, or opens the shop again.
#[test]
fn nobody_has_a_right_before_the_shop_is_opened_and_it_is_opened_once() {
    let book = with([
        record(0, "b", 1, "eve", "eve", staff(Role::Admin)),
        record(40, "b", 2, "eve", "again", open("Eve's Shop")),
    ]);
    assert_eq!(not_entitled(&book), ["eve", "again"].map(id));
    assert_eq!((book.shop().name.as_str(), &book.shop().owner), ("Corner Shop", &Some(id("ana"))));
    assert!(!book.shop().staff.contains_key(&id("eve")));
    let never = ShopBook::new(vec![record(1, "b", 1, "eve", "eve", staff(Role::Admin))]);
    assert!(never.shop().staff.contains_key(&id("eve")), "a day book without a shop");
}

#[test]
fn a_fact_counts_whoever_recorded_it() {
    let fee = FeeCharged { amount: Money(300), account: drawer(), reason: "roll".into() };
    let book = with([record(30, "b", 1, "mallory", "fee", Body::FeeCharged(fee))]);
    assert_eq!(
        (not_entitled(&book), book.posted().map(|posted| posted.moved.len()).sum::<usize>()),
        (vec![], 2)
    );
}

#[test]
fn every_sequence_of_arrival_gives_the_same_shop() {
    let more = [
        record(10, "b", 1, "bob", "bank-1", bank("Savings")),
        record(30, "b", 2, "bob", "bank-2", bank("Current")),
        record(31, "b", 3, "bob", "eve", staff(Role::Admin)),
        record(32, "b", 4, "eve", "finn", staff(Role::Clerk)),
        record(40, "a", 6, "ana", "adopt", adopt("b", 3)),
        record(41, "b", 5, "eve", "gus", staff(Role::Clerk)),
    ];
    let all: Vec<_> = shop().into_iter().chain(more).collect();
    let whole = ShopBook::new(all.clone());
    assert_eq!(not_entitled(&whole), ["bank-2", "finn"].map(id));
    assert!(whole.shop().staff.contains_key(&id("gus")), "from the adoption on Eve is an admin");
    for turn in 0..all.len() {
        let mut shuffled = all.clone();
        shuffled.rotate_left(turn);
        shuffled.swap(0, turn / 2);
        let mut book = ShopBook::default();
        for record in shuffled {
            book.add(record);
        }
        assert_eq!((book.shop(), book.exceptions()), (whole.shop(), whole.exceptions()), "{turn}");
    }
}

#[test]
fn an_adoption_is_the_remedy_and_needs_the_right_itself() {
    let eve = record(30, "b", 1, "bob", "eve", staff(Role::Clerk));
    let book = with([eve.clone()]);
    let remedy = book.exceptions().remove(0).remedy;
    let Act::Adopt(adopted) = remedy else { panic!("{remedy:?}") };
    assert_eq!((adopted.device.as_str(), adopted.chain, adopted.seq), ("b", 1, 1));
    let by = |actor: &str| record(31, "a", 6, actor, "adopt", Body::EntryAdopted(adopted.clone()));
    let adopted = with([eve.clone(), by("ana")]);
    assert_eq!(not_entitled(&adopted), []);
    assert!(adopted.shop().staff.contains_key(&id("eve")));
    let refused = with([eve, by("cara")]);
    assert_eq!(not_entitled(&refused), ["eve", "adopt"].map(id));
}

/// A chain gets a branch when a copy of its device comes to light. The adoption was made before, without a hash.
#[test]
fn an_adoption_counts_on_when_a_branch_arrives() {
    let branch = |order: u64, name: &str, branch: u128| {
        let mut found = record(order, "b", 1, "bob", name, staff(Role::Clerk));
        found.place.branch = branch;
        found
    };
    for at in [25, 40] {
        let adoption = record(at, "a", 6, "ana", "adopt", adopt("b", 1));
        let alone = with([branch(30, "eve", 0), adoption.clone()]);
        assert_eq!(
            (alone.shop().staff.contains_key(&id("eve")), not_entitled(&alone)),
            (true, vec![]),
            "{at}"
        );
        let both = with([branch(30, "eve", 7), branch(31, "mallory", 8), adoption.clone()]);
        assert!(both.shop().staff.contains_key(&id("eve")), "{at}");
        assert_eq!(not_entitled(&both), [id("mallory")], "{at}");
        let (eve, mallory) = (branch(30, "eve", 7), branch(31, "mallory", 8));
        for arrived in [[&adoption, &eve, &mallory], [&mallory, &eve, &adoption], [&mallory, &adoption, &eve]]
        {
            let mut book = ShopBook::new(shop());
            arrived.into_iter().for_each(|record| drop(book.add(record.clone())));
            assert_eq!((book.shop(), book.exceptions()), (both.shop(), both.exceptions()), "{at}");
        }
        // With a hash it names its line only.
        let hash = format!("{:032x}{}", 8, "0".repeat(32));
        let named = Body::EntryAdopted(Adopted { hash, device: id("b"), chain: 1, seq: 1 });
        let named = record(at, "a", 6, "ana", "adopt", named);
        let book = with([branch(30, "eve", 7), branch(31, "mallory", 8), named]);
        assert_eq!(not_entitled(&book), [id("eve")], "{at}");
    }
}

#[test]
fn nobody_closes_the_exception_of_their_own_entry() {
    let resolved = |actor: &str| {
        let body = ExceptionResolved {
            kind: "NotEntitled".into(),
            entries: vec![id("eve")],
            note: "it is fine".into(),
        };
        record(31, "b", 2, actor, "resolve", Body::ExceptionResolved(body))
    };
    let eve = record(30, "b", 1, "bob", "eve", staff(Role::Admin));
    assert_eq!(not_entitled(&with([eve.clone(), resolved("bob")])), ["eve", "resolve"].map(id));
    assert_eq!(not_entitled(&with([eve, resolved("ana")])), []);
}

/// Bob sealed a day before his counter received the entry by which he stopped being an admin. A seal does not count if its
/// actor had no right to seal in what the seal covers.
#[test]
fn a_seal_counts_by_the_rights_in_what_it_covers() {
    let seal = |actor: &str, covers: &[(&str, u64)]| {
        let covers = covers.iter().map(|(device, seq)| Covered { device: id(device), chain: 1, seq: *seq });
        let body = DaySealed { day: on(), after: None, covers: covers.collect(), balances: Vec::new() };
        record(30, "b", 1, actor, "seal", Body::DaySealed(body))
    };
    let sealed = |record: Record| {
        let book = with([record]);
        (book.shop().sealed.is_some(), not_entitled(&book).len())
    };
    assert_eq!(sealed(seal("bob", &[("a", 4)])), (true, 0));
    assert_eq!(sealed(seal("bob", &[("a", 5)])), (false, 1), "it knew");
    assert_eq!(sealed(seal("bob", &[("a", 1)])), (false, 1), "before Bob was an admin");
    assert_eq!(sealed(seal("cara", &[("a", 5)])), (false, 1));
    assert_eq!(sealed(seal("ana", &[("a", 5)])), (true, 0));
    let unseal = DayUnsealed { seal: id("seal"), day: on(), sealed: None, reason: "mine".into() };
    let book =
        with([seal("ana", &[("a", 5)]), record(31, "b", 2, "cara", "unseal", Body::DayUnsealed(unseal))]);
    assert_eq!((book.shop().sealed, not_entitled(&book)), (Some(on()), vec![id("unseal")]));
}

fn drawer() -> ledger::code::BookAccount {
    ledger::code::BookAccount::drawer("A")
}
