//! The order of refusals of a plan, and of collecting it.

use super::counter::{date, id, m};
use super::{SEALED, TODAY, TOMORROW, check_order_of_refusals};
use ledger::entry::{Instalment, StopReason};
use ledger::rules::{Act, CollectTo, PlanOrder, SetCollection};

#[test]
fn plan_order() {
    let plan = |order, parts: &[(&str, i64)]| {
        let part = |(due, amount): &(&str, i64)| Instalment { due: date(due), amount: m(*amount) };
        let instalments = parts.iter().map(part).collect();
        Act::PlanOrder(PlanOrder { order: id(order), instalments })
    };
    check_order_of_refusals(vec![
        ("bob", TOMORROW, plan("O-9", &[(TODAY, 0), (SEALED, 5)]), "UnknownOrder"),
        ("bob", TOMORROW, plan("O-T", &[(TODAY, 0), (SEALED, 5)]), "UnknownOrder"),
        ("bob", TOMORROW, plan("O-1", &[(TODAY, 5), (SEALED, 0)]), "AmountNotPositive"),
        ("bob", TOMORROW, plan("O-1", &[(TODAY, -5), (SEALED, 10)]), "AmountNotPositive"),
        ("bob", TOMORROW, plan("O-1", &[]), "AmountNotPositive"),
        ("bob", TOMORROW, plan("O-1", &[(TODAY, 5), (SEALED, 5)]), "PlanOutOfOrder"),
        ("bob", TOMORROW, plan("O-1", &[(TODAY, 5), (TODAY, 5)]), "PlanOutOfOrder"),
        ("bob", TOMORROW, plan("O-1", &[(SEALED, 5), (TODAY, 5)]), "PlanDoesNotAddUp"),
    ]);
}

#[test]
fn set_collection() {
    let set = |order, to| Act::SetCollection(SetCollection { order: id(order), to });
    let on = |notice| CollectTo::On { notice };
    check_order_of_refusals(vec![
        ("bob", TOMORROW, set("O-9", on(31)), "UnknownOrder"),
        ("bob", TOMORROW, set("O-1", on(31)), "NoPlan"),
        ("bob", TOMORROW, set("O-1", CollectTo::Off), "NotCollecting"),
        ("bob", TOMORROW, set("O-1", CollectTo::Stopped(StopReason::Missed)), "NotCollecting"),
    ]);
}
