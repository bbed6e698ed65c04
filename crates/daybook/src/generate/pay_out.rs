//! Pay-outs of credit.

use super::scenario::{Scenario, in_coins, money};

/// A pay-out of a lot, sometimes in coins, sometimes rejected or reversed.
pub fn pay_out(t: &mut Scenario<'_>, lot: &str, amount: i64) {
    let out = t.id('X');
    if t.rng.chance(30) {
        return pay_out_in_coins(t, &out, lot, amount);
    }
    t.line(format!("payout {out} {} {} bank from {lot}", t.customer, money(amount)));
    t.wait(0, 5);
    if t.rng.chance(15) {
        t.admin_line(format!("reject {out}"));
    } else {
        t.admin_line(format!("complete {out}"));
        if t.rng.chance(30) {
            t.line(format!("hand-over {out}"));
        } else if t.rng.chance(40) {
            t.wait(20, 90);
            t.admin_line(format!("reverse-payout {out} reason \"never cashed\""));
        }
    }
}

fn pay_out_in_coins(t: &mut Scenario<'_>, out: &str, lot: &str, amount: i64) {
    let (moves, rounding) = in_coins(amount);
    t.line(format!("payout {out} {} {} cash from {lot}{rounding}", t.customer, money(amount)));
    t.admin_line(format!("complete {out}"));
    t.record_money("cash", -moves);
    if t.rng.chance(20) {
        t.admin_line(format!("reverse-payout {out} reason \"refused the coins\""));
        t.record_money("cash", moves);
    }
}
