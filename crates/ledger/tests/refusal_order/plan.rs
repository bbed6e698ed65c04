//! The order of refusals of a plan.

use super::counter::{date, id, m};
use super::{SEALED, TODAY, TOMORROW, check_order_of_refusals};
use ledger::entry::Instalment;
use ledger::rules::{Act, PlanOrder};

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
