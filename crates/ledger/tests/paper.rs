//! Documents as they are printed: their figures are those of the account and of the postings.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod counter;

use counter::{Counter, grant, id, m, note_on, order, pay, refund, taxed};
use ledger::entry::After;
use ledger::rate::Rate;
use ledger::rules::{Act, Rejection};
use ledger::view::paper::{Content, CreditPaper, Paper, Receipt, RefundPaper, TaxRow};
use ledger::view::statement::Pair;

fn paper(counter: &Counter, document: &str) -> Option<Paper> {
    counter.books[&id("mira")].paper(&counter.shop, &id(document))
}

fn receipt(paper: Paper) -> Receipt {
    let Content::Receipt(receipt) = paper.content else { panic!("no receipt") };
    *receipt
}

fn credit(paper: Paper) -> CreditPaper {
    let Content::Credit(credit) = paper.content else { panic!("no credit") };
    *credit
}

fn refund_slip(paper: Paper) -> RefundPaper {
    let Content::Refund(refund) = paper.content else { panic!("no refund") };
    *refund
}

fn pair(owed: i64, credit: i64) -> Pair {
    Pair { owed: m(owed), credit: m(credit) }
}

fn twenty(net: i64, tax: i64) -> TaxRow {
    TaxRow { rate: Rate::parse("20").unwrap(), net: m(net), tax: m(tax), gross: m(net + tax) }
}

#[test]
fn a_receipt_names_what_was_paid_and_the_balances_around_it() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(taxed(12_000)));
    counter.mira("O-2", Act::PlaceOrder(order(3_000)));
    counter.mira("P-1", Act::RecordPayment(pay(11_000, &[("O-1", Some(10_000)), ("O-2", Some(1_000))])));
    let printed = paper(&counter, "P-1").unwrap();
    assert_eq!(printed.balances, Some((pair(15_000, 0), pair(4_000, 0))));
    let open: Vec<_> = printed.open.iter().map(|row| row.owed).collect();
    assert_eq!(open, [m(2_000), m(2_000)]);
    let paid = receipt(printed);
    assert_eq!(paid.payment.received(), m(11_000));
    let orders: Vec<_> = paid.orders.iter().map(|order| (order.amount, order.paid)).collect();
    assert_eq!(orders, [(m(12_000), m(10_000)), (m(3_000), m(1_000))]);
    assert_eq!(paid.orders[0].taxes, [twenty(10_000, 2_000)]);
    // Printed again after more was recorded: the same balances, and no list of what is open now.
    counter.mira("P-2", Act::RecordPayment(pay(5_000, &[("O-1", None), ("O-2", None)])));
    let again = paper(&counter, "P-1").unwrap();
    assert_eq!(again.balances, Some((pair(15_000, 0), pair(4_000, 0))));
    assert_eq!(again.open, []);
    assert_eq!(paper(&counter, "P-2").unwrap().balances, Some((pair(4_000, 0), pair(0, 1_000))));
}

#[test]
fn the_tax_of_a_credit_note_is_what_it_posted() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(taxed(12_000)));
    counter.mira("N-1", Act::CreditNote(note_on("O-1", 101)));
    let printed = paper(&counter, "N-1").unwrap();
    assert_eq!(printed.balances, Some((pair(12_000, 0), pair(11_899, 0))));
    let note = credit(printed);
    assert_eq!(note.taxes, [twenty(84, 17)]);
    let tax = counter.total_of(ledger::code::Code::SalesTax);
    assert_eq!(tax, -2_000 + 17);
    assert!(note.order.is_some());
    // Credit without tax has no table of taxes.
    counter.mira("C-1", Act::GrantCredit(grant(500)));
    let given = paper(&counter, "C-1").unwrap();
    assert_eq!(given.balances, Some((pair(11_899, 0), pair(11_899, 500))));
    assert_eq!(credit(given).taxes, []);
}

#[test]
fn a_refund_slip_shows_the_money_and_the_credit_leg() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(taxed(12_000)));
    counter.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
    counter.mira("R-1", Act::Refund(refund("O-1", &[("P-1", 5_000)], After::Amount(m(0)))));
    let printed = paper(&counter, "R-1").unwrap();
    assert_eq!(printed.balances, Some((pair(7_000, 0), pair(0, 0))));
    let slip = refund_slip(printed);
    assert_eq!((slip.refund.money, slip.refund.credit), (m(5_000), m(12_000)));
    assert_eq!(slip.taxes, [twenty(10_000, 2_000)]);
    assert_eq!(slip.from.len(), 1);
}

#[test]
fn a_request_has_a_slip_once_it_is_approved_and_none_when_it_is_rejected() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(taxed(12_000)));
    counter.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
    for (request, answer) in [("R-1", "a"), ("R-2", "b")] {
        let asked = refund("O-1", &[("P-1", 2_000)], After::Stays);
        counter.mira(request, Act::RequestRefund(asked));
        assert_eq!(paper(&counter, request), None, "{answer}");
    }
    counter.mira("X-1", Act::RejectRefund(Rejection { of: id("R-2"), reason: Some("No".into()) }));
    assert_eq!(paper(&counter, "R-2"), None);
    counter.mira("P-2", Act::RecordPayment(pay(1_000, &[("O-1", None)])));
    counter.mira("X-2", Act::ApproveRefund(id("R-1")));
    let printed = paper(&counter, "R-1").unwrap();
    assert_eq!(printed.balances, Some((pair(6_000, 0), pair(6_000, 0))));
    assert_eq!(refund_slip(printed).taxes, [twenty(1_667, 333)]);
}

#[test]
fn what_is_no_document_is_not_printed() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(taxed(12_000)));
    assert!(matches!(paper(&counter, "O-1").unwrap().content, Content::Invoice(_)));
    assert_eq!(paper(&counter, "nothing"), None);
}
