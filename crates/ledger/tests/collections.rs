//! Instalments that are collected: what is asked for on which day, when it is asked for again, and when collecting stops.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod counter;

use counter::{Counter, date, id, m, pay};
use ledger::account::Account;
use ledger::entry::{
    Body, ChargeStage, DisputeStage, Entry, Instalment, ProgressCharge, ReportDispute, SaveCard, StopReason,
    WithdrawCharge,
};
use ledger::money::Money;
use ledger::rules::{Act, CollectTo, CreditNote, PlanOrder, SetCollection};
use ledger::view::charge::ChargeWait;
use ledger::view::collection::{AskInstalment, CollectState, ToCollect};

/// Mira owes 100.00 on O-1 in three instalments, the first of which is overdue, and has agreed.
fn book() -> Counter {
    let mut counter = Counter::with_card(10_000);
    plan(&mut counter, "L-0", &[("2026-03-01", 1_000), ("2026-04-01", 4_000), ("2026-05-01", 5_000)]);
    collect(&mut counter, "L-1");
    counter
}

fn plan(counter: &mut Counter, document: &str, parts: &[(&str, i64)]) {
    let part = |(due, amount): &(&str, i64)| Instalment { due: date(due), amount: m(*amount) };
    let instalments = parts.iter().map(part).collect();
    counter.mira(document, Act::PlanOrder(PlanOrder { order: id("O-1"), instalments }));
}

fn collect(counter: &mut Counter, document: &str) {
    set(counter, document, CollectTo::On { notice: 3 });
}

fn set(counter: &mut Counter, document: &str, to: CollectTo) {
    counter.mira(document, Act::SetCollection(SetCollection { order: id("O-1"), to }));
}

fn account(counter: &Counter) -> &Account {
    counter.books[&id("mira")].account()
}

fn on(counter: &Counter, day: &str) -> Vec<ToCollect> {
    account(counter).to_collect(date(day))
}

/// The one charge that is asked for on a day.
fn asked(counter: &Counter, day: &str) -> AskInstalment {
    let mut steps = on(counter, day);
    let Some(ToCollect::Ask(ask)) = steps.pop() else { panic!("nothing is asked for on {day}") };
    assert_eq!(steps, []);
    ask
}

fn stops(counter: &Counter, day: &str) -> StopReason {
    match on(counter, day).as_slice() {
        [ToCollect::Stop { order, actor, why }] => {
            assert_eq!((order, actor), (&id("O-1"), &id("owner")));
            *why
        }
        other => panic!("{other:?}"),
    }
}

/// The endpoint writes the charge of a day.
fn ask(counter: &mut Counter, day: &str) -> AskInstalment {
    let ask = asked(counter, day);
    counter.today = date(day);
    counter.record(Entry {
        id: ask.charge.clone(),
        no: None,
        actor: ask.actor.clone(),
        on: date(day),
        customer: Some(id("mira")),
        body: Body::ChargeAsked(ask.asked.clone()),
    });
    ask
}

fn progress(counter: &mut Counter, charge: &str, stage: ChargeStage) {
    let progress = ProgressCharge { charge: id(charge), stage, reference: None, reason: None, link: None };
    counter.mira(&format!("{charge}-said"), Act::ProgressCharge(progress));
}

fn paid(counter: &mut Counter, ask: &AskInstalment) {
    counter.record(Entry {
        id: ask.asked.payment.clone(),
        no: None,
        actor: ask.actor.clone(),
        on: counter.today,
        customer: Some(id("mira")),
        body: Body::PaymentRecorded(ask.asked.paid("pi_1".into())),
    });
}

fn states(counter: &Counter) -> Vec<Option<CollectState>> {
    let view = account(counter).order(&id("O-1"), &counter.shop).unwrap();
    view.instalments.iter().map(|row| row.collected).collect()
}

fn owed(counter: &Counter) -> Money {
    account(counter).row().owed
}

#[test]
fn each_instalment_is_asked_for_once_on_its_day_and_not_what_was_overdue() {
    let mut counter = book();
    let by_hand = Some(CollectState::ByHand);
    let on_day = |day| Some(CollectState::On(date(day)));
    assert_eq!(states(&counter), [by_hand, on_day("2026-04-01"), on_day("2026-05-01")]);
    counter.mira("P-1", Act::RecordPayment(pay(1_000, &[("O-1", None)])));
    assert_eq!(on(&counter, "2026-03-28"), []);
    let first = ask(&mut counter, "2026-04-01");
    assert_eq!(first.charge, id("collect-L-1-20260401-0"));
    assert_eq!((first.asked.amount, first.asked.allocations[0].amount), (m(4_000), m(4_000)));
    // While it is under way nothing more is asked for, also on the day of the next one.
    for day in ["2026-04-01", "2026-05-01", "2026-05-20"] {
        assert_eq!(
            on(&counter, day).iter().filter(|step| !matches!(step, ToCollect::Tell(_))).count(),
            0,
            "{day}"
        );
    }
    assert_eq!(states(&counter)[1], Some(CollectState::Asked));
    paid(&mut counter, &first);
    assert_eq!((states(&counter)[1], on(&counter, "2026-04-02"), owed(&counter)), (None, vec![], m(5_000)));
    let second = ask(&mut counter, "2026-05-01");
    paid(&mut counter, &second);
    assert_eq!((owed(&counter), on(&counter, "2026-06-01")), (Money::ZERO, vec![]));
}

#[test]
fn a_customer_is_told_in_the_days_before() {
    let mut counter = book();
    let told = |counter: &Counter, day| match on(counter, day).as_slice() {
        [ToCollect::Tell(tell)] => Some((tell.charge.to_string(), tell.amount)),
        [] => None,
        other => panic!("{other:?}"),
    };
    assert_eq!(told(&counter, "2026-03-28"), None);
    let expected = |amount| Some(("collect-L-1-20260401-0".to_owned(), m(amount)));
    assert_eq!(told(&counter, "2026-03-29"), expected(4_000));
    // What is paid until then is not asked for.
    counter.mira("P-1", Act::RecordPayment(pay(3_000, &[("O-1", None)])));
    assert_eq!(told(&counter, "2026-03-31"), expected(2_000));
    assert_eq!(asked(&counter, "2026-04-01").asked.amount, m(2_000));
    set(&mut counter, "L-2", CollectTo::On { notice: 0 });
    assert_eq!(told(&counter, "2026-03-31"), None);
}

#[test]
fn what_is_declined_is_asked_for_again_three_times_and_then_it_stops() {
    let mut counter = book();
    counter.mira("P-1", Act::RecordPayment(pay(1_000, &[("O-1", None)])));
    for (attempt, day, next) in [
        (0, "2026-04-01", Some("2026-04-02")),
        (1, "2026-04-02", Some("2026-04-04")),
        (2, "2026-04-04", Some("2026-04-08")),
        (3, "2026-04-08", None),
    ] {
        let charge = ask(&mut counter, day).charge;
        assert_eq!(charge, id(&format!("collect-L-1-20260401-{attempt}")));
        progress(&mut counter, charge.as_str(), ChargeStage::Declined);
        let again = next.map(|next| CollectState::Again(date(next)));
        assert_eq!(states(&counter)[1], again);
        let row = account(&counter).view(&counter.shop).charges[0].clone();
        assert_eq!(row.again_on, next.map(date));
        // A person need not care while it is asked for again by itself.
        assert_eq!(row.waits_for().is_none(), next.is_some());
        if next.is_some() {
            assert_eq!(on(&counter, day), []);
        }
    }
    // The next instalment is not asked for either.
    assert_eq!(stops(&counter, "2026-05-01"), StopReason::Declined);
    set(&mut counter, "L-2", CollectTo::Stopped(StopReason::Declined));
    assert_eq!((on(&counter, "2026-05-01"), account(&counter).collects()), (vec![], false));
    assert_eq!(account(&counter).row().charge, Some(ChargeWait::Stopped));
    // With a new agreement it begins anew: the overdue instalment is left to a person.
    collect(&mut counter, "L-3");
    assert_eq!(asked(&counter, "2026-05-01").charge, id("collect-L-3-20260501-0"));
    set(&mut counter, "L-4", CollectTo::Off);
    assert_eq!(on(&counter, "2026-05-01"), []);
    assert_eq!(account(&counter).row().charge, Some(ChargeWait::NotMade));
}

#[test]
fn it_stops_where_a_person_has_to_decide() {
    // The bank wants the customer to approve it, a person has canceled it, or it was not asked for in time.
    let mut counter = book();
    let charge = ask(&mut counter, "2026-04-08").charge;
    progress(&mut counter, charge.as_str(), ChargeStage::Approve);
    assert_eq!(stops(&counter, "2026-04-08"), StopReason::Approve);
    let mut counter = book();
    let charge = ask(&mut counter, "2026-04-01").charge;
    counter.mira("W-1", Act::WithdrawCharge(WithdrawCharge { charge: charge.clone() }));
    progress(&mut counter, charge.as_str(), ChargeStage::Canceled);
    assert_eq!(stops(&counter, "2026-04-01"), StopReason::Canceled);
    assert_eq!(stops(&book(), "2026-04-09"), StopReason::Missed);
    // Another card, or none, is not what the customer has agreed to.
    let mut counter = book();
    counter.save_card("C-2", "pm_2");
    assert_eq!(stops(&counter, "2026-03-10"), StopReason::Card);
    counter.mira("C-3", Act::SaveCard(SaveCard { customer: id("mira"), card: None }));
    assert_eq!(stops(&counter, "2026-03-10"), StopReason::Card);
    // The customer's bank takes back what was collected.
    let mut counter = book();
    let first = ask(&mut counter, "2026-04-01");
    paid(&mut counter, &first);
    let said = ReportDispute {
        payment: first.asked.payment,
        dispute: id("D-1"),
        stage: DisputeStage::Open,
        amount: m(4_000),
        fee: Money::ZERO,
        answer_by: None,
        reference: None,
        reason: None,
    };
    counter.mira("D-1-said", Act::ReportDispute(said));
    assert_eq!(stops(&counter, "2026-05-01"), StopReason::Disputed);
}

#[test]
fn what_was_given_up_before_it_was_sent_is_asked_for_on_another_day() {
    let mut counter = book();
    let charge = ask(&mut counter, "2026-04-01").charge;
    progress(&mut counter, charge.as_str(), ChargeStage::Canceled);
    assert_eq!(on(&counter, "2026-04-01"), []);
    assert_eq!(asked(&counter, "2026-04-02").charge, id("collect-L-1-20260401-1"));
    assert_eq!(states(&counter)[1], Some(CollectState::On(date("2026-04-02"))));
}

#[test]
fn nothing_is_asked_for_that_is_not_owed_or_was_paid_back() {
    // A canceled order.
    let mut counter = book();
    let note = CreditNote {
        order: id("O-1"),
        amount: Some(m(10_000)),
        reason: Some("cancelled".into()),
        clawback: false,
        note: None,
        returned: Vec::new(),
    };
    counter.mira("N-1", Act::CreditNote(note));
    assert_eq!(on(&counter, "2026-04-01"), []);
    // What was collected and given back.
    let mut counter = book();
    counter.mira("P-1", Act::RecordPayment(pay(1_000, &[("O-1", None)])));
    let first = ask(&mut counter, "2026-04-01");
    paid(&mut counter, &first);
    let reversal = ledger::rules::Reversal { of: first.asked.payment, reason: Some("a mistake".into()) };
    counter.mira("X-1", Act::ReversePayment(reversal));
    assert_eq!(states(&counter)[1], Some(CollectState::ByHand));
    assert_eq!(on(&counter, "2026-04-02"), []);
    assert_eq!(asked(&counter, "2026-05-01").asked.amount, m(5_000));
    // Another plan needs another agreement.
    let mut counter = book();
    plan(&mut counter, "L-9", &[("2026-04-01", 10_000)]);
    assert_eq!((on(&counter, "2026-04-01"), account(&counter).collects()), (vec![], false));
}
