//! Payment drafts against a small account.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::forms::Errors;
use ledger::date::Date;
use ledger::money::Currency;
use ledger::rate::Rate;
use ledger::rules::{Act, AllocationAsked, Command, RecordPayment, Tax};
use ledger::view::lot::{LotOrigin, LotRow};
use ledger::view::order::{OrderRow, OrderState};

mod charges;

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn order(name: &str, day: &str, owed: i64) -> OrderRow {
    OrderRow {
        id: id(name),
        no: None,
        on: Date::parse(day).unwrap(),
        actor: id("ana"),
        due: None,
        what: String::new(),
        state: OrderState::Unpaid,
        amount: Money(20_000),
        paid: Money(20_000 - owed),
        credited: Money::ZERO,
        written_off: Money::ZERO,
        owed: Money(owed),
        opening: false,
    }
}

fn lot(name: &str, os: i64) -> LotRow {
    LotRow {
        id: id(name),
        no: None,
        on: Date::parse("2026-01-01").unwrap(),
        actor: id("ana"),
        origin: LotOrigin::Granted,
        order: None,
        amount: Money(10_000),
        os: Money(os),
        left: Money::ZERO,
        uses: Vec::new(),
        reason: None,
        note: None,
    }
}

/// Mira owes 70.00 on O-2 and 30.00 on O-3, has paid O-1, and has credit lots of 5.00 and 20.00.
fn with<T>(check: impl FnOnce(&PaymentFacts<'_>) -> T) -> T {
    let orders =
        [order("O-3", "2026-02-20", 3000), order("O-2", "2026-02-10", 7000), order("O-1", "2026-02-01", 0)];
    let lots = [lot("C-2", 2000), lot("C-1", 500), lot("C-0", 0)];
    check(&PaymentFacts {
        customer: &id("mira"),
        currency: &Currency { code: "GBP".into(), decimals: 2 },
        coin: Money::ZERO,
        today: Date::parse("2026-03-02").unwrap(),
        due: &due(&orders),
        lots: &lots,
        no_charge: None,
    })
}

fn draft(towards: Towards) -> PaymentDraft {
    PaymentDraft::new(id("P-1"), towards)
}

fn payment(commands: &[Command]) -> &RecordPayment {
    match &commands.last().unwrap().act {
        Act::RecordPayment(payment) => payment,
        other => panic!("{other:?}"),
    }
}

fn errors(draft: &PaymentDraft) -> Errors {
    with(|facts| draft.commands(facts).unwrap_err())
}

#[test]
fn cash_that_is_too_little_can_be_a_part_payment_of_one_invoice() {
    with(|facts| {
        let mut short = draft(Towards::First);
        short.received = "50".into();
        assert_eq!(short.part_payment(facts), Some(Money(5_000)), "70.00 is owed");
        short.amount = Some("50.00".into());
        assert_eq!((short.part_payment(facts), short.change(facts)), (None, Some(Money::ZERO)));
        let commands = short.commands(facts).unwrap();
        assert_eq!(
            (payment(&commands).amount, payment(&commands).tendered),
            (Money(5_000), Some(Money(5_000)))
        );
        let several = Towards::Several(vec![share("O-2", "70")]);
        let several = PaymentDraft { received: "50".into(), ..draft(several) };
        assert_eq!(several.part_payment(facts), None, "which invoice gets less is not known");
    });
}

fn share(order: &str, amount: &str) -> Share {
    Share { order: id(order), amount: amount.into() }
}

#[test]
fn due_lists_orders_with_a_balance_oldest_first() {
    with(|facts| {
        let ids: Vec<&str> = facts.due.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["O-2", "O-3"]);
    });
    let same_day = [order("O-5", "2026-02-10", 100), order("O-4", "2026-02-10", 100)];
    let ids: Vec<String> = due(&same_day).iter().map(|row| row.id.to_string()).collect();
    assert_eq!(ids, ["O-4", "O-5"], "of one day in the order in which they were placed");
}

#[test]
fn an_unchanged_form_pays_the_first_balance_in_cash_today() {
    with(|facts| {
        let draft = draft(Towards::First);
        assert_eq!(draft.amount_text(facts), "70.00");
        let commands = draft.commands(facts).unwrap();
        assert_eq!(commands.len(), 1);
        assert_eq!((commands[0].id.as_str(), commands[0].on), ("P-1", None));
        let paid = payment(&commands);
        assert_eq!((paid.amount, paid.method, paid.eligible), (Money(7000), Method::Cash, true));
        assert_eq!(paid.allocations, [AllocationAsked { order: id("O-2"), amount: None }]);
        assert_eq!(draft.commands(facts).unwrap(), commands, "pressed twice: the same");
    });
}

#[test]
fn an_amount_above_the_balance_is_recorded_whole() {
    with(|facts| {
        let mut draft = draft(Towards::Order(id("O-3")));
        draft.amount = Some("50".into());
        let commands = draft.commands(facts).unwrap();
        assert_eq!(payment(&commands).amount, Money(5000));
        assert_eq!(payment(&commands).allocations, [AllocationAsked { order: id("O-3"), amount: None }]);
    });
}

#[test]
fn cash_gives_change_or_credit_on_request() {
    with(|facts| {
        let mut draft = draft(Towards::Order(id("O-2")));
        draft.received = "100".into();
        assert_eq!(draft.change(facts), Some(Money(3000)));
        let commands = draft.commands(facts).unwrap();
        assert_eq!(payment(&commands).amount, Money(7000));
        assert_eq!(payment(&commands).tendered, Some(Money(10_000)));

        draft.keep_change = true;
        assert_eq!(draft.change(facts), Some(Money::ZERO));
        assert_eq!(payment(&draft.commands(facts).unwrap()).amount, Money(10_000));

        draft.method = Method::Card;
        let commands = draft.commands(facts).unwrap();
        assert_eq!((payment(&commands).amount, payment(&commands).tendered), (Money(7000), None));
    });
    let mut short = draft(Towards::Order(id("O-2")));
    short.received = "50".into();
    assert_eq!(errors(&short), Errors::one(RECEIVED, Problem::CashTooLittle { amount: Money(7000) }));
}

#[test]
fn available_credit_is_used_before_money() {
    with(|facts| {
        let mut draft = draft(Towards::Order(id("O-2")));
        draft.use_credit = true;
        assert_eq!(draft.amount_text(facts), "45.00");
        let commands = draft.commands(facts).unwrap();
        let ids: Vec<&str> = commands.iter().map(|command| command.id.as_str()).collect();
        assert_eq!(ids, ["P-1-1", "P-1-2", "P-1"]);
        let plan: Vec<(String, Money)> =
            draft.credit_plan(facts).into_iter().map(|a| (a.lot.to_string(), a.amount)).collect();
        assert_eq!(
            plan,
            [("C-1".to_owned(), Money(500)), ("C-2".to_owned(), Money(2000))],
            "the oldest first"
        );
    });
}

#[test]
fn credit_that_covers_everything_needs_no_money() {
    let orders = [order("O-2", "2026-02-10", 1000)];
    let lots = [lot("C-1", 2500)];
    let (currency, customer) = (Currency { code: "GBP".into(), decimals: 2 }, id("mira"));
    let today = Date::parse("2026-03-02").unwrap();
    let coin = Money::ZERO;
    let facts = PaymentFacts {
        customer: &customer,
        currency: &currency,
        coin,
        today,
        due: &orders,
        lots: &lots,
        no_charge: None,
    };
    let mut draft = draft(Towards::First);
    draft.use_credit = true;
    assert_eq!(draft.amount_text(&facts), "0.00");
    let commands = draft.commands(&facts).unwrap();
    assert!(matches!(commands.as_slice(), [Command { act: Act::ApplyCredit(_), .. }]), "{commands:?}");
}

fn asked(order: &str, amount: i64) -> AllocationAsked {
    AllocationAsked { order: id(order), amount: Some(Money(amount)) }
}

#[test]
fn several_invoices_get_exactly_the_amounts_typed_for_them() {
    with(|facts| {
        let mut draft = draft(Towards::Several(vec![share("O-2", "40"), share("O-3", "10")]));
        assert_eq!(draft.amount_text(facts), "50.00", "the amount follows the shares");
        let both = [asked("O-2", 4000), asked("O-3", 1000)];
        assert_eq!(payment(&draft.commands(facts).unwrap()).allocations, both);

        draft.amount = Some("80".into());
        let commands = draft.commands(facts).unwrap();
        assert_eq!(payment(&commands).amount, Money(8000));
        assert_eq!(payment(&commands).allocations, both, "a larger amount does not change the shares");

        draft.amount = Some("5".into());
        let problem = Problem::SharesExceedAmount { amount: Money(500) };
        assert_eq!(draft.commands(facts).unwrap_err(), Errors::one(AMOUNT, problem));
    });
    let too_much = draft(Towards::Several(vec![share("O-3", "30.01")]));
    let problem = Problem::MoreThanOwed { most: Money(3000) };
    assert_eq!(errors(&too_much), Errors::one(Field::of(SHARE, "O-3"), problem));
    assert_eq!(errors(&draft(Towards::Several(vec![]))).of(&INVOICE), Some(&Problem::Missing));
}

#[test]
fn an_invoice_left_blank_gets_nothing() {
    let mut draft = draft(Towards::Several(vec![share("O-2", " "), share("O-3", "10")]));
    draft.amount = Some("25".into());
    with(|facts| {
        assert_eq!(payment(&draft.commands(facts).unwrap()).allocations, [asked("O-3", 1000)]);
    });
    let mut blank = draft.clone();
    blank.towards = Towards::Several(vec![share("O-2", ""), share("O-3", "")]);
    assert_eq!(errors(&blank), Errors::one(Field::of(SHARE, "O-2"), Problem::NoAmount));
}

#[test]
fn credit_settles_the_shares_before_the_payment_does() {
    with(|facts| {
        let mut draft = draft(Towards::Several(vec![share("O-2", "15"), share("O-3", "20")]));
        draft.use_credit = true;
        assert_eq!(draft.amount_text(facts), "10.00");
        let commands = draft.commands(facts).unwrap();
        assert_eq!(commands.len(), 4, "the first invoice takes from both lots");
        assert_eq!(payment(&commands).allocations, [asked("O-3", 1000)]);
    });
}

#[test]
fn a_walk_in_sale_and_its_payment_are_one_submission() {
    with(|facts| {
        let sale = Sale { text: "Puncture repair".into(), tax: TaxChoice::Inside, rate: "20".into() };
        let mut draft = draft(Towards::Sale(sale));
        draft.amount = Some("15".into());
        let commands = draft.commands(facts).unwrap();
        let [order, _] = commands.as_slice() else { panic!("{commands:?}") };
        let Act::PlaceOrder(placed) = &order.act else { panic!("{order:?}") };
        assert_eq!((placed.lines[0].unit, placed.lines[0].tax), (Money(1500), Tax::Inside(Rate(200_000))));
        assert_eq!(payment(&commands).allocations[0].order, order.id);
    });
    let empty = errors(&draft(Towards::Sale(Sale::default())));
    assert_eq!(empty.of(&WHAT), Some(&Problem::Missing));
    assert_eq!(empty.of(&AMOUNT), Some(&Problem::NoAmount));
}

#[test]
fn without_a_balance_an_amount_is_required() {
    assert_eq!(errors(&draft(Towards::Credit)), Errors::one(AMOUNT, Problem::NoAmount));
}

#[test]
fn method_other_needs_a_note_and_a_date_is_not_after_today() {
    let mut draft = draft(Towards::First);
    draft.method = Method::Other;
    draft.date = "2026-03-03".into();
    draft.reference = "4111 1111 1111 1111".into();
    let today = Date::parse("2026-03-02").unwrap();
    let expected =
        [(DATE, Problem::FutureDate { today }), (REFERENCE, Problem::CardNumber), (NOTE, Problem::Missing)];
    assert_eq!(errors(&draft).iter().cloned().collect::<Vec<_>>(), expected);
}

/// O-1 owes nothing, because 8.00 of it was written off; O-2 owes 70.00, and 5.00 of it was written off.
fn written_off<T>(check: impl FnOnce(&PaymentFacts<'_>) -> T) -> T {
    let orders = [
        OrderRow { written_off: Money(500), ..order("O-2", "2026-02-10", 7000) },
        OrderRow { written_off: Money(800), ..order("O-1", "2026-02-01", 0) },
    ];
    let due = due(&orders);
    with(|facts| check(&PaymentFacts { due: &due, ..*facts }))
}

#[test]
fn an_order_that_was_written_off_can_be_paid_by_money_and_not_by_credit() {
    written_off(|facts| {
        let ids: Vec<&str> = facts.due.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["O-2", "O-1"], "after those with a balance");
        assert_eq!(draft(Towards::First).amount_text(facts), "70.00");
        let mut late = draft(Towards::Order(id("O-1")));
        assert_eq!(late.amount_text(facts), "8.00");
        assert_eq!(payment(&late.commands(facts).unwrap()).amount, Money(800));
        late.use_credit = true;
        assert_eq!(late.credit_plan(facts), []);
        let mut several = draft(Towards::Several(vec![share("O-2", "75.00"), share("O-1", "8.00")]));
        let asked = |order: &str, amount| AllocationAsked { order: id(order), amount: Some(Money(amount)) };
        let commands = several.commands(facts).unwrap();
        assert_eq!(payment(&commands).allocations, [asked("O-2", 7500), asked("O-1", 800)]);
        several.towards = Towards::Several(vec![share("O-2", "75.01")]);
        assert!(several.commands(facts).is_err(), "more than is owed and was written off");
    });
}

#[test]
fn a_written_off_order_alone_is_not_paid_unless_it_is_chosen() {
    let orders = [OrderRow { written_off: Money(800), ..order("O-1", "2026-02-01", 0) }];
    let due = due(&orders);
    with(|facts| {
        let facts = PaymentFacts { due: &due, ..*facts };
        assert_eq!(first_due(facts.due), None);
        let mut draft = draft(Towards::First);
        draft.amount = Some("10.00".into());
        assert_eq!(payment(&draft.commands(&facts).unwrap()).allocations, []);
    });
}

#[test]
fn cash_is_rounded_to_the_smallest_coin_and_what_is_handed_over_is_posted() {
    let orders = [order("O-2", "2026-02-10", 752)];
    let due = due(&orders);
    with(|facts| {
        let facts = PaymentFacts { due: &due, coin: Money(5), ..*facts };
        let mut draft = draft(Towards::First);
        assert_eq!(draft.rounded(&facts), Some((Money(750), Money(2))));
        let posted = |draft: &PaymentDraft| match draft.commands(&facts).unwrap().pop().unwrap().act {
            Act::RecordPayment(asked) => (asked.amount, asked.rounding),
            other => panic!("{other:?}"),
        };
        assert_eq!(posted(&draft), (Money(752), Money(2)));
        // Cash received and change count with what is handed over.
        draft.received = "7.50".into();
        assert_eq!((draft.change(&facts), draft.part_payment(&facts)), (Some(Money::ZERO), None));
        assert_eq!(posted(&draft), (Money(752), Money(2)));
        draft.received = "7.45".into();
        let errors = draft.commands(&facts).unwrap_err();
        assert_eq!(errors.of(&RECEIVED), Some(&Problem::CashTooLittle { amount: Money(750) }));
        (draft.received, draft.keep_change) = ("10.00".into(), true);
        assert_eq!(posted(&draft), (Money(1_002), Money(2)));
        // Upwards, too; not by other methods, and not to nothing.
        let mut draft =
            PaymentDraft { amount: Some("7.53".into()), ..PaymentDraft::new(id("P-1"), Towards::Credit) };
        assert_eq!(draft.rounded(&facts), Some((Money(755), Money(-2))));
        draft.amount = Some("0.02".into());
        assert_eq!(draft.rounded(&facts), None);
        (draft.amount, draft.method) = (Some("7.53".into()), Method::Card);
        assert_eq!(draft.rounded(&facts), None);
    });
}

#[test]
fn of_two_invoices_due_on_one_day_the_lower_number_is_first() {
    let numbered = |id: &str, no: &str| OrderRow { no: Some(no.into()), ..order(id, "2026-02-10", 100) };
    let orders = [numbered("O-3", "AI-0010"), numbered("O-2", "AI-9"), numbered("O-1", "AI-0002")];
    let sorted: Vec<String> = due(&orders).into_iter().map(|row| row.id.to_string()).collect();
    assert_eq!(sorted, ["O-2", "O-1", "O-3"]);
}
