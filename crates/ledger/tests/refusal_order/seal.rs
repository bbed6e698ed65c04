//! The order of refusals of seals.

use super::counter::{date, id};
use super::{SEALED, TODAY, TOMORROW, check_order_of_refusals};
use ledger::entry::Covered;
use ledger::rules::{Act, SealDay, UnsealDay};

/// A seal of a day that covers these entries, after one that covers the first four.
fn of(day: &str, covers: Vec<Covered>) -> Act {
    let (after, balances) = (Some(id("seal")), Vec::new());
    Act::SealDay(SealDay { day: date(day), after, after_covers: up_to(4), covers, balances })
}

/// The entries of one chain up to a number.
fn up_to(seq: u64) -> Vec<Covered> {
    vec![Covered { device: id("a"), chain: 1, seq }]
}

#[test]
fn seals() {
    let unseal = |day| {
        let (seal, before, reason) = (Some(id("seal")), None, None);
        Act::UnsealDay(UnsealDay { day: date(day), seal, before, reason })
    };
    check_order_of_refusals(vec![
        ("bob", TODAY, of(TOMORROW, Vec::new()), "NotPermitted"),
        ("owner", TODAY, of(TOMORROW, Vec::new()), "FutureDate"),
        ("owner", TODAY, of(SEALED, Vec::new()), "AlreadySealed"),
        ("owner", TODAY, of(TODAY, Vec::new()), "NotAllHere"),
        ("owner", TODAY, of(TODAY, up_to(3)), "NotAllHere"),
        ("bob", TOMORROW, unseal(TODAY), "UnknownSeal"),
        ("bob", TOMORROW, unseal(SEALED), "NotPermitted"),
        ("owner", TOMORROW, unseal(SEALED), "ReasonRequired"),
    ]);
}
