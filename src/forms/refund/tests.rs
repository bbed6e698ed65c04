//! Refund drafts against an order of 120.00 with 50.00 paid in cash and 20.00 from credit.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::forms::Reason;
use ledger::date::Date;
use ledger::entry::Part;
use ledger::rules::{Act, Refund};

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn row(from: &str, credit: bool, refundable: i64) -> Refundable {
    Refundable {
        from: id(from),
        no: None,
        credit,
        on: Date::parse("2026-03-01").unwrap(),
        method: (!credit).then_some(Method::Cash),
        reference: None,
        allocated: Money(refundable),
        refundable: Money(refundable),
        pending: false,
        disputed: false,
    }
}

fn with<T>(check: impl FnOnce(&RefundFacts<'_>, &[Refundable]) -> T) -> T {
    let rows = [row("P-1", false, 5000), row("C-1", true, 2000)];
    let currency = Currency { code: "GBP".into(), decimals: 2 };
    check(
        &RefundFacts {
            currency: &currency,
            coin: Money::ZERO,
            refundable: &rows,
            together: Money(6000),
            owed: Money(5000),
            returns: &[],
            sends: false,
        },
        &rows,
    )
}

/// A draft with the payment marked and a reason given.
fn draft() -> RefundDraft {
    let mut draft = RefundDraft::new(id("R-1"), id("O-1"));
    with(|_, rows| draft.mark(&rows[0], true));
    draft.reason.choice = Some(Reason::ReturnedGoods);
    draft
}

fn ask(draft: &RefundDraft) -> Result<Refund, Errors> {
    with(|facts, _| {
        draft.command(&id("mira"), facts, RefundAct::Record).map(|command| match command.act {
            Act::Refund(refund) => refund,
            other => panic!("{other:?}"),
        })
    })
}

#[test]
fn another_way_than_it_was_paid_is_told() {
    let mut draft = draft();
    let way = |draft: &RefundDraft| with(|facts, _| (draft.method(facts), draft.another_way(facts)));
    assert_eq!(way(&draft), (Some(Method::Cash), None));
    draft.method = Some(Method::Bank);
    assert_eq!(way(&draft), (Some(Method::Bank), Some(Method::Cash)));
}

#[test]
fn nothing_is_marked_or_answered_at_first() {
    let errors = ask(&RefundDraft::new(id("R-1"), id("O-1"))).unwrap_err();
    let missing = [PAYMENTS, ReasonDraft::CHOICE, METHOD, OWED_AFTER];
    assert_eq!(errors.iter().map(|(field, _)| field.clone()).collect::<Vec<_>>(), missing);
    assert!(errors.iter().all(|(_, problem)| *problem == Problem::Missing));
}

#[test]
fn a_marked_payment_is_refunded_in_full_by_its_own_method() {
    let mut draft = draft();
    draft.after = Some(AfterDraft::Typed("0.00".into()));
    let refund = ask(&draft).unwrap();
    assert_eq!((refund.amount, refund.method), (Money(5000), Method::Cash));
    assert_eq!(refund.parts, [Part { from: id("P-1"), credit: false, amount: Money(5000) }]);
    assert_eq!(refund.after, After::Amount(Money::ZERO));
    assert_eq!(refund.reason.as_deref(), Some("returned goods"));
    assert_eq!(refund.clawback, Clawback::default());
    assert_eq!(ask(&draft), Ok(refund), "pressed twice: the same");
}

#[test]
fn presets_show_their_amount_and_are_recomputed() {
    let mut draft = draft();
    with(|facts, rows| {
        draft.set_amount(&rows[0], "30".into());
        draft.after = Some(AfterDraft::Stays);
        assert_eq!(draft.after_text(facts), "50.00");
        draft.after = Some(AfterDraft::Reopens);
        assert_eq!(draft.after_text(facts), "80.00");
        draft.set_amount(&rows[0], "10".into());
        assert_eq!(draft.after_text(facts), "60.00", "goes up by what the refund is now");
    });
    assert_eq!(ask(&draft).unwrap().after, After::Reopens);
}

#[test]
fn amounts_stay_within_what_is_refundable() {
    let mut draft = draft();
    with(|_, rows| draft.set_amount(&rows[0], "50.01".into()));
    draft.after = Some(AfterDraft::Stays);
    let problem = Problem::MoreThanRefundable { most: Money(5000) };
    assert_eq!(ask(&draft).unwrap_err(), Errors::one(part_field(&id("P-1"), false), problem));

    with(|_, rows| {
        draft.set_amount(&rows[0], "50".into());
        draft.mark(&rows[1], true);
    });
    let problem = Problem::MoreThanTogether { most: Money(6000) };
    assert_eq!(ask(&draft).unwrap_err(), Errors::one(PAYMENTS, problem));
}

#[test]
fn invalid_amounts_and_answers_are_reported() {
    let mut draft = draft();
    with(|_, rows| draft.set_amount(&rows[0], "12,5".into()));
    draft.after = Some(AfterDraft::Typed("-1".into()));
    let errors = ask(&draft).unwrap_err();
    assert_eq!(errors.of(&part_field(&id("P-1"), false)), Some(&Problem::NotAnAmount));
    assert_eq!(errors.of(&OWED_AFTER), Some(&Problem::NotPositive));

    with(|_, rows| draft.set_amount(&rows[0], "50".into()));
    draft.after = Some(AfterDraft::Typed("100.01".into()));
    let problem = Problem::OwedAfterOutOfRange { most: Money(10_000) };
    assert_eq!(ask(&draft).unwrap_err(), Errors::one(OWED_AFTER, problem));
}

#[test]
fn credit_alone_is_returned_without_money() {
    let mut draft = draft();
    with(|_, rows| {
        draft.mark(&rows[0], false);
        draft.mark(&rows[1], true);
    });
    draft.after = Some(AfterDraft::Reopens);
    draft.method = Some(Method::Cash);
    draft.reference = "4111 1111 1111 1111".into();
    with(|facts, _| assert!(draft.is_credit_only(facts)));
    let refund = ask(&draft).unwrap();
    assert_eq!(
        (refund.method, refund.reference),
        (Method::Credit, None),
        "chosen before only credit was marked"
    );
    assert_eq!(refund.parts, [Part { from: id("C-1"), credit: true, amount: Money(2000) }]);
}

#[test]
fn a_payment_that_is_not_refundable_any_more_does_not_count_as_marked() {
    let mut draft = RefundDraft::new(id("R-1"), id("O-1"));
    draft.parts.push(PartDraft { from: id("P-9"), credit: false, amount: None });
    with(|facts, rows| {
        assert!(!draft.is_credit_only(facts), "nothing is marked");
        draft.mark(&rows[1], true);
        assert_eq!(draft.method(facts), Some(Method::Credit));
    });
}

#[test]
fn credit_and_an_online_payment_are_refunded_together() {
    let currency = Currency { code: "GBP".into(), decimals: 2 };
    let online = Refundable { method: Some(Method::Online), ..row("P-2", false, 3000) };
    let rows = [row("C-1", true, 2000), online];
    let facts = RefundFacts {
        currency: &currency,
        coin: Money::ZERO,
        refundable: &rows,
        together: Money(5000),
        owed: Money::ZERO,
        returns: &[],
        sends: false,
    };
    let mut draft = RefundDraft::new(id("R-1"), id("O-1"));
    rows.iter().for_each(|row| draft.mark(row, true));
    draft.reason.choice = Some(Reason::ReturnedGoods);
    draft.after = Some(AfterDraft::Stays);
    assert_eq!((draft.going(&facts), draft.going_from_payments(&facts)), (Money(5000), Money(3000)));
    let command = draft.command(&id("mira"), &facts, RefundAct::Record).unwrap();
    let Act::Refund(refund) = command.act else { panic!("{command:?}") };
    assert_eq!((refund.amount, refund.method), (Money(5000), Method::Card));
    let part = |from: &str, credit, amount| Part { from: id(from), credit, amount: Money(amount) };
    assert_eq!(refund.parts, [part("C-1", true, 2000), part("P-2", false, 3000)]);
}

#[test]
fn cash_is_handed_over_in_coins_and_applied_credit_goes_back_in_full() {
    let mut draft = draft();
    draft.after = Some(AfterDraft::Stays);
    with(|facts, rows| {
        let facts = RefundFacts { coin: Money(5), ..*facts };
        draft.mark(&rows[1], true);
        draft.set_amount(&rows[0], "7.52".into());
        draft.set_amount(&rows[1], "0.03".into());
        assert_eq!(draft.rounded(&facts), Some((Money(750), Money(2))));
        let rounding = |draft: &RefundDraft| {
            let command = draft.command(&id("mira"), &facts, RefundAct::Record).unwrap();
            let Act::Refund(refund) = command.act else { panic!("{command:?}") };
            refund.rounding
        };
        assert_eq!(rounding(&draft), Money(2));
        draft.method = Some(Method::Bank);
        assert_eq!((rounding(&draft), draft.rounded(&facts)), (Money::ZERO, None));
    });
}

#[test]
fn reason_other_needs_text() {
    let mut draft = draft();
    draft.method = Some(Method::Other);
    draft.reason.choice = Some(Reason::Other);
    let errors = with(|facts, _| draft.check_payments(facts).unwrap_err());
    let expected = [(ReasonDraft::WORDS, Problem::Missing), (NOTE, Problem::Missing)];
    assert_eq!(errors.iter().cloned().collect::<Vec<_>>(), expected);
}

#[test]
fn a_user_who_may_not_record_requests_the_same_refund() {
    let mut draft = draft();
    draft.after = Some(AfterDraft::Stays);
    with(|facts, _| {
        let recorded = draft.command(&id("mira"), facts, RefundAct::Record).unwrap();
        let requested = draft.command(&id("mira"), facts, RefundAct::Request).unwrap();
        let (Act::Refund(a), Act::RequestRefund(b)) = (recorded.act, requested.act) else { panic!() };
        assert_eq!((a, recorded.id), (b, requested.id));
    });
}

#[test]
fn a_stored_draft_is_restored_unchanged() {
    let mut draft = draft();
    draft.after = Some(AfterDraft::Typed("1".into()));
    draft.clawback.refund = true;
    let stored = serde_json::to_string(&draft).unwrap();
    assert_eq!(serde_json::from_str::<RefundDraft>(&stored).unwrap(), draft);
}

#[test]
fn one_payment_that_the_processor_knows_can_be_refunded_online() {
    let currency = Currency { code: "GBP".into(), decimals: 2 };
    let online = |from, number: Option<&str>| Refundable {
        method: Some(Method::Online),
        reference: number.map(Into::into),
        ..row(from, false, 3000)
    };
    let cash = row("P-4", false, 3000);
    let rows =
        [online("P-1", Some("pi_1")), online("P-2", Some("ch_2")), online("P-3", Some("slip 7")), cash];
    let facts = |sends| RefundFacts {
        currency: &currency,
        coin: Money::ZERO,
        refundable: &rows,
        together: Money(12000),
        owed: Money::ZERO,
        returns: &[],
        sends,
    };
    let why = |marked: &[usize], sends| {
        let mut draft = RefundDraft::new(id("R-1"), id("O-1"));
        marked.iter().for_each(|at| draft.mark(&rows[*at], true));
        draft.online = true;
        (draft.why_not_online(&facts(sends)), draft.goes_online(&facts(sends)))
    };
    assert_eq!(why(&[0], true), (None, true));
    assert_eq!(why(&[0], false), (Some(NotOnline::NoProcessor), false));
    assert_eq!(why(&[0, 1], true), (Some(NotOnline::Several), false));
    assert_eq!(why(&[2], true), (Some(NotOnline::NoNumber), false));
    assert_eq!(why(&[0, 3], true), (Some(NotOnline::Several), false));
    assert_eq!(why(&[3], true), (Some(NotOnline::OtherWay), false));

    let mut draft = RefundDraft::new(id("R-1"), id("O-1"));
    draft.mark(&rows[0], true);
    draft.reason.choice = Some(Reason::ReturnedGoods);
    draft.after = Some(AfterDraft::Stays);
    // A draft that was issued by hand does not become one that is sent, and the other way round.
    (draft.online, draft.issued) = (true, true);
    let commands = draft.commands(&id("mira"), &facts(true), RefundAct::Record).unwrap();
    let [one] = commands.as_slice() else { panic!("{commands:?}") };
    let Act::Refund(refund) = &one.act else { panic!("{one:?}") };
    assert_eq!((refund.method, refund.reference.as_deref()), (Method::Online, None));
}
