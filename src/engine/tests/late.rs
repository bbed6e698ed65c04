//! An entry recorded too late for a seal counts on the first open day, in the takings and in the sums of the accounts.

use super::acts::*;
use crate::engine::Engine;
use crate::store::{Memory, Store};
use ledger::date::Date;
use ledger::money::Money;
use std::convert::Infallible;

/// Counter B is offline when counter A seals the day, and takes money on that day.
const TEXT: &str = r#"
@2026-03-02
shop "Corner Shop" GBP
customer mira "Mira Patel"
order O-1 mira 100.00
@till B
offline B
pay P-1 mira 40.00 cash to O-1
move-cash 10.00 to bank
@till A
seal 2026-03-02
"#;

fn journal() -> Vec<String> {
    let mut lines = Vec::new();
    let written = daybook::journal::journal(daybook::parse::parse(TEXT).unwrap(), |line| {
        lines.push(line.to_owned());
        Ok::<_, Infallible>(())
    });
    written.unwrap();
    lines
}

#[test]
fn an_entry_too_late_for_a_seal_counts_on_the_first_open_day() {
    let days = ["2026-03-02", "2026-03-03"];
    let [then, now_open] = days.map(|day| Date::parse(day).unwrap());
    for (today, taken) in [(then, 0), (now_open, 4_000)] {
        let engine = now(Engine::import(Memory::default(), &journal(), today)).unwrap();
        assert_eq!(engine.figures(today).taken, Money(taken), "taken on {today}");
        let of = |code, party: &str| days.map(|day| (code, party.to_owned(), day.to_owned()));
        let read = |code, party| now(engine.store().totals(&of(code, party))).unwrap();
        assert_eq!(read(1000, "B"), [0, 3_000], "the drawer");
        assert_eq!(read(1010, "Bank"), [0, 1_000], "the bank");
        assert_eq!(read(1100, ""), [10_000, -4_000], "what customers owe");
        assert_eq!(engine.shop().balance(&ledger::code::BookAccount::drawer("B")), Money(3_000));
    }
}
