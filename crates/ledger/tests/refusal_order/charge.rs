//! Charges of a saved card, payment links, and disputes of what was paid by card.

use super::counter::{Counter, id, pay};
use super::{TODAY, TOMORROW, check_order_of_refusals, counter};
use ledger::entry::{
    ChargeStage, DisputeStage, PaymentLink, ProgressCharge, ReportDispute, SaveCard, SavedCard,
    WithdrawCharge,
};
use ledger::money::Money;
use ledger::rules::{Act, AskCharge, RecordDispute};

#[test]
fn charges() {
    let asked = |payment, amount, to: &[(&str, Option<i64>)]| {
        let pay = pay(amount, to);
        let (amount, allocations) = (pay.amount, pay.allocations);
        Act::AskCharge(AskCharge {
            payment: id(payment),
            by_link: false,
            saves: false,
            amount,
            allocations,
            eligible: true,
            note: None,
        })
    };
    let progress = |charge| {
        let (charge, stage) = (id(charge), ChargeStage::Bank);
        Act::ProgressCharge(ProgressCharge { charge, stage, reference: None, reason: None, link: None })
    };
    let card = |method: &str| {
        let card = SavedCard { customer: "cus_1".into(), method: method.into(), shown: None };
        Act::SaveCard(SaveCard { customer: id("mira"), card: Some(card) })
    };
    check_order_of_refusals(vec![
        ("bob", TOMORROW, asked("P-1", 0, &[("O-9", None)]), "UnknownOrder"),
        ("bob", TOMORROW, asked("P-1", 0, &[]), "AmountNotPositive"),
        ("bob", TOMORROW, asked("P-1", 100, &[]), "FutureDate"),
        ("bob", TODAY, asked("P-1", 100, &[]), "NoSavedCard"),
        ("bob", TOMORROW, progress("K-9"), "UnknownCharge"),
        ("bob", TODAY, card("4242424242424242"), "OverLimit"),
    ]);
    let mut counter = counter();
    counter.ok(Some("mira"), "card-1", card("pm_1"));
    let refusal = |counter: &mut Counter, act| {
        let refused = counter.ask(Some("mira"), "new", act).unwrap_err();
        refused.name()
    };
    assert_eq!(refusal(&mut counter, asked("P-1", 100, &[])), "IdTaken");
    assert_eq!(refusal(&mut counter, asked("new", 100, &[])), "IdTaken");
    counter.ok(Some("mira"), "K-1", asked("P-9", 100, &[]));
    counter.ok(Some("mira"), "K-2", progress("K-1"));
    counter.ok(Some("mira"), "P-9", Act::RecordPayment(pay(100, &[])));
    assert_eq!(refusal(&mut counter, progress("K-1")), "NotUnderWay");
    // A link needs no card; one is canceled once, while nothing is said of it.
    let link = |payment, amount| {
        let Act::AskCharge(asked) = asked(payment, amount, &[]) else { unreachable!() };
        Act::AskCharge(AskCharge { by_link: true, ..asked })
    };
    let withdraw = |charge| Act::WithdrawCharge(WithdrawCharge { charge: id(charge) });
    let open = |address: &str| {
        let link = Some(PaymentLink { address: address.into(), expires: 1_790_000_000_000 });
        let (charge, stage) = (id("K-3"), ChargeStage::Open);
        Act::ProgressCharge(ProgressCharge { charge, stage, reference: None, reason: None, link })
    };
    check_order_of_refusals(vec![
        ("bob", TOMORROW, link("P-1", 0), "AmountNotPositive"),
        ("bob", TOMORROW, link("P-1", 100), "FutureDate"),
        ("bob", TOMORROW, withdraw("K-9"), "UnknownCharge"),
    ]);
    counter.ok(Some("mira"), "K-3", link("P-10", 100));
    assert_eq!(refusal(&mut counter, open("javascript:alert(1)")), "OverLimit");
    counter.ok(Some("mira"), "K-3-open", open("https://checkout.example/1"));
    counter.ok(Some("mira"), "K-3-x", withdraw("K-3"));
    assert_eq!(refusal(&mut counter, withdraw("K-3")), "NotUnderWay");
    assert_eq!(refusal(&mut counter, withdraw("K-1")), "NotUnderWay");
}

#[test]
fn disputes() {
    let said = |payment, amount| {
        Act::ReportDispute(ReportDispute {
            payment: id(payment),
            dispute: id("D-1"),
            stage: DisputeStage::Open,
            amount: Money(amount),
            fee: Money::ZERO,
            answer_by: None,
            reference: None,
            reason: None,
        })
    };
    let record =
        |payment, dispute| Act::RecordDispute(RecordDispute { payment: id(payment), dispute: id(dispute) });
    check_order_of_refusals(vec![
        ("bob", TOMORROW, said("P-9", 0), "UnknownPayment"),
        ("bob", TOMORROW, said("P-1", 0), "FutureDate"),
        ("bob", TODAY, said("P-1", 0), "AmountNotPositive"),
        ("bob", TOMORROW, record("P-1", "D-1"), "UnknownDispute"),
    ]);
    let mut counter = counter();
    counter.ok(Some("mira"), "said-1", said("P-1", 100));
    let refusal = |counter: &mut Counter, act| {
        let refused = counter.ask(Some("mira"), "new", act).unwrap_err();
        refused.name()
    };
    assert_eq!(refusal(&mut counter, record("P-2", "D-1")), "UnknownDispute");
    counter.ok(Some("mira"), "D-1-1", record("P-1", "D-1"));
    // The same press again writes nothing; another one has nothing to record.
    let again = counter.ask(Some("mira"), "D-1-1", record("P-1", "D-1")).unwrap();
    assert_eq!(again.into_entries(), []);
    assert_eq!(refusal(&mut counter, record("P-1", "D-1")), "AlreadyRecorded");
}
