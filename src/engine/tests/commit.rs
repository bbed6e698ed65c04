//! One tab, one commit after another.

use super::acts::*;
use crate::engine::{Engine, NotRecorded};
use crate::store::{Fault, Memory, Store};
use journal::Press;
use ledger::account::Status;
use ledger::code::{BookAccount, Code};
use ledger::entry::{After, ChangeCustomer, Contact, FromLot};
use ledger::method::Method;
use ledger::money::Money;
use ledger::preview::Subject;
use ledger::refusal::Refusal;
use ledger::rules::{Act, AllocationAsked, ApplyCredit, ProcessPayout, Rejection, WriteOff};

#[test]
fn a_new_book_opens_with_its_shop_and_owner() {
    let (store, engine) = shop();
    assert_eq!(lines(&engine).len(), 3);
    let again = tab(&store);
    assert_eq!(again.shop().name, "Corner Shop");
    assert_eq!(again.shop().owner, Some(id("ana")));
    assert_eq!(again.device().letter, "A");
}

#[test]
fn a_clerk_records_an_order_a_payment_and_a_refund() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira")]);
    let placed = record(&engine, &[order("o-1", "mira", 12_000)]).remove(0);
    assert_eq!((placed.no.as_deref(), placed.already), (Some("AI-0001"), false));
    assert_eq!(placed.before.unwrap().owed, Money(0));
    assert_eq!(placed.after.unwrap().owed, Money(12_000));
    record(&engine, &[payment("p-1", "mira", 5_000, Method::Cash, &["o-1"])]);
    let back = refund("o-1", "p-1", 2_000, After::Amount(Money(7_000)));
    let refunded = record(&engine, &[act("r-1", Some("mira"), Act::Refund(back))]).remove(0);
    assert_eq!(refunded.no.as_deref(), Some("AR-0001"));
    assert_eq!(refunded.after.unwrap().owed, Money(7_000));
    assert_eq!(engine.shop().balance(&BookAccount::drawer("A")), Money(3_000));
    assert_eq!(engine.order(&id("mira"), &id("o-1")).unwrap().row.owed, Money(7_000));
    assert_eq!(lines(&engine).len(), 7);
}

#[test]
fn every_commit_updates_the_counters_figures() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 12_000)]);
    record(&engine, &[payment("p-1", "mira", 5_000, Method::Cash, &["o-1"])]);
    record(&engine, &[payment("p-2", "mira", 9_000, Method::Card, &["o-1"])]);
    record(&engine, &[act("r-1", Some("mira"), Act::Refund(refund("o-1", "p-1", 1_000, After::Stays)))]);
    let figures = engine.figures(today());
    assert_eq!(figures.taken, Money(14_000));
    assert_eq!(figures.taken_by, [(Method::Card, Money(9_000)), (Method::Cash, Money(5_000))]);
    assert_eq!((figures.given_back, figures.refunds), (Money(1_000), 1));
    assert_eq!((figures.owed, figures.owing, figures.credit), (Money(0), 0, Money(2_000)));
    assert_eq!(tab(&store).figures(today()), figures);
}

#[test]
fn a_press_of_too_many_entries_records_none_of_them() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira")]);
    let orders = |count| (0..count).map(|at| order(&format!("o-{at}"), "mira", 100)).collect::<Vec<_>>();
    assert_eq!(commit(&engine, &orders(257)).recorded, Err(NotRecorded::Fault(Fault::TooMany)));
    assert_eq!((lines(&engine).len(), now(engine.store().entries("mira")).unwrap().len()), (4, 1));
    assert_eq!(record(&engine, &orders(256)).len(), 256);
}

#[test]
fn a_reversed_payment_is_not_counted_as_taken() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira"), payment("p-1", "mira", 5_000, Method::Check, &[])]);
    let reversal = ledger::rules::Reversal { of: id("p-1"), reason: Some("bounced".into()) };
    record(&engine, &[act("x-1", Some("mira"), Act::ReversePayment(reversal))]);
    let figures = engine.figures(today());
    assert_eq!((figures.taken, figures.credit), (Money(0), Money(0)));
}

#[test]
fn owed_amounts_move_to_older_age_groups() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 100), order("o-2", "mira", 50)]);
    let by_age = |text| engine.figures(day(text)).by_age.map(|sum| sum.0);
    assert_eq!(by_age("2026-03-02"), [150, 0, 0, 0, 0]);
    assert_eq!(by_age("2026-04-01"), [0, 150, 0, 0, 0]);
    assert_eq!(by_age("2026-07-01"), [0, 0, 0, 0, 150]);
}

#[test]
fn a_repeated_commit_writes_nothing_and_reports_it() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira")]);
    let first = record(&engine, &[order("o-1", "mira", 12_000)]).remove(0);
    let committed = commit(&engine, &[order("o-1", "mira", 12_000)]);
    assert!(!committed.changed.any);
    let again = &committed.recorded.unwrap()[0];
    assert_eq!((again.already, &again.no, &again.entry), (true, &first.no, &first.entry));
    assert_eq!(lines(&engine).len(), 5);
}

#[test]
fn an_id_used_on_another_account_is_refused() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), customer("bob"), order("o-1", "mira", 100)]);
    // A new tab has read neither account, so it must look the id up in the store.
    let taken = commit(&tab(&store), &[order("o-1", "bob", 100)]);
    assert_eq!(taken.recorded, Err(NotRecorded::Refused(Refusal::IdTaken { id: id("o-1") })));
}

#[test]
fn several_acts_are_recorded_together_or_not_at_all() {
    let (_, engine) = shop();
    let whole = [
        customer("mira"),
        order("o-1", "mira", 12_000),
        payment("p-1", "mira", 12_000, Method::Cash, &["o-1"]),
    ];
    assert_eq!(record(&engine, &whole).len(), 3);
    let presses: Vec<_> = lines(&engine)
        .iter()
        .filter(|line| line.contains("\"press\":"))
        .filter_map(|line| journal::Line::parse(line.as_bytes()).unwrap().press)
        .collect();
    assert!(presses.ends_with(&[Press(1, 3), Press(2, 3), Press(3, 3)]), "{presses:?}");
    let torn = [order("o-2", "mira", 500), payment("p-2", "mira", 0, Method::Cash, &["o-2"])];
    assert_eq!(commit(&engine, &torn).recorded, Err(NotRecorded::Refused(Refusal::AmountNotPositive)));
    assert_eq!(lines(&engine).len(), 6);
    assert_eq!(engine.figures(today()).owed, Money(0));
    assert_eq!(record(&engine, &[order("o-3", "mira", 5)])[0].no.as_deref(), Some("AI-0002"));
}

#[test]
fn a_waiting_refund_is_in_the_queue_until_it_is_complete() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 100)]);
    record(&engine, &[payment("p-1", "mira", 100, Method::Cash, &["o-1"])]);
    let asked = refund("o-1", "p-1", 40, After::Stays);
    record(&engine, &[act("r-1", Some("mira"), Act::RequestRefund(asked))]);
    let statuses =
        |rows: Vec<ledger::view::refund::RefundRow>| rows.iter().map(|row| row.status).collect::<Vec<_>>();
    assert_eq!(statuses(queue(&engine)), [Status::Requested]);
    record(&engine, &[act("a-1", Some("mira"), Act::ApproveRefund(id("r-1")))]);
    assert_eq!(statuses(queue(&engine)), [Status::Recorded]);
    assert_eq!(queue(&tab(&store)), queue(&engine));
    record(&engine, &[act("h-1", Some("mira"), Act::HandOver(id("r-1")))]);
    assert_eq!(queue(&engine), []);
    assert_eq!(queue(&tab(&store)), []);
}

#[test]
fn the_latest_refunds_are_those_that_wait_for_nothing_with_the_reason_of_a_rejection() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 100)]);
    record(&engine, &[payment("p-1", "mira", 100, Method::Cash, &["o-1"])]);
    for (request, amount) in [("r-1", 20), ("r-2", 30)] {
        let asked = refund("o-1", "p-1", amount, After::Stays);
        record(&engine, &[act(request, Some("mira"), Act::RequestRefund(asked))]);
    }
    let latest = |engine: &Engine<Memory>, limit| {
        let rows = now(engine.latest_refunds(limit)).unwrap();
        rows.into_iter().map(|row| (row.id.to_string(), row.rejected)).collect::<Vec<_>>()
    };
    assert_eq!(latest(&engine, 9), [], "both are requested");
    let no = Rejection { of: id("r-1"), reason: Some(" no receipt ".into()) };
    record(&engine, &[act("n-1", Some("mira"), Act::RejectRefund(no))]);
    record(&engine, &[act("a-1", Some("mira"), Act::ApproveRefund(id("r-2")))]);
    let rejected = ("r-1".to_owned(), Some("no receipt".to_owned()));
    assert_eq!(latest(&engine, 9), std::slice::from_ref(&rejected), "the other has to be handed over");
    record(&engine, &[act("h-1", Some("mira"), Act::HandOver(id("r-2")))]);
    assert_eq!(latest(&tab(&store), 9), [("r-2".into(), None), rejected]);
    assert_eq!(latest(&engine, 1), [("r-2".into(), None)]);
}

#[test]
fn documents_are_found_by_number_and_reference() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 100), order("o-2", "mira", 100)]);
    let found = |text| {
        let hits = now(engine.documents(text, 9)).unwrap();
        hits.into_iter().map(|hit| (hit.id.to_string(), hit.name))
    };
    assert_eq!(found("ai-0002").collect::<Vec<_>>(), [("o-2".into(), "mira".into())]);
    for part in ["2", "02", "0002", "ai2", "AI 0002", "i2"] {
        let hits: Vec<_> = found(part).map(|(id, _)| id).collect();
        assert_eq!(hits, if part == "2" { vec![] } else { vec!["o-2".to_owned()] }, "{part}");
    }
    assert_eq!(found(" REF o").count(), 2);
    assert_eq!(found("").count(), 0);
}

#[test]
fn a_company_is_found_by_its_contact_persons() {
    let (_, engine) = shop();
    record(&engine, &[customer("palmer")]);
    let dee = Contact {
        name: "Dee Okafor".into(),
        role: None,
        phone: Some("020 7946-0011".into()),
        email: Some("Dee@palmer.example".into()),
    };
    let change = ChangeCustomer { contacts: Some(vec![dee]), ..ChangeCustomer::of(id("palmer")) };
    record(&engine, &[act("c-1", Some("palmer"), Act::ChangeCustomer(change))]);
    for text in ["dee ok", "OKAFOR", "dee@palmer", "02079460011", "020 7946 00"] {
        let hits = now(engine.documents(text, 9)).unwrap();
        let found: Vec<_> = hits.iter().map(|hit| (hit.name.as_str(), hit.no.as_deref())).collect();
        assert_eq!(found, [("palmer", None)], "{text}");
    }
    assert_eq!(now(engine.documents("kafor", 9)).unwrap().len(), 0);
}

#[test]
fn a_preview_writes_nothing_and_shows_what_recording_would_do() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 100)]);
    let asked = payment("p-1", "mira", 130, Method::Cash, &["o-1"]);
    let preview = engine.preview(&asked, &author()).unwrap();
    assert_eq!(preview.left_over, Money(30));
    assert_eq!(lines(&engine).len(), 5);
    let unread = payment("p-1", "bob", 130, Method::Cash, &[]);
    assert_eq!(
        engine.preview(&unread, &author()).err(),
        Some(Refusal::UnknownCustomer { customer: id("bob") })
    );
}

#[test]
fn the_preview_of_several_commands_is_what_recording_them_gives() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 10_000), order("o-2", "mira", 7_200)]);
    record(&engine, &[payment("p-0", "mira", 1_000, Method::Card, &[])]);
    let apply = ApplyCredit { lot: id("p-0"), to: id("o-1"), amount: Money(1_000), eligible: None };
    let mut paid = payment("p-1", "mira", 8_000, Method::Cash, &[]);
    let Act::RecordPayment(asked) = &mut paid.act else { panic!("{paid:?}") };
    asked.allocations = [("o-1", 2_000), ("o-2", 2_000)]
        .map(|(order, amount)| AllocationAsked { order: id(order), amount: Some(Money(amount)) })
        .to_vec();
    let commands = [act("p-1-1", Some("mira"), Act::ApplyCredit(apply)), paid];

    let preview = engine.preview_all(&commands, &author()).unwrap();
    let figures = |subject| {
        let change = preview.changes.iter().find(|change| change.subject == subject).unwrap();
        (change.before, change.after)
    };
    assert_eq!(figures(Subject::Owed), (Money(17_200), Money(12_200)));
    assert_eq!(figures(Subject::OrderOwed(id("o-1"))), (Money(10_000), Money(7_000)));
    assert_eq!(figures(Subject::Credit), (Money(1_000), Money(4_000)));
    assert_eq!(figures(Subject::Money(BookAccount::drawer("A"))), (Money(0), Money(8_000)));
    assert_eq!(preview.left_over, Money(4_000));

    let after = record(&engine, &commands).pop().unwrap().after.unwrap();
    assert_eq!((after.owed, after.credit), (Money(12_200), Money(4_000)));
    let unknown = engine.preview_all(&[payment("p-2", "ben", 100, Method::Cash, &["o-9"])], &author());
    assert!(matches!(unknown, Err(NotRecorded::Refused(Refusal::UnknownCustomer { .. }))), "{unknown:?}");
}

#[test]
fn an_account_that_is_not_in_memory_has_no_preview() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira")]);
    let other = tab(&store);
    let paid = [payment("p-1", "mira", 500, Method::Cash, &[])];
    let unknown = Refusal::UnknownCustomer { customer: id("mira") };
    assert_eq!(other.preview_all(&paid, &author()), Err(unknown.into()));
    now(other.open_account(&id("mira"))).unwrap();
    assert!(other.preview_all(&paid, &author()).is_ok());
}

#[test]
fn a_transfer_changes_two_accounts_in_one_press() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), customer("tom"), order("o-t", "tom", 3_000)]);
    record(&engine, &[payment("p-1", "mira", 5_000, Method::Card, &[])]);
    let given = record(&engine, &[transfer("t-1", "p-1", 2_000, "mira", "tom")]).remove(0);
    assert_eq!((given.before.unwrap().credit, given.after.unwrap().credit), (Money(5_000), Money(3_000)));
    let credit = |engine: &Engine<Memory>, name| engine.rows()[&id(name)].row.credit;
    assert_eq!((credit(&engine, "mira"), credit(&engine, "tom")), (Money(3_000), Money(2_000)));
    // Both lines say their place in the press, and nothing stands between customers afterwards.
    let lines = lines(&engine);
    let press = |line: &String| journal::Line::parse(line.as_bytes()).unwrap().press;
    let [.., one, two] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!([press(one), press(two)], [1, 2].map(|part| Some(Press(part, 2))));
    let between = (Code::CreditTransit.into(), String::new(), "2026-03-02".to_owned());
    assert_eq!(now(store.totals(&[between])).unwrap(), [0]);
    // The same command again writes nothing; the receiver can use the lot, and another tab sees both accounts.
    assert!(record(&engine, &[transfer("t-1", "p-1", 2_000, "mira", "tom")])[0].already);
    let apply = ApplyCredit { lot: id("t-1"), to: id("o-t"), amount: Money(2_000), eligible: None };
    record(&engine, &[act("a-1", Some("tom"), Act::ApplyCredit(apply))]);
    let other = tab(&store);
    assert_eq!((credit(&other, "mira"), credit(&other, "tom")), (Money(3_000), Money(0)));
    assert_eq!(other.rows()[&id("tom")].row.owed, Money(1_000));
    let refused = commit(&other, &[transfer("t-2", "p-1", 3_001, "mira", "tom")]).recorded;
    assert!(matches!(refused, Err(NotRecorded::Refused(Refusal::CreditExceedsOutstanding { .. }))));
}

#[test]
fn rounded_cash_is_previewed_and_moves_the_drawer_by_what_is_received() {
    let (store, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 752), order("o-2", "mira", 1_003)]);
    let paid =
        [rounded_payment("p-1", "mira", 752, 2, "o-1"), rounded_payment("p-2", "mira", 1_003, -2, "o-2")];
    let refused = engine.preview_all(&paid, &author());
    assert!(matches!(refused, Err(NotRecorded::Refused(Refusal::RoundingOutOfRange { .. }))), "{refused:?}");
    record(&engine, &[coin("coin", 5)]);
    assert_eq!(engine.preview_all(&paid[..1], &author()).unwrap().rounding, Money(2));
    let preview = engine.preview_all(&paid, &author()).unwrap();
    assert_eq!((preview.rounding, preview.left_over), (Money(0), Money(0)));
    let after = record(&engine, &paid).pop().unwrap().after.unwrap();
    assert_eq!((after.owed, after.credit), (Money(0), Money(0)));
    assert_eq!(engine.shop().balance(&BookAccount::drawer("A")), Money(1_755));
    assert_eq!(engine.figures(today()).taken, Money(1_755));
    // The coin is cached with the shop.
    assert_eq!(tab(&store).shop().coin, Money(5));
}

#[test]
fn the_preview_of_several_commands_adds_up_what_they_recover_and_return() {
    let (_, engine) = shop();
    record(&engine, &[customer("mira"), order("o-1", "mira", 1_000), order("o-2", "mira", 500)]);
    let off = |name, order, amount| {
        let off = WriteOff { of: id(order), amount: Money(amount), reason: Some("gone".into()) };
        act(name, Some("mira"), Act::WriteOff(off))
    };
    record(&engine, &[off("w-1", "o-1", 1_000), off("w-2", "o-2", 500)]);
    let paid = [
        payment("p-1", "mira", 1_000, Method::Cash, &["o-1"]),
        payment("p-2", "mira", 200, Method::Cash, &["o-2"]),
    ];
    assert_eq!(engine.preview_all(&paid, &author()).unwrap().recovered, Money(1_200));
    record(&engine, &paid);
    // The drawer has 12.00: two refunds take it below zero, and a payment brings it back.
    let back = |name, order, from, amount| {
        act(name, Some("mira"), Act::Refund(refund(order, from, amount, After::Stays)))
    };
    record(&engine, &[payment("p-3", "mira", 2_000, Method::Card, &[])]);
    let payout = ProcessPayout {
        amount: Money(2_000),
        method: Method::Cash,
        bank: None,
        from: vec![FromLot { lot: id("p-3"), amount: Money(2_000) }],
        payee: None,
        reference: None,
        note: None,
        rounding: Money::ZERO,
    };
    record(&engine, &[act("x-1", Some("mira"), Act::ProcessPayout(payout))]);
    let drawer = BookAccount::drawer("A");
    let pays = [back("r-1", "o-1", "p-1", 100), act("x-2", Some("mira"), Act::CompletePayout(id("x-1")))];
    assert_eq!(engine.preview_all(&pays, &author()).unwrap().below_zero, [drawer]);
    let [first, second] = pays;
    let filled = [first, second, payment("p-4", "mira", 5_000, Method::Cash, &[])];
    assert_eq!(engine.preview_all(&filled, &author()).unwrap().below_zero, []);
}
