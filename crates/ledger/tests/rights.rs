//! Every kind of entry by every role, with and without each right, as recorded entries. `presses.rs` of the day books decides
//! every act by every role.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod counter;

use counter::{date, id};
use ledger::account::Account;
use ledger::decide::{Context, decide};
use ledger::entry::{
    AddStaff, Body, ChangeStaff, Entry, EntryKind, GrantRight, OpenShop, Place, Record, Role, Verdict,
};
use ledger::exception::Kind;
use ledger::fold::{CustomerBook, ShopBook};
use ledger::money::Money;
use ledger::refusal::Refusal;
use ledger::rules::{Act, Command};
use ledger::shop::Shop;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The kinds that are claims about the shop (`ledger.md` of the specification: people, rights, methods, banks, partners, rounding, items, devices,
/// duplicates, seals, notes, adoptions). Each other kind is a fact or belongs to an account.
const CLAIMS: [&str; 20] = [
    "shop.changed",
    "staff.added",
    "staff.changed",
    "right.granted",
    "bank.added",
    "method.added",
    "rounding.set",
    "item.set",
    "blind-count.set",
    "device.invited",
    "invite.withdrawn",
    "device.revoked",
    "shop.moved",
    "partner.added",
    "partner.changed",
    "customer.duplicated",
    "day.sealed",
    "day.unsealed",
    "exception.resolved",
    "entry.adopted",
];

#[derive(Deserialize)]
struct Sample<'a> {
    kind: &'a str,
    kv: u32,
    #[serde(borrow)]
    body: &'a RawValue,
}

/// A body of every kind, in the version that is written today.
fn bodies() -> BTreeMap<&'static str, Body> {
    let read = |line: &'static str| serde_json::from_str::<Sample<'_>>(line).unwrap();
    let samples = include_str!("../samples/kinds.jsonl").lines().map(read);
    let mut bodies = BTreeMap::new();
    for sample in samples {
        bodies.insert(sample.kind, Body::decode(sample.kind, sample.kv, sample.body.get()).unwrap());
    }
    assert_eq!(bodies.len(), EntryKind::ALL.len());
    bodies
}

fn record(order: u64, actor: &str, name: &str, body: Body) -> Record {
    let place = Place { order: (order, 0), device: id("d1"), chain: 1, seq: order, branch: 0 };
    let on = date("2026-03-02");
    Record {
        place,
        verdict: Verdict::Ok,
        entry: Entry { id: id(name), no: None, actor: id(actor), on, customer: None, body },
    }
}

fn staff(role: Role) -> Body {
    Body::StaffAdded(AddStaff { name: "Name".into(), role, pin: None })
}

fn change(member: &str, role: Option<Role>, left: Option<bool>) -> Body {
    Body::StaffChanged(ChangeStaff { member: id(member), name: None, role, left })
}

/// Owner, admin, clerk, an admin who became a clerk, those who left, and a person who is not on the staff; `granted` is what the clerk was
/// given.
fn shop(granted: Option<&str>) -> Vec<Record> {
    let open = Body::ShopOpened(OpenShop { name: "Corner Shop".into(), currency: "GBP".into() });
    let taken_back = false;
    let grant =
        granted.map(|kind| GrantRight { member: id("cara"), kind: kind.into(), up_to: None, taken_back });
    let mut all = vec![
        record(1, "owner", "open", open),
        record(2, "owner", "admin", staff(Role::Admin)),
        record(3, "owner", "cara", staff(Role::Clerk)),
        record(4, "owner", "demoted", staff(Role::Admin)),
        record(5, "owner", "demote", change("demoted", Some(Role::Clerk), None)),
        record(6, "owner", "gone", staff(Role::Admin)),
        record(7, "owner", "leave", change("gone", None, Some(true))),
        record(8, "owner", "bob", staff(Role::Clerk)),
    ];
    all.push(record(10, "owner", "pat", bodies()["partner.added"].clone()));
    all.extend(grant.map(|grant| record(9, "owner", "grant", Body::RightGranted(grant))));
    all
}

const PEOPLE: [(&str, bool); 6] = [
    ("owner", true),
    ("admin", true),
    ("cara", false),
    ("demoted", false),
    ("gone", false),
    ("nobody", false),
];

fn is_noted(book: &ShopBook, name: &str) -> bool {
    let exceptions = book.exceptions();
    exceptions.iter().any(|found| found.kind == Kind::NotEntitled && found.entry == id(name))
}

/// Each kind by each person: a claim counts for those who have the right at its place, a second opening for no person, and
/// anything else for everybody.
#[test]
fn each_kind_by_each_role_counts_or_is_not_entitled() {
    let bodies = bodies();
    for (kind, body) in &bodies {
        for (actor, is_admin) in PEOPLE {
            let claim = record(300, actor, "x", body.clone());
            let book = ShopBook::new(shop(None).into_iter().chain([claim]).collect());
            let counts = match *kind {
                "shop.opened" => false,
                kind if EntryKind::named(kind).unwrap().is_for_owner() => actor == "owner",
                kind if CLAIMS.contains(&kind) => is_admin,
                _ => true,
            };
            assert_eq!(is_noted(&book, "x"), !counts, "{kind} by {actor}");
            // What does not count changes nothing.
            if !counts {
                let before = ShopBook::new(shop(None));
                let now = Shop { not_entitled: Default::default(), ..book.shop().clone() };
                assert_eq!(now, *before.shop(), "{kind} by {actor}");
            }
        }
    }
}

/// Each right given to a clerk: it makes exactly the claims of its kind count.
#[test]
fn each_right_that_is_given_covers_its_kind_only() {
    let bodies = bodies();
    for granted in bodies.keys() {
        for kind in CLAIMS {
            let claim = record(300, "cara", "x", bodies[kind].clone());
            let book = ShopBook::new(shop(Some(granted)).into_iter().chain([claim]).collect());
            let covers = kind == *granted && !EntryKind::named(kind).unwrap().is_for_owner();
            assert_eq!(is_noted(&book, "x"), !covers, "{kind} with the right {granted}");
        }
    }
}

/// A seal that covers nothing, or not the opening of the shop, was made by a person without a right.
#[test]
fn a_seal_that_does_not_cover_the_opening_counts_for_nobody() {
    let Body::DaySealed(seal) = bodies().remove("day.sealed").unwrap() else { panic!() };
    for (actor, _) in PEOPLE {
        let mut none = seal.clone();
        none.covers.clear();
        let claim = record(300, actor, "x", Body::DaySealed(none));
        let book = ShopBook::new(shop(None).into_iter().chain([claim]).collect());
        assert!(is_noted(&book, "x"), "{actor}");
    }
}

/// An account takes every entry of a customer, of any person: there the endpoint's verdict speaks.
#[test]
fn accounts_ask_for_no_right() {
    let bodies = bodies();
    let fold = |actor: &str| {
        let records = bodies.iter().zip(400_u64..).map(|((kind, body), order)| {
            let mut one = record(order, actor, &kind.replace('.', "-"), body.clone());
            one.entry.customer = Some(id("mira"));
            one
        });
        let book = CustomerBook::new(id("mira"), records.collect());
        (book.account().row(), book.account().entries().count())
    };
    for (actor, _) in PEOPLE {
        assert_eq!(fold(actor), fold("owner"), "{actor}");
    }
}

/// The acts that no day book has, by each person: what a role may not record is refused.
#[test]
fn each_press_by_each_role() {
    let (bodies, book) = (bodies(), ShopBook::new(shop(None)));
    let Body::RightGranted(grant) = bodies["right.granted"].clone() else { panic!() };
    let Body::EntryAdopted(adopted) = bodies["entry.adopted"].clone() else { panic!() };
    let open = OpenShop { name: "Another".into(), currency: "GBP".into() };
    let of_owner = GrantRight { kind: "day.unsealed".into(), ..grant.clone() };
    let not = |right| Err(Refusal::NotPermitted { right });
    for (actor, is_admin) in PEOPLE {
        let decided = |act| decided(book.shop(), actor, &act);
        let is_known = !["gone", "nobody"].contains(&actor);
        let unknown = || Err(Refusal::UnknownActor { actor: id(actor) });
        let due = |right, by_admin| match (is_known, is_admin) {
            (false, _) => unknown(),
            (true, true) => by_admin,
            (true, false) => not(right),
        };
        assert_eq!(decided(Act::GrantRight(grant.clone())), due("right.granted", Ok(())), "{actor}");
        let given = due("right.granted", not("day.unsealed"));
        assert_eq!(decided(Act::GrantRight(of_owner.clone())), given, "{actor}");
        assert_eq!(decided(Act::Adopt(adopted.clone())), due("entry.adopted", Ok(())), "{actor}");
        assert!(decided(Act::OpenShop(open.clone())).is_err(), "{actor} opens a second shop");
    }
}

/// A right with a limit covers amounts up to it.
#[test]
fn a_right_is_limited_by_its_amount() {
    let limited = |up_to| {
        let grant = GrantRight { member: id("cara"), kind: "money.opened".into(), up_to, taken_back: false };
        let all = shop(None).into_iter().chain([record(9, "owner", "grant", Body::RightGranted(grant))]);
        ShopBook::new(all.collect())
    };
    let Body::MoneyOpened(opened) = bodies().remove("money.opened").unwrap() else { panic!() };
    let refused = |up_to| {
        let decided = decided(limited(up_to).shop(), "cara", &Act::OpenMoney(opened.clone()));
        matches!(decided, Err(Refusal::NotPermitted { right: "money.opened" }))
    };
    let amounts = [None, Some(opened.amount), Some(opened.amount - Money(1)), Some(Money::ZERO)];
    assert_eq!(amounts.map(refused), [false, false, true, true]);
}

/// A right is taken back with or without an amount, and can be granted again.
#[test]
fn a_right_that_is_taken_back_is_gone() {
    let may = |grants: &[bool]| {
        let entry = |(number, taken_back): (u64, &bool)| {
            let (member, kind) = (id("cara"), "day.sealed".into());
            let grant = GrantRight { member, kind, up_to: None, taken_back: *taken_back };
            record(number, "owner", &format!("grant-{number}"), Body::RightGranted(grant))
        };
        let all = shop(None).into_iter().chain((11..).zip(grants).map(entry));
        ShopBook::new(all.collect()).shop().may(&id("cara"), "day.sealed", Money::ZERO)
    };
    let cases: [(&[bool], bool); 5] = [
        (&[], false),
        (&[false], true),
        (&[false, true], false),
        (&[true], false),
        (&[false, true, false], true),
    ];
    for (grants, expected) in cases {
        assert_eq!(may(grants), expected, "{grants:?}");
    }
}

fn decided(shop: &Shop, actor: &str, act: &Act) -> Result<(), Refusal> {
    let (account, actor, nobody) = (Account::default(), id(actor), |_: &_| None);
    let cx = Context {
        shop,
        account: &account,
        id_owner: &nobody,
        actor: &actor,
        counter: "A",
        today: date("2026-03-02"),
    };
    let command = Command { id: id("new"), customer: None, on: None, act: act.clone() };
    decide(cx, &command).map(drop)
}
