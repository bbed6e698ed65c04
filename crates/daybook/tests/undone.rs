//! Undoing an entry restores every balance, whatever was recorded before it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod random;

use codec::memory::{Book, Caller};
use daybook::ast::Statement;
use daybook::parse::parse;
use daybook::run::Runner;
use ledger::code::BookAccount;
use ledger::date::Date;
use ledger::decide::Decision;
use ledger::entry::{Body, Entry, Outcome, Place, Record, SettleRefund, Verdict};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::rules::{
    Act, Command, Rejection, Reversal, ReverseCredit, ReverseCreditNote, ReversePartnerPayment,
    UnapplyCredit, WriteOff,
};
use proptest::prelude::*;
use random::{CALM, CONTENTION, LONG, Shape, TWO, books};
use std::collections::BTreeMap;

/// The figures that undoing must restore.
#[derive(Debug, PartialEq)]
struct Figures {
    /// Balances by account and party.
    balances: BTreeMap<BookAccount, Money>,
    owed: BTreeMap<Id, Money>,
    /// Outstanding amounts, without lots that are used up.
    os: BTreeMap<Id, Money>,
}

impl Figures {
    fn of(book: &Book) -> Self {
        let mut owed = BTreeMap::new();
        let mut os = BTreeMap::new();
        for (_, account) in book.accounts() {
            owed.extend(account.view(book.shop()).orders.into_iter().map(|row| (row.id, row.owed)));
            os.extend(account.lots().map(|(id, _, os)| (id.clone(), os)).filter(|(_, os)| !os.is_zero()));
        }
        Self { balances: book.balances(None), owed, os }
    }
}

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn command(entry: &Entry, act: Act) -> Command {
    Command { id: id("undo"), customer: entry.customer.clone(), on: None, act }
}

/// What was written off of each order of the customer of an entry.
fn written_off(book: &Book, entry: &Entry) -> BTreeMap<Id, Money> {
    let account = entry.customer.as_ref().and_then(|customer| book.account(customer));
    let rows = account.into_iter().flat_map(|account| account.view(book.shop()).orders);
    rows.map(|row| (row.id, row.written_off)).collect()
}

/// A debt that the payment recovered stays open after its reversal, so it is written off again.
fn write_off_again(before: &Book, after: &Book, entry: &Entry) -> Vec<Act> {
    let now = written_off(after, entry);
    let fallen = written_off(before, entry).into_iter().map(|(of, amount)| (amount - now[&of], of));
    let fallen = fallen.filter(|(amount, _)| amount.is_positive());
    fallen.map(|(amount, of)| Act::WriteOff(WriteOff { of, amount, reason: Some("again".into()) })).collect()
}

/// The acts that undo an entry, in order; empty when it cannot be undone. `before` is the book without it, `after` the
/// book with it.
fn undo_acts(before: &Book, after: &Book, entry: &Entry) -> Vec<Act> {
    let reason = || Some("recorded twice".to_owned());
    let of = entry.id.clone();
    let settle = |refund: &Id, outcome| Act::SettleRefund(SettleRefund { refund: refund.clone(), outcome });
    let reverse_refund = |of: Id| vec![Act::ReverseRefund(Reversal { of, reason: reason() })];
    match &entry.body {
        Body::PaymentRecorded(_) => {
            let reverse = Act::ReversePayment(Reversal { of, reason: reason() });
            [vec![reverse], write_off_again(before, after, entry)].concat()
        }
        Body::RefundRecorded(_) => reverse_refund(of),
        Body::RefundIssued(refund) if refund.parts.iter().map(|part| part.amount.0).sum::<i64>() % 2 == 0 => {
            vec![settle(&of, Outcome::Failed)]
        }
        Body::RefundIssued(_) => vec![settle(&of, Outcome::Succeeded), settle(&of, Outcome::Failed)],
        Body::RefundApproved(approved) => match &before.entry(&approved.request).unwrap().body {
            Body::RefundRequested(asked) if asked.method == Method::Online => {
                vec![settle(&approved.request, Outcome::Canceled)]
            }
            _ => reverse_refund(approved.request.clone()),
        },
        Body::OrderCredited(_) => {
            vec![Act::ReverseCreditNote(ReverseCreditNote { note: of, reason: reason() })]
        }
        Body::CreditGranted(_) => {
            vec![Act::ReverseCredit(ReverseCredit { lot: of, amount: None, note: None })]
        }
        Body::OrderWrittenOff(off) => {
            let (of, amount) = (off.order.clone(), off.amount);
            vec![Act::ReverseWriteOff(WriteOff { of, amount, reason: reason() })]
        }
        Body::CreditApplied(applied) => {
            let unapply =
                Act::UnapplyCredit(UnapplyCredit { lot: applied.lot.clone(), order: applied.order.clone() });
            // Credit that was applied earlier would be unapplied too; credit to a negative lot stays.
            let is_only = decide(before, &command(entry, unapply.clone())).is_none();
            let to_order =
                matches!(before.entry(&applied.order).map(|entry| &entry.body), Some(Body::OrderPlaced(_)));
            if is_only && to_order { vec![unapply] } else { Vec::new() }
        }
        Body::PayoutProcessed(_) => vec![Act::RejectPayout(Rejection::of(of))],
        Body::PartnerPaid(_) => {
            vec![Act::ReversePartnerPayment(ReversePartnerPayment { of, reason: reason() })]
        }
        _ => Vec::new(),
    }
}

fn decide(book: &Book, command: &Command) -> Option<Entry> {
    let today = Date(jiff::civil::Date::constant(2026, 1, 1));
    match book.decide(Caller { actor: &id("owner"), counter: "A", today }, command) {
        Ok(Decision::Record(entry)) => Some(entry),
        _ => None,
    }
}

/// Whether a refund returned credit to a negative lot and settled it. None of that credit is available, so taking it out
/// again is refused: such a refund is not reversible.
fn settles_lot(before: &Book, entry: &Entry) -> bool {
    let parts = match &entry.body {
        Body::RefundRecorded(refund) | Body::RefundIssued(refund) => &refund.parts,
        Body::RefundApproved(approved) => match &before.entry(&approved.request).unwrap().body {
            Body::RefundRequested(asked) => &asked.parts,
            _ => return false,
        },
        _ => return false,
    };
    let account = entry.customer.as_ref().and_then(|customer| before.account(customer));
    let mut negative =
        account.into_iter().flat_map(|account| account.lots()).filter(|(_, _, os)| *os < Money::ZERO);
    negative.any(|(lot, _, _)| parts.iter().any(|part| part.credit && part.from == *lot))
}

/// Undoes an entry in a copy of the book and returns the figures; `None` when it cannot be undone.
fn undone(before: &Book, after: &Book, entry: &Entry) -> Option<Figures> {
    if settles_lot(before, entry) {
        return None;
    }
    let acts = undo_acts(before, after, entry);
    let mut book = after.clone();
    for (seq, act) in (1..).zip(&acts) {
        let mut command = command(entry, act.clone());
        command.id = id(&format!("undo-{seq}"));
        let entry = decide(&book, &command).unwrap_or_else(|| panic!("{act:?} is refused"));
        let place = Place { order: (u64::MAX, 0), device: id("Z"), chain: 1, seq, branch: 0 };
        book.add(Record { place, verdict: Verdict::Ok, entry });
    }
    (!acts.is_empty()).then(|| Figures::of(&book))
}

/// Records a text and undoes every entry right after it was recorded. Returns the number of undone entries by kind.
fn check(text: &str) -> Result<BTreeMap<&'static str, u32>, TestCaseError> {
    let daybook = parse(text).unwrap();
    let mut runner = Runner::new(&daybook);
    let mut count = BTreeMap::new();
    for line in &daybook.lines {
        let before = matches!(line.statement, Statement::Act(_)).then(|| runner.book().clone());
        let (Some(before), Ok(entries)) = (before, runner.line(line)) else { continue };
        let Some(entry) = entries.first() else { continue };
        if let Some(figures) = undone(&before, runner.book(), entry) {
            let name = text.lines().nth(line.number as usize - 1).unwrap();
            prop_assert_eq!(figures, Figures::of(&before), "line {}: {}\n{}", line.number, name, text);
            *count.entry(entry.body.kind()).or_default() += 1;
        }
    }
    Ok(count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_an_entry_restores_every_figure(text in prop_oneof![books(CALM), books(CONTENTION), books(TWO)]) {
        check(&text)?;
    }
}

/// Every kind that can be undone occurs in the random books.
#[test]
fn every_kind_is_undone_somewhere() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut kinds = BTreeMap::<&str, u32>::new();
    let mut runner = TestRunner::deterministic();
    for _ in 0..300 {
        let text = books(Shape { acts: LONG, ..CALM }).new_tree(&mut runner).unwrap().current();
        for (kind, count) in check(&text).unwrap() {
            *kinds.entry(kind).or_default() += count;
        }
    }
    let expected = [
        "payment.recorded",
        "refund.recorded",
        "refund.issued",
        "refund.approved",
        "order.credited",
        "credit.granted",
        "order.written-off",
        "credit.applied",
        "payout.processed",
        "partner.paid",
    ];
    for kind in expected {
        assert!(kinds.get(kind).is_some_and(|count| *count >= 3), "{kind}: {kinds:?}");
    }
}
