//! Texts with characters that cannot be seen: not recorded, and shown safely where they came from elsewhere.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod counter;

use counter::{date, id};
use ledger::account::Account;
use ledger::decide::{Context, decide};
use ledger::entry::{AddCustomer, Body};
use ledger::money::Currency;
use ledger::refusal::Refusal;
use ledger::rules::{Act, Command};
use ledger::shop::Shop;

fn pounds() -> Currency {
    Currency::new("GBP").unwrap()
}

fn customer(name: &str) -> AddCustomer {
    AddCustomer { name: name.into(), company: false, phone: None, email: None, note: None, walk_in: false }
}

/// Whether a customer with this name is recorded.
fn decided(name: &str) -> Result<(), Refusal> {
    let (shop, account) = (Shop::default(), Account::default());
    let (id_owner, actor) = (|_: &_| None, id("ana"));
    let cx = Context {
        shop: &shop,
        account: &account,
        id_owner: &id_owner,
        actor: &actor,
        counter: "A",
        today: date("2026-03-02"),
    };
    let act = Act::AddCustomer(customer(name));
    decide(cx, &Command { id: id("mira"), customer: Some(id("mira")), on: None, act }).map(drop)
}

#[test]
fn nobody_records_a_name_that_turns_the_text_around() {
    assert!(decided("Mira Patel").is_ok());
    for bad in ["Mira\u{202e}letaP", "Mira\0", "Mi\u{1b}[2Jra"] {
        let refused = decided(bad);
        let Err(Refusal::OverLimit(over)) = &refused else { panic!("{bad:?}: {refused:?}") };
        assert_eq!((over.what, over.most), (ledger::limits::HIDDEN, 0));
    }
}

/// A letter with more marks than a reader can tell apart is text, as some languages need several; each mark counts as a character.
#[test]
fn piles_of_marks_are_kept_and_count_as_the_characters_that_they_are() {
    let pile =
        |marks: usize| format!("M{}", "\u{301}\u{489}".chars().cycle().take(marks).collect::<String>());
    let most = ledger::limits::MAX_TEXT;
    assert_eq!(decided(&pile(most - 1)), Ok(()));
    let refused = decided(&pile(most));
    let Err(Refusal::OverLimit(over)) = &refused else { panic!("{refused:?}") };
    assert_eq!((over.what, over.most), ("text", most as u64));
    // No mark is composed, dropped or moved to another letter on the way.
    let (kind, kv, json) = Body::CustomerAdded(customer(&pile(most - 1))).encode(&pounds());
    assert_eq!(Body::decode(&kind, kv, &json), Ok(Body::CustomerAdded(customer(&pile(most - 1)))));
    let (kind, kv, json) = Body::CustomerAdded(customer(&pile(most))).encode(&pounds());
    assert!(Body::decode(&kind, kv, &json).is_err());
}

#[test]
fn what_came_from_elsewhere_is_shown_safely() {
    let (kind, kv, plain) = Body::CustomerAdded(customer("Mira")).encode(&pounds());
    for (written, shown) in
        [("Mira\\u0000", "Mira\u{fffd}"), ("\u{202e}Mira", "\u{fffd}Mira"), ("Mira", "Mira")]
    {
        let json = plain.replace("Mira", written);
        let read = [Body::decode(&kind, kv, &json), Body::decode_strict(&kind, kv, &json, &pounds())];
        assert_eq!(read, [(); 2].map(|()| Ok(Body::CustomerAdded(customer(shown)))), "{json}");
    }
    // Still only the bytes that a program writes.
    assert!(Body::decode_strict(&kind, kv, &plain.replace("Mira", "\\u004dira\u{202e}"), &pounds()).is_err());
    // A kind that this program does not know is kept as it is.
    let unknown = Body::decode("card.tapped", 1, "{\"x\":\"\u{202e}\"}").unwrap();
    assert_eq!(unknown.encode(&pounds()).2, "{\"x\":\"\u{202e}\"}");
}
