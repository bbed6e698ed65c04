//! Acts on one account, and the figures that follow from them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod counter;

use counter::{Counter, apply, date, grant, id, m, note_on, order, pay, refund, sold_by, taxed};
use ledger::account::CustomerDetails;
use ledger::code::{BookAccount, Code};
use ledger::decide::Decision;
use ledger::entry::{
    After, ChangeCustomer, Clawback, Contact, FromLot, Instalment, MAX_CONTACTS, MarkDuplicate, MoveMoney,
};
use ledger::method::Method;
use ledger::preview::{Change, Subject};
use ledger::refusal::Refusal;
use ledger::rules::{Act, PlanOrder, ProcessPayout, TransferCredit, Withdrawal, WriteOff};
use ledger::view::ageing::aged_as_one;
use ledger::view::customer::shown_as_one;
use ledger::view::history::{CustomerField, FieldChange};
use ledger::view::span::Span;

#[test]
fn a_payment_pays_its_orders_and_the_rest_becomes_a_lot() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(taxed(12_000)));
    counter.mira("O-2", Act::PlaceOrder(order(3_000)));
    counter.mira("P-1", Act::RecordPayment(pay(20_000, &[("O-1", Some(10_000)), ("O-2", None)])));
    assert_eq!((counter.owed("O-1"), counter.owed("O-2"), counter.os("P-1")), (2_000, 0, 7_000));
    assert_eq!(counter.total_of(Code::Cash), 20_000);
    assert_eq!(counter.total_of(Code::SalesTax), -2_000);
    counter.mira("A-1", Act::ApplyCredit(apply("P-1", "O-1", 2_000)));
    let row = counter.account().row();
    assert_eq!((row.owed, row.credit, row.oldest_due), (m(0), m(5_000), None));
}

#[test]
fn a_credit_says_where_it_went_and_a_payment_which_order_is_not_here() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(order(2_000)));
    counter.mira("C-1", Act::GrantCredit(grant(2_500)));
    counter.mira("A-1", Act::ApplyCredit(apply("C-1", "O-1", 1_500)));
    let from = vec![FromLot { lot: id("C-1"), amount: m(300) }];
    let (amount, method, rounding) = (m(300), Method::Bank, m(0));
    let (bank, payee, reference, note) = (None, None, None, None);
    let payout = ProcessPayout { amount, method, bank, from, payee, reference, note, rounding };
    counter.mira("X-1", Act::ProcessPayout(payout));
    let uses = |counter: &Counter| {
        let lots = counter.account().view(&counter.shop).lots;
        let lot = lots.into_iter().find(|row| row.id == id("C-1")).unwrap();
        lot.uses.into_iter().map(|used| (used.order, used.amount)).collect::<Vec<_>>()
    };
    assert_eq!(uses(&counter), [(Some(id("O-1")), m(1_500)), (None, m(300))]);
    counter.mira("W-1", Act::WithdrawRefund(Withdrawal { of: id("X-1") }));
    assert_eq!(uses(&counter), [(Some(id("O-1")), m(1_500))], "what was taken back is in the lot again");

    let here = |counter: &Counter| {
        let view = counter.account().view(&counter.shop);
        (view.awaited, view.payments[0].awaited.clone())
    };
    counter.mira("P-1", Act::RecordPayment(pay(500, &[("O-1", None)])));
    assert_eq!(here(&counter), (vec![], vec![]));
    let mut apart = Counter::new();
    let of = |name: &str| counter.entries.iter().find(|entry| entry.id == id(name)).unwrap().clone();
    apart.record(of("P-1"));
    assert_eq!(here(&apart), (vec![id("O-1")], vec![id("O-1")]));
    apart.record(of("O-1"));
    assert_eq!(here(&apart), (vec![], vec![]));
}

#[test]
fn owed_after_determines_the_credit_leg() {
    for (after, owed, credited) in [
        (After::Stays, 7_000, 2_000),
        (After::Reopens, 9_000, 0),
        (After::Amount(m(0)), 0, 9_000),
        (After::Amount(m(8_000)), 8_000, 1_000),
    ] {
        let mut counter = Counter::new();
        counter.mira("O-1", Act::PlaceOrder(taxed(12_000)));
        counter.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
        counter.mira("R-1", Act::Refund(refund("O-1", &[("P-1", 2_000)], after)));
        assert_eq!(counter.owed("O-1"), owed, "{after:?}");
        let view = counter.account().order(&id("O-1"), &counter.shop).unwrap();
        assert_eq!(view.row.credited, m(credited));
        assert_eq!(view.refunds[0].credit, m(credited));
        assert_eq!(counter.total_of(Code::Cash), 3_000);
    }
}

#[test]
fn a_preview_shows_what_recording_would_do_and_changes_nothing() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(sold_by("pat", taxed(12_000))));
    counter.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
    let mut asked = refund("O-1", &[("P-1", 5_000)], After::Amount(m(0)));
    asked.clawback = Clawback { refund: true, credit: true };
    let shown = counter.preview(&counter.command(Some("mira"), "R-1", Act::Refund(asked))).unwrap();
    assert_eq!(shown.credit_leg, m(12_000));
    let change = |subject, before, after| Change { subject, before: m(before), after: m(after) };
    let expected = [
        change(Subject::Owed, 7_000, 0),
        change(Subject::Credit, 0, 0),
        change(Subject::OrderOwed(id("O-1")), 7_000, 0),
        change(Subject::Money(BookAccount::drawer("A")), 5_000, 0),
        change(Subject::Sale(id("O-1")), 12_000, 0),
        change(Subject::Tax(id("O-1")), 2_000, 0),
        change(Subject::Payable(id("pat")), 417, 0),
    ];
    assert_eq!(shown.changes, expected);
    assert_eq!(counter.owed("O-1"), 7_000);
}

#[test]
fn a_preview_of_a_request_shows_what_approving_it_would_do() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(taxed(12_000)));
    counter.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
    let asked = refund("O-1", &[("P-1", 5_000)], After::Stays);
    let recorded =
        counter.preview(&counter.command(Some("mira"), "R-1", Act::Refund(asked.clone()))).unwrap();
    let requested =
        counter.preview(&counter.command(Some("mira"), "R-1", Act::RequestRefund(asked))).unwrap();
    assert_eq!(requested, recorded);
    assert_eq!(counter.owed("O-1"), 7_000);
}

#[test]
fn a_preview_of_an_order_shows_its_total_and_the_tax_in_it() {
    let counter = Counter::new();
    let placed = counter.command(Some("mira"), "O-1", Act::PlaceOrder(sold_by("pat", taxed(12_000))));
    let change = |subject, after| Change { subject, before: m(0), after: m(after) };
    let expected = [
        change(Subject::Owed, 12_000),
        change(Subject::Credit, 0),
        change(Subject::OrderOwed(id("O-1")), 12_000),
        change(Subject::Sale(id("O-1")), 12_000),
        change(Subject::Tax(id("O-1")), 2_000),
    ];
    assert_eq!(counter.preview(&placed).unwrap().changes, expected);
}

#[test]
fn credit_beyond_what_is_owed_is_released_into_a_lot() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(taxed(6_000)));
    counter.mira("P-1", Act::RecordPayment(pay(6_000, &[("O-1", None)])));
    counter.mira("N-1", Act::CreditNote(note_on("O-1", 2_400)));
    assert_eq!((counter.owed("O-1"), counter.os("N-1")), (0, 2_400));
    let view = counter.account().order(&id("O-1"), &counter.shop).unwrap();
    assert_eq!(view.refundable_total, m(3_600));
    assert_eq!(view.credits[0].amount, m(2_400));
}

/// What is recovered shows in the preview as a sale that grows, and in the statement as charged and as paid.
#[test]
fn a_payment_that_recovers_a_write_off_shows_both_sides() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(order(10_000)));
    counter.mira("P-1", Act::RecordPayment(pay(1_000, &[("O-1", None)])));
    let (amount, reason) = (m(6_000), Some("moved away".into()));
    counter.mira("W-1", Act::WriteOff(WriteOff { of: id("O-1"), amount, reason }));
    assert_eq!((counter.owed("O-1"), counter.total_of(Code::WriteOffs)), (3_000, 6_000));
    let act = Act::RecordPayment(pay(9_500, &[("O-1", None)]));
    let shown = counter.preview(&counter.command(Some("mira"), "P-2", act.clone())).unwrap();
    assert_eq!((shown.left_over, shown.recovered), (m(500), m(6_000)));
    let change = |subject, before, after| Change { subject, before: m(before), after: m(after) };
    assert!(shown.changes.contains(&change(Subject::Sale(id("O-1")), 4_000, 10_000)), "{shown:?}");
    counter.mira("P-2", act);
    assert_eq!((counter.owed("O-1"), counter.os("P-2")), (0, 500));
    assert_eq!(counter.total_of(Code::WriteOffs), 0);
    let statement = counter.books[&id("mira")].statement(&counter.shop.seals, Span::default());
    let row = statement.rows.last().unwrap();
    assert_eq!((row.charged, row.paid, row.given), (m(6_000), m(9_000), m(500)));
    assert_eq!((row.after.owed, row.after.credit), (m(0), m(500)));
    assert_eq!(statement.rows.len(), 4);
}

/// Both entries or none; the preview shows the side of the giver.
#[test]
fn a_transfer_is_an_entry_in_each_account() {
    let mut counter = Counter::new();
    counter.mira("C-1", Act::GrantCredit(grant(2_500)));
    let asked = |reason: &str| {
        let (lot, to, reason) = (id("C-1"), id("tom"), Some(reason.into()));
        Act::TransferCredit(TransferCredit { lot, amount: m(1_000), to, reason })
    };
    let shown = counter.preview(&counter.command(Some("mira"), "T-1", asked("family"))).unwrap();
    let change = |subject, before, after| Change { subject, before: m(before), after: m(after) };
    assert_eq!(shown.changes, [change(Subject::Owed, 0, 0), change(Subject::Credit, 2_500, 1_500)]);
    let Ok(Decision::RecordBoth(both)) = counter.ask(Some("mira"), "T-1", asked("family")) else {
        panic!("two entries");
    };
    let sides = both.each_ref().map(|entry| (entry.id.as_str(), entry.customer.clone()));
    assert_eq!(sides, [("T-1-given", Some(id("mira"))), ("T-1", Some(id("tom")))]);
    assert_eq!((counter.os("C-1"), counter.total_of(Code::CreditTransit)), (1_500, 0));
    let received = counter.books[&id("tom")].account();
    assert_eq!(received.lots().collect::<Vec<_>>(), [(&id("T-1"), m(1_000), m(1_000))]);
    assert_eq!(received.between(), m(1_000));
    assert_eq!(counter.ask(Some("mira"), "T-1", asked("family")), Ok(Decision::Already));
    assert_eq!(counter.refuses("T-1", asked("x")), Refusal::IdTaken { id: id("T-1") });
    let long = "x".repeat(60);
    assert_eq!(counter.refuses(&long, asked("x")).name(), "OverLimit");
}

/// The row has the new values, the history the old ones.
#[test]
fn changes_of_a_customer_keep_the_old_values_in_the_history() {
    let mut counter = Counter::new();
    let changed = |phone: &str, email: Option<&str>| {
        let (phone, email) = (Some(phone.to_owned()), email.map(str::to_owned));
        Act::ChangeCustomer(ChangeCustomer { phone, email, ..ChangeCustomer::of(id("mira")) })
    };
    counter.mira("G-1", changed("1", Some("m@example.net")));
    counter.mira("G-2", changed("", Some("m@example.net")));
    let row = counter.account().row();
    assert_eq!((row.phone, row.email.as_deref()), (None, Some("m@example.net")));
    let history = counter.account().view(&counter.shop).history;
    let change =
        |field, before: &str, after: &str| FieldChange { field, before: before.into(), after: after.into() };
    assert_eq!(history[0].changes, [change(CustomerField::Phone, "1", "")]);
    let first = [change(CustomerField::Phone, "", "1"), change(CustomerField::Email, "", "m@example.net")];
    assert_eq!(history[1].changes, first);
    assert_eq!(history[2].changes, []);
}

/// Address, tax number, language and contact persons are changed like the other fields.
#[test]
fn details_of_a_customer_are_those_of_the_last_change() {
    let mut counter = Counter::new();
    let contact = |name: &str| Contact { name: name.into(), ..Contact::default() };
    let of_mira = || ChangeCustomer::of(id("mira"));
    let (address, tax_number) = (Some("1 High Street\nAnytown".to_owned()), Some("GB 1".to_owned()));
    let contacts = Some(vec![contact("Ann Lee"), contact("Bo Hart")]);
    counter.mira("G-1", Act::ChangeCustomer(ChangeCustomer { address, tax_number, contacts, ..of_mira() }));
    let (tax_number, language) = (Some(String::new()), Some("de".to_owned()));
    let contacts = Some(vec![contact("Bo Hart")]);
    counter.mira("G-2", Act::ChangeCustomer(ChangeCustomer { tax_number, language, contacts, ..of_mira() }));
    let view = counter.account().view(&counter.shop);
    let details = CustomerDetails {
        address: "1 High Street\nAnytown".into(),
        tax_number: String::new(),
        language: "de".into(),
        contacts: vec![contact("Bo Hart")],
        no_mail: false,
    };
    assert_eq!(view.details, details);
    let fields: Vec<_> = view.history[0].changes.iter().map(|change| change.field).collect();
    assert_eq!(fields, [CustomerField::TaxNumber, CustomerField::Language, CustomerField::Contacts]);
    assert_eq!(view.history[0].changes[2].before, "Ann Lee, Bo Hart");
    let no_mail = |no_mail| Act::ChangeCustomer(ChangeCustomer { no_mail: Some(no_mail), ..of_mira() });
    counter.mira("G-4", no_mail(true));
    let view = counter.account().view(&counter.shop);
    assert!(view.details.no_mail && view.details.language == "de");
    let fields: Vec<_> = view.history[0].changes.iter().map(|change| change.field).collect();
    assert_eq!(fields, [CustomerField::NoMail]);
    counter.mira("G-5", no_mail(false));
    assert!(!counter.account().view(&counter.shop).details.no_mail);
    let contacts = Some(vec![contact("x"); MAX_CONTACTS + 1]);
    let refused = counter.refuses("G-3", Act::ChangeCustomer(ChangeCustomer { contacts, ..of_mira() }));
    assert_eq!(refused.name(), "OverLimit");
}

/// The figures of a duplicate are in the row of the customer that is kept; every sum stays.
#[test]
fn a_duplicate_is_shown_with_the_customer_that_is_kept() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(order(1_000)));
    counter.ok(Some("tom"), "O-2", Act::PlaceOrder(order(500)));
    let rows = |counter: &Counter| {
        let rows = counter.books.values().map(|book| book.account().row()).collect();
        let shown = shown_as_one(rows, &counter.shop).into_iter();
        shown.map(|row| (row.id.to_string(), row.owed.0)).collect::<Vec<_>>()
    };
    let mark = |customer, of| Act::MarkDuplicate(MarkDuplicate { customer: id(customer), of: id(of) });
    assert_eq!(rows(&counter), [("mira".to_owned(), 1_000), ("tom".to_owned(), 500)]);
    counter.ok(None, "D-1", mark("tom", "mira"));
    assert_eq!(rows(&counter), [("mira".to_owned(), 1_500)]);
    counter.ok(None, "D-2", mark("tom", "tom"));
    counter.ok(None, "D-3", mark("mira", "tom"));
    assert_eq!(rows(&counter), [("tom".to_owned(), 1_500)]);
    let aged = counter.books.values().map(|book| book.ageing(&counter.shop.seals, date("2026-03-02")));
    let aged = aged_as_one(aged.collect(), &counter.shop);
    let shown = aged.iter().map(|one| (one.customer.as_str(), one.orders.len(), one.sums.total().0));
    assert_eq!(shown.collect::<Vec<_>>(), [("tom", 2, 1_500)]);
    let json = serde_json::to_string(&counter.shop).unwrap();
    assert_eq!(serde_json::from_str::<ledger::shop::Shop>(&json).unwrap(), counter.shop);
}

/// An order that is planned after a day had its own due date at the end of that day.
#[test]
fn ageing_follows_the_plan_of_the_day() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(order(9_000)));
    let part = |due, amount| Instalment { due: date(due), amount: m(amount) };
    let instalments = vec![part("2026-01-01", 4_000), part("2026-04-01", 5_000)];
    counter.today = date("2026-03-20");
    counter.mira("L-1", Act::PlanOrder(PlanOrder { order: id("O-1"), instalments }));
    counter.mira("P-1", Act::RecordPayment(pay(1_000, &[("O-1", None)])));
    let rows = |day| {
        let aged = counter.books[&id("mira")].ageing(&counter.shop.seals, date(day));
        aged.orders.iter().map(|row| (row.due.to_string(), row.days, row.owed.0)).collect::<Vec<_>>()
    };
    assert_eq!(rows("2026-03-12"), [("2026-03-02".to_owned(), 10, 9_000)]);
    let planned = [("2026-01-01".to_owned(), 78, 3_000), ("2026-04-01".to_owned(), -12, 5_000)];
    assert_eq!(rows("2026-03-20"), planned);
    let view = counter.account().order(&id("O-1"), &counter.shop).unwrap();
    assert_eq!(view.row.due, Some(date("2026-01-01")));
    let open: Vec<_> = view.instalments.iter().map(|row| (row.amount.0, row.open.0)).collect();
    assert_eq!(open, [(4_000, 3_000), (5_000, 5_000)]);
    assert_eq!(counter.account().row().oldest_due, Some(date("2026-01-01")));
}

#[test]
fn a_drawer_that_would_be_below_zero_is_a_warning() {
    let mut counter = Counter::new();
    counter.mira("P-1", Act::RecordPayment(pay(1_000, &[])));
    let moved = |amount| {
        let (from, to) = (BookAccount::drawer("A"), BookAccount::of_party(Code::Bank, "Bank"));
        Act::MoveMoney(MoveMoney { from, to, amount: m(amount), fee: None, note: None })
    };
    let below =
        |counter: &Counter, act| counter.preview(&counter.command(None, "M-1", act)).unwrap().below_zero;
    assert_eq!(below(&counter, moved(1_000)), []);
    assert_eq!(below(&counter, moved(1_001)), [BookAccount::drawer("A")]);
    counter.ok(None, "M-1", moved(1_001));
}

#[test]
fn the_same_command_twice_posts_once() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(order(8_000)));
    let command = || Act::RecordPayment(pay(5_000, &[("O-1", None)]));
    counter.mira("P-1", command());
    assert_eq!(counter.ask(Some("mira"), "P-1", command()), Ok(Decision::Already));
    let other = Act::RecordPayment(pay(5_001, &[("O-1", None)]));
    assert_eq!(counter.refuses("P-1", other), Refusal::IdTaken { id: id("P-1") });
    let elsewhere = counter.ask(Some("tom"), "P-1", Act::RecordPayment(pay(5_000, &[])));
    assert_eq!(elsewhere, Err(Refusal::IdTaken { id: id("P-1") }));
    counter.mira("C-1", Act::GrantCredit(grant(100)));
    assert_eq!(counter.ask(Some("mira"), "C-1", Act::GrantCredit(grant(100))), Ok(Decision::Already));
}

#[test]
fn the_shop_round_trips_through_its_cache() {
    let mut counter = Counter::new();
    counter.mira("O-1", Act::PlaceOrder(sold_by("up", order(8_000))));
    counter.mira("P-1", Act::RecordPayment(pay(5_000, &[("O-1", None)])));
    let json = serde_json::to_string(&counter.shop).unwrap();
    let read: ledger::shop::Shop = serde_json::from_str(&json).unwrap();
    assert_eq!(read, counter.shop);
    assert_eq!(read.balance(&BookAccount::drawer("A")), m(5_000));
    assert_eq!(read.balance(&BookAccount::of_party(Code::CommissionAccrued, "up")), m(-300));
}
