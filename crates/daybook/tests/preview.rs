//! A preview shows what recording the act then posts: every row of it is compared with the postings, and everything that
//! was posted to an account of the rows is in it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod model;
mod random;
mod recorded;

use codec::memory::{Book, Caller};
use daybook::ast::Statement;
use daybook::parse::parse;
use daybook::run::Runner;
use ledger::code::{BookAccount, Code};
use ledger::date::Date;
use ledger::decide::Decision;
use ledger::entry::{Body, Entry, Place, Record, Verdict};
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::Money;
use ledger::preview::{Change, Preview, Subject};
use ledger::rules::{Act, Command};
use proptest::prelude::*;
use random::{CALM, CONTENTION, FOUR, LONG, Shape, TWO, books};
use recorded::Recorded;
use std::collections::{BTreeMap, BTreeSet};

/// Compares every row with the book, and looks for every changed account in the rows.
fn compare(recorded: &Recorded<'_>, shown: &Preview) -> Result<(), TestCaseError> {
    let mut rows = shown.changes.iter();
    let repeated =
        |row: &Change| shown.changes.iter().filter(|other| other.subject == row.subject).count() > 1;
    prop_assert!(!rows.any(repeated), "a row twice: {:?}", shown.changes);
    for row in &shown.changes {
        let negated = |(was, is): (Money, Money)| (-was, -is);
        let expected = match &row.subject {
            Subject::Owed => recorded.of_customer(Code::Receivable),
            Subject::Credit => recorded.lots(1),
            Subject::ToRepay => recorded.lots(-1),
            Subject::OrderOwed(id) => owed_in_model(recorded, id),
            Subject::Money(account) => recorded.balance(account),
            Subject::Sale(id) => {
                recorded.of_order(id, |order| order.row.amount - order.row.credited - order.row.written_off)
            }
            Subject::Tax(id) if is_order(recorded, id) => recorded.of_order(id, |order| order.tax),
            // Credit with tax; its sum is compared below.
            Subject::Tax(_) => (row.before, row.after),
            Subject::Payable(id) => {
                negated(recorded.balance(&BookAccount::of_id(Code::CommissionPayable, id)))
            }
            Subject::Accrued(id) => {
                negated(recorded.balance(&BookAccount::of_id(Code::CommissionAccrued, id)))
            }
        };
        prop_assert_eq!((row.before, row.after), expected, "{:?}", row.subject);
    }
    completeness(recorded, shown)?;
    sums(recorded, shown)
}

/// Everything that was posted to an account of a row is in the preview.
fn completeness(recorded: &Recorded<'_>, shown: &Preview) -> Result<(), TestCaseError> {
    let has = |subject: &Subject| shown.changes.iter().any(|row| row.subject == *subject);
    for account in recorded.moved() {
        let party = || Id::new(&account.party).unwrap();
        let found = match account.code {
            Code::CommissionPayable => has(&Subject::Payable(party())),
            Code::CommissionAccrued => has(&Subject::Accrued(party())),
            Code::Receivable => has(&Subject::Owed),
            Code::CustomerCredit => has(&Subject::Credit),
            code if code.is_money() || code == Code::RefundsPayable => has(&Subject::Money(account.clone())),
            _ => true,
        };
        prop_assert!(found, "{} is not in the preview", account);
    }
    Ok(())
}

/// The changes of the rows add up to what was posted.
fn sums(recorded: &Recorded<'_>, shown: &Preview) -> Result<(), TestCaseError> {
    let change = |of: fn(&Subject) -> bool| -> Money {
        shown.changes.iter().filter(|row| of(&row.subject)).map(|row| row.after - row.before).sum()
    };
    let receivable = recorded.posted(Code::Receivable);
    prop_assert_eq!(change(|subject| matches!(subject, Subject::OrderOwed(_))), receivable, "owed of orders");
    let credit =
        change(|subject| *subject == Subject::Credit) - change(|subject| *subject == Subject::ToRepay);
    // A transfer posts the opposite in the account of the receiver, which the preview does not show.
    let received = match &recorded.entry.body {
        Body::CreditTransferred(given) => given.amount,
        _ => Money::ZERO,
    };
    prop_assert_eq!(credit, -recorded.posted(Code::CustomerCredit) - received, "2100");
    let tax = recorded.posted(Code::SalesTax);
    prop_assert_eq!(change(|subject| matches!(subject, Subject::Tax(_))), -tax, "2200");
    let leg = recorded.posted(Code::Returns) + tax;
    let sales =
        [Code::Sales, Code::Returns, Code::SalesTax, Code::WriteOffs].map(|code| recorded.posted(code));
    let expected =
        if recorded.is_about_granted_credit() { Money::ZERO } else { -sales.into_iter().sum::<Money>() };
    prop_assert_eq!(change(|subject| matches!(subject, Subject::Sale(_))), expected, "the sale");
    let refund = recorded.refund();
    prop_assert_eq!(shown.credit_leg, refund.map_or(Money::ZERO, |_| leg), "the credit leg");
    let store_credit = refund.filter(|refund| refund.method == Method::Credit);
    let granted = match &recorded.entry.body {
        Body::CreditGranted(granted) => granted.amount,
        _ => store_credit.map_or(Money::ZERO, |refund| refund.payments_total()),
    };
    prop_assert_eq!(shown.left_over, recorded.lot_amounts() - granted, "left over");
    let is_payment = matches!(recorded.entry.body, Body::PaymentRecorded(_));
    let recovered = if is_payment { -recorded.posted(Code::WriteOffs) } else { Money::ZERO };
    prop_assert_eq!(shown.recovered, recovered, "recovered");
    prop_assert_eq!(shown.rounding, recorded.posted(Code::CashRounding), "rounding");
    let lowered = |account: &&BookAccount| {
        let (was, is) = recorded.balance(account);
        account.code == Code::Cash && is < was && is < Money::ZERO
    };
    let below: BTreeSet<_> = recorded.moved().filter(lowered).collect();
    prop_assert_eq!(shown.below_zero.iter().collect::<BTreeSet<_>>(), below, "drawers below zero");
    Ok(())
}

/// What an order owes, by the slow second model.
fn owed_in_model(recorded: &Recorded<'_>, id: &Id) -> (Money, Money) {
    let of = |book: &Book| {
        let records: Vec<_> = book.records().collect();
        Money(model::figures(&records).owed.get(id.as_str()).copied().unwrap_or_default())
    };
    (of(recorded.before), of(recorded.after))
}

fn is_order(recorded: &Recorded<'_>, id: &Id) -> bool {
    recorded.order(recorded.after, id).is_some()
}

/// The book after the owner has approved a request, and the approval; `None` if the approval is refused.
fn approved(book: &Book, counter: &Id, request: &Entry) -> Option<(Book, Entry)> {
    let id = Id::new("approval").unwrap();
    let (owner, today) = (Id::new("owner").unwrap(), Date(jiff::civil::Date::constant(2026, 1, 31)));
    let act = Act::ApproveRefund(request.id.clone());
    let command = Command { id, customer: request.customer.clone(), on: None, act };
    let caller = Caller { actor: &owner, counter: counter.as_str(), today };
    let Ok(Decision::Record(entry)) = book.decide(caller, &command) else { return None };
    let mut book = book.clone();
    let place = Place { order: (u64::MAX, 0), device: Id::new("Z").unwrap(), chain: 1, seq: 1, branch: 0 };
    book.add(Record { place, verdict: Verdict::Ok, entry: entry.clone() });
    Some((book, entry))
}

/// How often each kind was previewed, and how often with a rounding.
#[derive(Default)]
struct Previewed {
    kinds: BTreeMap<&'static str, u32>,
    rounded: BTreeMap<&'static str, u32>,
}

/// Previews every act, records it, and compares.
fn check(text: &str) -> Result<Previewed, TestCaseError> {
    let daybook = parse(text).unwrap();
    let mut runner = Runner::new(&daybook);
    let mut previewed = Previewed::default();
    for line in &daybook.lines {
        if !matches!(line.statement, Statement::Act(_)) {
            let _ = runner.line(line);
            continue;
        }
        let name = text.lines().nth(line.number as usize - 1).unwrap();
        let before = runner.book().clone();
        let shown = runner.preview(line).unwrap();
        let outcome = runner.line(line);
        prop_assert_eq!(shown.is_ok(), outcome.is_ok(), "line {}: {}\n{}", line.number, name, text);
        let (Ok(shown), Ok(entries)) = (shown, outcome) else { continue };
        let Some(entry) = entries.first() else {
            prop_assert_eq!(shown, Preview::default());
            continue;
        };
        // A request posts nothing; its preview shows the approval.
        let after = runner.book();
        let compared = if matches!(entry.body, Body::RefundRequested(_)) {
            let (with_approval, approval) = approved(after, runner.till(), entry).unwrap();
            compare(&Recorded::new(&approval, after, &with_approval), &shown)
        } else {
            compare(&Recorded::new(entry, &before, after), &shown)
        };
        let at = |failed: TestCaseError| {
            TestCaseError::fail(format!("line {}: {name}\n{failed}\n{shown:?}\n{text}", line.number))
        };
        compared.map_err(at)?;
        *previewed.kinds.entry(entry.body.kind()).or_default() += 1;
        if !shown.rounding.is_zero() {
            *previewed.rounded.entry(entry.body.kind()).or_default() += 1;
        }
    }
    Ok(previewed)
}

fn any_book() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => books(CALM),
        2 => books(CONTENTION),
        1 => books(FOUR),
        1 => books(TWO),
        1 => books(Shape { currency: "JPY", ..CONTENTION }),
        1 => books(Shape { large: true, ..CONTENTION }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_preview_is_what_recording_posts(text in any_book()) {
        check(&text)?;
    }
}

/// Every kind that posts, and every kind that is rounded, occurs in the random books.
#[test]
fn every_kind_is_previewed_somewhere() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let (mut kinds, mut rounded) = (BTreeMap::<&str, u32>::new(), BTreeMap::<&str, u32>::new());
    let mut runner = TestRunner::deterministic();
    for _ in 0..500 {
        let text = books(Shape { acts: LONG, ..TWO }).new_tree(&mut runner).unwrap().current();
        let previewed = check(&text).unwrap();
        previewed.kinds.into_iter().for_each(|(kind, count)| *kinds.entry(kind).or_default() += count);
        previewed.rounded.into_iter().for_each(|(kind, count)| *rounded.entry(kind).or_default() += count);
    }
    let expected = [
        "order.placed",
        "payment.recorded",
        "credit.applied",
        "credit.unapplied",
        "credit.granted",
        "order.credited",
        "credit.reversed",
        "credit-note.reversed",
        "credit.transferred",
        "refund.recorded",
        "refund.issued",
        "refund.settled",
        "refund.requested",
        "refund.approved",
        "refund.reversed",
        "payout.processed",
        "payout.completed",
        "payout.rejected",
        "payout.reversed",
        "payment.reversed",
        "order.written-off",
        "credit.written-off",
        "write-off.reversed",
        "partner.paid",
        "partner-payment.reversed",
        "money.moved",
        "fee.charged",
        "money.opened",
        "drawer.counted",
    ];
    for kind in expected {
        assert!(kinds.get(kind).is_some_and(|count| *count >= 2), "{kind}: {kinds:?}");
    }
    println!("rounded: {rounded:?}");
    let expected = [
        "payment.recorded",
        "payment.reversed",
        "payout.completed",
        "payout.reversed",
        "refund.approved",
        "refund.recorded",
        "refund.requested",
        "refund.reversed",
    ];
    assert_eq!(rounded.keys().copied().collect::<Vec<_>>(), expected, "{rounded:?}");
}

/// The rows of the partners in the preview of the last line of a day book; the earlier lines are recorded.
fn commission_rows(text: &str) -> Vec<(Subject, Money, Money)> {
    let daybook = parse(text).unwrap();
    let mut runner = Runner::new(&daybook);
    let (last, earlier) = daybook.lines.split_last().unwrap();
    earlier.iter().for_each(|line| assert!(runner.line(line).is_ok(), "line {}", line.number));
    let rows = runner.preview(last).unwrap().unwrap().changes.into_iter();
    let is_of_partner = |row: &Change| matches!(row.subject, Subject::Payable(_) | Subject::Accrued(_));
    rows.filter(is_of_partner).map(|row| (row.subject, row.before, row.after)).collect()
}

/// Up front, the credit box takes back commission that is not payable yet.
#[test]
fn what_the_credit_box_takes_back_up_front_is_shown() {
    let book = "shop \"Up front\" GBP\npartner up 10% up-front\ncustomer mira \"Mira Patel\"\n\
        order O-1 mira 300.00 lead up\npay P-1 mira 100.00 cash to O-1\n";
    let up = Id::new("up").unwrap();
    let refund = "refund R-1 O-1 100.00 cash from P-1 owed-after 100.00 reason \"r\"";
    let rows = |boxes: &str| commission_rows(&format!("{book}{refund}{boxes}"));
    let (payable, accrued) = (Subject::Payable(up.clone()), Subject::Accrued(up));
    let unmarked =
        vec![(payable.clone(), Money(1_000), Money(1_000)), (accrued.clone(), Money(2_000), Money(2_000))];
    assert_eq!(rows(""), unmarked);
    assert_eq!(rows(" clawback credit"), [unmarked[0].clone(), (accrued, Money(2_000), Money(0))]);
}
