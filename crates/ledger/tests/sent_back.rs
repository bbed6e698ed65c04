//! A refund that a bank has sent back is a task until something follows it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod counter;

use counter::{Counter, id, m, pay, refund, taxed};
use ledger::date::Date;
use ledger::entry::{After, Outcome, SettleRefund};
use ledger::method::Method;
use ledger::rules::{Act, RecordPayment, Refund, Reversal};

/// Mira has paid 50.00 of O-1 online, of which R-1 refunds 30.00 online.
fn book() -> Counter {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(taxed(10_000)));
    let paid = RecordPayment { method: Method::Online, ..pay(5_000, &[("O-1", None)]) };
    counter.mira("P-1", Act::RecordPayment(paid));
    counter.mira("R-1", online(3_000));
    counter
}

fn online(amount: i64) -> Act {
    Act::Refund(Refund { method: Method::Online, ..refund("O-1", &[("P-1", amount)], After::Stays) })
}

fn settle(refund: &str, outcome: Outcome) -> Act {
    Act::SettleRefund(SettleRefund { refund: id(refund), outcome })
}

fn since(counter: &Counter) -> Option<Date> {
    counter.account().row().sent_back
}

#[test]
fn it_waits_since_the_day_on_which_it_failed() {
    for outcome in [Outcome::Succeeded, Outcome::Canceled] {
        let mut counter = book();
        counter.mira("S-1", settle("R-1", outcome));
        assert_eq!(since(&counter), None, "{outcome:?}");
    }
    let mut counter = book();
    counter.mira("S-1", settle("R-1", Outcome::Succeeded));
    counter.today = counter.today.plus(5);
    counter.mira("S-2", settle("R-1", Outcome::Failed));
    assert_eq!(since(&counter), Some(counter.today));
}

#[test]
fn another_refund_of_the_payment_follows_it_and_can_fail_too() {
    let mut counter = book();
    counter.mira("S-1", settle("R-1", Outcome::Failed));
    let failed = counter.today;
    counter.today = failed.plus(1);
    counter.mira("R-2", online(1_000));
    assert_eq!(since(&counter), None);
    counter.mira("S-2", settle("R-2", Outcome::Failed));
    assert_eq!(since(&counter), Some(failed.plus(1)));
    // Store credit answers it as well.
    let credit = Refund { method: Method::Credit, ..refund("O-1", &[("P-1", 3_000)], After::Stays) };
    counter.mira("R-3", Act::Refund(credit));
    assert_eq!((since(&counter), counter.account().row().credit), (None, m(3_000)));
}

#[test]
fn a_payment_that_is_reversed_leaves_nothing_to_refund() {
    let mut counter = book();
    counter.mira("S-1", settle("R-1", Outcome::Failed));
    counter.mira("X-1", Act::ReversePayment(Reversal { of: id("P-1"), reason: Some("by mistake".into()) }));
    assert_eq!(since(&counter), None);
}
