//! Refusals come in the documented order: every command here breaks one check and all later checks that can be broken
//! together with it, and gets the refusal of the first.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod charge;
#[path = "../counter/mod.rs"]
mod counter;
mod people;
mod plan;
mod seal;

use counter::{Counter, apply, date, grant, id, m, note_on, order, pay, refund, sold_by, taxed};
use ledger::code::BookAccount;
use ledger::entry::{
    After, FromLot, MarkDuplicate, OpenMoney, Outcome, Part, ProgressRefund, SetRounding, SettleRefund, Stage,
};
use ledger::method::Method;
use ledger::rate::Rate;
use ledger::rules::{
    Act, GrantCredit, PayPartner, PlaceOrder, ProcessPayout, Refund, Rejection, Reversal, ReverseCredit,
    ReverseCreditNote, ReversePartnerPayment, Tax, TransferCredit, UnapplyCredit, Withdrawal, WriteOff,
};

/// Actor, date, act, and the name of the expected refusal.
type Refused = (&'static str, &'static str, Act, &'static str);

const TODAY: &str = "2026-03-02";
const TOMORROW: &str = "2026-03-03";
const SEALED: &str = "2026-03-01";

/// A book in which every check can fail: 2026-03-01 is sealed.
fn counter() -> Counter {
    let mut counter = Counter::new();
    counter.ok(None, "seal", counter::seal(date(SEALED), Vec::new()));
    counter.mira("O-1", Act::PlaceOrder(taxed(10_000)));
    counter.mira("P-1", Act::RecordPayment(pay(6_000, &[("O-1", None)])));
    let online = ledger::rules::RecordPayment { method: Method::Online, ..pay(1_000, &[("O-1", None)]) };
    counter.mira("P-2", Act::RecordPayment(online.clone()));
    counter.mira("P-3", Act::RecordPayment(online));
    counter.mira("P-4", Act::RecordPayment(pay(500, &[])));
    counter.mira("C-1", Act::GrantCredit(grant(1_000)));
    counter.mira("C-2", Act::GrantCredit(grant(100)));
    counter.mira("A-1", Act::ApplyCredit(apply("C-2", "O-1", 100)));
    counter.ok(Some("tom"), "O-T", Act::PlaceOrder(order(500)));
    counter.ok(Some("tom"), "C-T", Act::GrantCredit(grant(500)));
    let pending = Refund { method: Method::Online, ..refund("O-1", &[("P-3", 100)], After::Stays) };
    counter.mira("R-P", Act::Refund(pending));
    counter.mira("R-1", Act::Refund(refund("O-1", &[("P-1", 100)], After::Stays)));
    counter.mira("C-3", Act::GrantCredit(grant(300)));
    counter.mira("X-1", payout("C-3", 300, Method::Cash));
    counter.ok(Some("tom"), "O-U", Act::PlaceOrder(sold_by("up", order(1_000))));
    counter.ok(Some("tom"), "P-U", Act::RecordPayment(pay(1_000, &[("O-U", None)])));
    counter.ok(None, "PP-1", partner("up", 100));
    let marked = MarkDuplicate { customer: id("tom"), of: id("mira") };
    counter.ok(None, "D-1", Act::MarkDuplicate(marked));
    counter.ok(None, "coin", Act::SetRounding(SetRounding { coin: m(5) }));
    counter
}

fn payout(lot: &str, amount: i64, method: Method) -> Act {
    rounded_payout(lot, amount, method, 0)
}

fn rounded_payout(lot: &str, amount: i64, method: Method, rounding: i64) -> Act {
    Act::ProcessPayout(ProcessPayout {
        amount: m(amount),
        method,
        bank: None,
        from: vec![FromLot { lot: id(lot), amount: m(amount) }],
        payee: None,
        reference: None,
        note: None,
        rounding: m(rounding),
    })
}

fn partner(partner: &str, amount: i64) -> Act {
    let (method, bank, note) = (Method::Bank, None, None);
    Act::PayPartner(PayPartner { partner: id(partner), amount: m(amount), method, bank, note })
}

fn check_order_of_refusals(cases: Vec<Refused>) {
    let mut counter = counter();
    for (actor, on, act, expected) in cases {
        counter.actor = id(actor);
        let shown = format!("{act:?}");
        let mut command = counter.command(Some("mira"), "new", act);
        command.on = Some(date(on));
        let refusal = format!("{:?}", counter.decide(&command).unwrap_err());
        let name = refusal.split([' ', '(']).next().unwrap();
        assert_eq!(name, expected, "{shown}");
    }
}

#[test]
fn place_order() {
    let asked = |partner: Option<&str>, unit, rate| {
        let mut asked = PlaceOrder { sale: partner.map(id), ..order(unit) };
        asked.lines[0].tax = Tax::Inside(Rate(rate));
        Act::PlaceOrder(asked)
    };
    check_order_of_refusals(vec![
        ("bob", TOMORROW, asked(Some("unknown"), 0, 2_000_000), "UnknownPartner"),
        ("bob", TOMORROW, asked(Some("pat"), 0, 2_000_000), "FutureDate"),
        ("bob", SEALED, asked(Some("pat"), 0, 2_000_000), "ClosedDay"),
        ("bob", TODAY, asked(Some("pat"), 0, 2_000_000), "AmountNotPositive"),
        ("bob", TODAY, asked(Some("pat"), 100, 2_000_000), "RateOutOfRange"),
        ("bob", TODAY, asked(Some("pat"), 10_000_000_000, 200_000), "OverLimit"),
    ]);
    let unknown = counter().ask(Some("unknown"), "new", asked(Some("unknown"), 0, 2_000_000)).unwrap_err();
    assert!(format!("{unknown:?}").starts_with("UnknownCustomer"));
}

#[test]
fn record_payment() {
    let asked = |amount, method, note: Option<&str>, to: &[(&str, Option<i64>)]| {
        let note = note.map(Into::into);
        Act::RecordPayment(ledger::rules::RecordPayment { method, note, ..pay(amount, to) })
    };
    let tendered = |amount, method, cash| {
        let to = [("O-1", Some(9_999))];
        Act::RecordPayment(ledger::rules::RecordPayment {
            method,
            tendered: Some(m(cash)),
            ..pay(amount, &to)
        })
    };
    let rounded = |amount, method, rounding| {
        let (tendered, rounding) = (Some(m(1)), m(rounding));
        Act::RecordPayment(ledger::rules::RecordPayment { method, tendered, rounding, ..pay(amount, &[]) })
    };
    let other = Method::Other;
    check_order_of_refusals(vec![
        ("bob", TOMORROW, asked(0, other, None, &[("O-T", Some(9_999)), ("O-9", None)]), "UnknownOrder"),
        ("bob", TOMORROW, asked(0, other, None, &[("O-T", Some(9_999))]), "NotThisCustomer"),
        ("bob", TOMORROW, asked(0, other, None, &[("O-1", Some(9_999))]), "AmountNotPositive"),
        ("bob", TOMORROW, asked(5_000, other, None, &[("O-1", Some(0))]), "AmountNotPositive"),
        ("bob", TOMORROW, asked(5_000, other, Some(" "), &[("O-1", Some(9_999))]), "NotesRequired"),
        // Nothing is received.
        ("bob", TOMORROW, rounded(2, Method::Cash, 2), "AmountNotPositive"),
        ("bob", TOMORROW, rounded(752, Method::Card, 2), "RoundingOutOfRange"),
        ("bob", TOMORROW, rounded(752, Method::Cash, 1), "RoundingOutOfRange"),
        ("bob", TOMORROW, rounded(755, Method::Cash, 5), "RoundingOutOfRange"),
        ("bob", TOMORROW, rounded(745, Method::Cash, -5), "RoundingOutOfRange"),
        ("bob", TOMORROW, rounded(752, Method::Cash, 2), "TenderedTooLittle"),
        ("bob", TOMORROW, rounded(748, Method::Cash, -2), "TenderedTooLittle"),
        ("bob", TOMORROW, tendered(5_000, Method::Cash, 4_999), "TenderedTooLittle"),
        ("bob", TOMORROW, tendered(5_000, Method::Card, 5_000), "TenderedTooLittle"),
        ("bob", TOMORROW, tendered(5_000, Method::Cash, 5_000), "FutureDate"),
        ("bob", TOMORROW, asked(5_000, other, Some("x"), &[("O-1", Some(9_999))]), "FutureDate"),
        ("bob", SEALED, asked(5_000, other, Some("x"), &[("O-1", Some(9_999))]), "ClosedDay"),
        ("bob", TODAY, asked(5_000, other, Some("x"), &[("O-1", Some(9_999))]), "AllocationExceedsPayment"),
        ("bob", TODAY, asked(9_999, other, Some("x"), &[("O-1", Some(9_999))]), "AllocationExceedsOwed"),
        ("bob", TODAY, asked(10_000_000_000, other, Some("x"), &[]), "OverLimit"),
    ]);
}

#[test]
fn apply_and_unapply_credit() {
    let unapply = |lot| Act::UnapplyCredit(UnapplyCredit { lot: id(lot), order: id("O-1") });
    check_order_of_refusals(vec![
        ("bob", TOMORROW, Act::ApplyCredit(apply("C-9", "O-9", 0)), "UnknownCredit"),
        ("bob", TOMORROW, Act::ApplyCredit(apply("C-T", "O-9", 0)), "UnknownOrder"),
        ("bob", TOMORROW, Act::ApplyCredit(apply("C-T", "O-1", 0)), "NotThisCustomer"),
        ("bob", TOMORROW, Act::ApplyCredit(apply("C-1", "O-T", 0)), "NotThisCustomer"),
        ("bob", TOMORROW, Act::ApplyCredit(apply("C-1", "O-1", 0)), "FutureDate"),
        ("bob", SEALED, Act::ApplyCredit(apply("C-1", "O-1", 0)), "ClosedDay"),
        ("bob", TODAY, Act::ApplyCredit(apply("C-1", "O-1", 0)), "AmountNotPositive"),
        ("bob", TODAY, Act::ApplyCredit(apply("C-1", "O-1", 9_000)), "CreditExceedsOutstanding"),
        ("bob", TODAY, Act::ApplyCredit(apply("C-1", "P-4", 1)), "AllocationExceedsOwed"),
        ("bob", TOMORROW, unapply("C-1"), "FutureDate"),
        ("bob", TODAY, unapply("C-1"), "NotApplied"),
    ]);
}

#[test]
fn credit_grants_notes_and_reversals() {
    let granting = |amount, reason: Option<&str>| {
        let (reason, rate) = (reason.map(Into::into), Some(Rate(2_000_000)));
        Act::GrantCredit(GrantCredit { rate, reason, ..grant(amount) })
    };
    let noting = |order, amount, reason: Option<&str>| {
        let reason = reason.map(Into::into);
        Act::CreditNote(ledger::rules::CreditNote { reason, ..note_on(order, amount) })
    };
    let reversing =
        |lot, amount| Act::ReverseCredit(ReverseCredit { lot: id(lot), amount: Some(m(amount)), note: None });
    let giving = |lot, to, amount, reason: Option<&str>| {
        let reason = reason.map(Into::into);
        Act::TransferCredit(TransferCredit { lot: id(lot), amount: m(amount), to: id(to), reason })
    };
    let whole = |note| Act::ReverseCreditNote(ReverseCreditNote { note: id(note), reason: None });
    check_order_of_refusals(vec![
        ("bob", TOMORROW, granting(0, None), "AmountNotPositive"),
        ("bob", TOMORROW, granting(5, None), "ReasonRequired"),
        ("bob", TOMORROW, granting(5, Some("x")), "NotPermitted"),
        ("owner", TOMORROW, granting(5, Some("x")), "FutureDate"),
        ("owner", SEALED, granting(5, Some("x")), "ClosedDay"),
        ("owner", TODAY, granting(5, Some("x")), "RateOutOfRange"),
        ("bob", TOMORROW, noting("O-9", 0, None), "UnknownOrder"),
        ("bob", TOMORROW, noting("O-1", 0, None), "AmountNotPositive"),
        ("bob", TOMORROW, noting("O-1", 99_999, None), "ReasonRequired"),
        ("bob", TOMORROW, noting("O-1", 99_999, Some("x")), "NotPermitted"),
        ("owner", TOMORROW, noting("O-1", 99_999, Some("x")), "FutureDate"),
        ("owner", TODAY, noting("O-1", 99_999, Some("x")), "CreditExceedsOrder"),
        ("bob", TOMORROW, reversing("C-9", 0), "UnknownCredit"),
        ("bob", TOMORROW, reversing("P-4", 0), "NotPermitted"),
        ("owner", TOMORROW, reversing("P-4", 0), "FutureDate"),
        ("owner", TODAY, reversing("P-4", 0), "AmountNotPositive"),
        ("owner", TODAY, reversing("P-4", 501), "CreditExceedsOutstanding"),
        ("owner", TODAY, reversing("P-4", 500), "ReverseThePaymentInstead"),
        ("bob", TOMORROW, whole("C-1"), "UnknownCredit"),
        ("bob", TOMORROW, giving("C-T", "unknown", 0, None), "UnknownCredit"),
        ("bob", TOMORROW, giving("C-1", "pat", 0, None), "UnknownCustomer"),
        ("bob", TOMORROW, giving("C-1", "mira", 0, None), "NotPermitted"),
        ("owner", TOMORROW, giving("C-1", "mira", 0, None), "FutureDate"),
        ("owner", SEALED, giving("C-1", "mira", 0, None), "ClosedDay"),
        ("owner", TODAY, giving("C-1", "mira", 0, None), "AmountNotPositive"),
        ("owner", TODAY, giving("C-1", "mira", 9_999, Some(" ")), "ReasonRequired"),
        ("owner", TODAY, giving("C-1", "mira", 9_999, Some("x")), "SameCustomer"),
        ("owner", TODAY, giving("C-1", "tom", 9_999, Some("x")), "CreditExceedsOutstanding"),
    ]);
}

#[test]
fn manual_and_online_refunds() {
    let asked = |order, parts: &[(&str, i64)], method, words: bool| {
        let (reason, note) = (words.then(|| "x".into()), None);
        Act::Refund(Refund { method, reason, note, ..refund(order, parts, After::Amount(m(-1))) })
    };
    let noted = |parts: &[(&str, i64)], method, after| {
        Act::Refund(Refund { method, note: Some("x".into()), ..refund("O-1", parts, after) })
    };
    // All of it from the credit that is applied to the order.
    let credited = |method, after| {
        let parts = vec![Part { from: id("C-2"), credit: true, amount: m(100) }];
        Act::Refund(Refund { amount: m(100), method, parts, ..refund("O-1", &[], after) })
    };
    let out_of_range = After::Amount(m(-1));
    check_order_of_refusals(vec![
        ("bob", TOMORROW, asked("O-9", &[("P-9", 0)], Method::Other, false), "UnknownOrder"),
        ("bob", TOMORROW, asked("O-1", &[("P-9", 0)], Method::Other, false), "UnknownPayment"),
        ("bob", TOMORROW, asked("O-1", &[("P-4", 0)], Method::Other, false), "NotPermitted"),
        ("owner", TOMORROW, asked("O-1", &[("P-4", 0)], Method::Other, false), "AmountNotPositive"),
        ("owner", TOMORROW, asked("O-1", &[("P-4", 9_999)], Method::Other, false), "ReasonRequired"),
        ("owner", TOMORROW, asked("O-1", &[("P-4", 9_999)], Method::Other, true), "NotesRequired"),
        ("owner", TOMORROW, noted(&[("P-4", 9_999)], Method::Other, out_of_range), "FutureDate"),
        ("owner", SEALED, noted(&[("P-4", 9_999)], Method::Other, out_of_range), "ClosedDay"),
        (
            "owner",
            TODAY,
            noted(&[("P-3", 9_999), ("P-4", 1)], Method::Online, out_of_range),
            "PaymentNotOfOrder",
        ),
        ("owner", TODAY, noted(&[("P-3", 9_999)], Method::Online, out_of_range), "RefundPending"),
        ("owner", TODAY, noted(&[("P-1", 9_999)], Method::Online, out_of_range), "RefundExceedsPayment"),
        ("owner", TODAY, noted(&[("P-1", 100)], Method::Online, out_of_range), "OwedAfterOutOfRange"),
        ("owner", TODAY, credited(Method::Online, out_of_range), "OwedAfterOutOfRange"),
        ("owner", TODAY, credited(Method::Online, After::Stays), "NoMoneyToMove"),
        ("owner", TODAY, noted(&[("P-1", 100)], Method::Online, After::Stays), "OnlineNotAvailable"),
    ]);
}

#[test]
fn acts_that_continue_refunds() {
    let settle = |refund, outcome| Act::SettleRefund(SettleRefund { refund: id(refund), outcome });
    let progress = |refund| {
        let stage = Stage::Bank;
        Act::ProgressRefund(ProgressRefund { refund: id(refund), stage, reference: None, reason: None })
    };
    let reverse = |of, reason: Option<&str>| {
        Act::ReverseRefund(Reversal { of: id(of), reason: reason.map(Into::into) })
    };
    let withdraw = |of| Act::WithdrawRefund(Withdrawal { of: id(of) });
    check_order_of_refusals(vec![
        ("bob", TOMORROW, Act::ApproveRefund(id("R-9")), "UnknownRefund"),
        ("bob", TOMORROW, Act::ApproveRefund(id("R-1")), "NotPermitted"),
        ("owner", TOMORROW, Act::ApproveRefund(id("R-1")), "FutureDate"),
        ("owner", TODAY, Act::ApproveRefund(id("R-1")), "NotAwaiting"),
        ("bob", TOMORROW, Act::RejectRefund(Rejection::of(id("R-9"))), "UnknownRefund"),
        ("bob", TOMORROW, Act::RejectRefund(Rejection::of(id("R-1"))), "NotPermitted"),
        ("owner", TODAY, Act::RejectRefund(Rejection::of(id("R-1"))), "NotAwaiting"),
        ("bob", TOMORROW, withdraw("R-9"), "UnknownRefund"),
        ("bob", TOMORROW, withdraw("R-1"), "NotPermitted"),
        ("owner", TOMORROW, withdraw("R-1"), "FutureDate"),
        ("owner", TODAY, withdraw("R-1"), "NotAwaiting"),
        ("bob", TOMORROW, settle("R-9", Outcome::Failed), "UnknownRefund"),
        ("bob", TOMORROW, settle("R-1", Outcome::Failed), "FutureDate"),
        ("bob", TODAY, settle("R-1", Outcome::Failed), "NotPending"),
        ("bob", TOMORROW, progress("R-9"), "UnknownRefund"),
        ("bob", TOMORROW, progress("R-1"), "FutureDate"),
        ("bob", TODAY, progress("R-1"), "NotPending"),
        ("bob", TOMORROW, reverse("R-9", None), "UnknownRefund"),
        ("bob", TOMORROW, reverse("R-P", None), "NotPermitted"),
        ("owner", TOMORROW, reverse("R-P", None), "FutureDate"),
        ("owner", TODAY, reverse("R-P", None), "ReasonRequired"),
        ("owner", TODAY, reverse("R-P", Some("x")), "NotManual"),
        ("bob", TODAY, Act::HandOver(id("P-1")), "UnknownRefund"),
    ]);
}

#[test]
fn pay_outs_and_corrections() {
    let payout = |lot, amount| payout(lot, amount, Method::Other);
    let reverse = |of, reason: Option<&str>| {
        Act::ReversePayment(Reversal { of: id(of), reason: reason.map(Into::into) })
    };
    let never_cashed = |of, reason: Option<&str>| {
        Act::ReversePayout(Reversal { of: id(of), reason: reason.map(Into::into) })
    };
    let off = |of, amount| WriteOff { of: id(of), amount: m(amount), reason: None };
    check_order_of_refusals(vec![
        ("bob", TOMORROW, payout("C-9", 0), "UnknownCredit"),
        ("bob", TOMORROW, payout("C-T", 0), "NotThisCustomer"),
        ("bob", TOMORROW, payout("C-1", 0), "FutureDate"),
        ("bob", SEALED, payout("C-1", 0), "ClosedDay"),
        ("bob", TODAY, payout("C-1", 0), "AmountNotPositive"),
        ("bob", TODAY, payout("C-1", 1_001), "NotesRequired"),
        ("bob", TODAY, rounded_payout("C-1", 1_001, Method::Check, 1), "RoundingOutOfRange"),
        ("bob", TODAY, rounded_payout("C-1", 1_001, Method::Cash, 2), "RoundingOutOfRange"),
        ("bob", TODAY, rounded_payout("C-1", 1_001, Method::Cash, 1), "CreditExceedsOutstanding"),
        ("bob", TOMORROW, Act::CompletePayout(id("R-1")), "UnknownRefund"),
        ("bob", TOMORROW, never_cashed("R-1", None), "UnknownRefund"),
        ("bob", TOMORROW, never_cashed("X-1", None), "NotPermitted"),
        ("owner", TOMORROW, never_cashed("X-1", None), "FutureDate"),
        ("owner", SEALED, never_cashed("X-1", None), "ClosedDay"),
        ("owner", TODAY, never_cashed("X-1", Some(" ")), "ReasonRequired"),
        ("owner", TODAY, never_cashed("X-1", Some("x")), "NotComplete"),
        ("bob", TOMORROW, reverse("P-9", None), "UnknownPayment"),
        ("bob", TOMORROW, reverse("P-3", None), "NotPermitted"),
        ("owner", TOMORROW, reverse("P-3", None), "FutureDate"),
        ("owner", TODAY, reverse("P-3", None), "ReasonRequired"),
        ("owner", TODAY, reverse("P-3", Some("x")), "RefundPending"),
        ("bob", TOMORROW, Act::WriteOff(off("O-9", 0)), "UnknownOrder"),
        ("bob", TOMORROW, Act::WriteOff(off("O-1", 0)), "NotPermitted"),
        ("owner", TOMORROW, Act::WriteOff(off("O-1", 0)), "FutureDate"),
        ("owner", TODAY, Act::WriteOff(off("O-1", 0)), "AmountNotPositive"),
        ("owner", TODAY, Act::WriteOff(off("O-1", 9_999)), "WriteOffExceedsOwed"),
        ("owner", TODAY, Act::WriteOff(off("O-1", 1)), "ReasonRequired"),
        ("owner", TODAY, Act::WriteOff(off("C-1", 9_999)), "CreditExceedsOutstanding"),
        ("owner", TODAY, Act::WriteOff(off("C-1", 1)), "ReasonRequired"),
        ("bob", TODAY, Act::ReverseWriteOff(off("O-1", 0)), "NotPermitted"),
        ("owner", TODAY, Act::ReverseWriteOff(off("O-1", 1)), "WriteOffExceedsOwed"),
    ]);
}

#[test]
fn acts_on_money_without_a_customer() {
    let mistaken = |of, reason: Option<&str>| {
        let reason = reason.map(Into::into);
        Act::ReversePartnerPayment(ReversePartnerPayment { of: id(of), reason })
    };
    let open = |account: BookAccount, amount| Act::OpenMoney(OpenMoney { account, amount: m(amount) });
    let nowhere = BookAccount::of(ledger::code::Code::Sales);
    check_order_of_refusals(vec![
        ("bob", TOMORROW, partner("unknown", 0), "UnknownPartner"),
        ("bob", TOMORROW, partner("pat", 0), "NotPermitted"),
        ("owner", TOMORROW, partner("pat", 0), "FutureDate"),
        ("owner", TODAY, partner("pat", 0), "AmountNotPositive"),
        ("owner", TODAY, partner("pat", 1), "ExceedsPayable"),
        ("bob", TOMORROW, mistaken("P-1", None), "UnknownPayment"),
        ("bob", TOMORROW, mistaken("PP-1", None), "NotPermitted"),
        ("owner", TOMORROW, mistaken("PP-1", None), "FutureDate"),
        ("owner", SEALED, mistaken("PP-1", None), "ClosedDay"),
        ("owner", TODAY, mistaken("PP-1", Some(" ")), "ReasonRequired"),
        ("bob", TOMORROW, open(nowhere.clone(), 0), "NotPermitted"),
        ("owner", TOMORROW, open(nowhere.clone(), 0), "FutureDate"),
        ("owner", TODAY, open(nowhere.clone(), 0), "AmountNotPositive"),
        ("owner", TODAY, open(nowhere, 1), "NotForMoney"),
    ]);
}

/// In a day book these would be malformed lines.
#[test]
fn commands_that_a_day_book_cannot_express() {
    let twice = refund("O-1", &[("P-1", 100), ("P-1", 100)], After::Stays);
    let differing = Refund { amount: m(300), ..refund("O-1", &[("P-1", 100)], After::Stays) };
    let store_credit = ledger::rules::RecordPayment { method: Method::Credit, ..pay(100, &[]) };
    check_order_of_refusals(vec![
        ("unknown", TOMORROW, Act::RecordPayment(pay(0, &[("O-9", None)])), "UnknownActor"),
        ("owner", TODAY, Act::Refund(twice), "NamedTwice"),
        ("owner", TODAY, Act::Refund(differing), "PartsDiffer"),
        ("bob", TODAY, Act::RecordPayment(store_credit), "MethodNotAvailable"),
    ]);
    let mut counter = counter();
    counter.shop = ledger::shop::Shop::default();
    for currency in ["XXY", "pounds", ""] {
        let (name, currency) = ("Corner Shop".into(), currency.into());
        let opened = Act::OpenShop(ledger::entry::OpenShop { name, currency });
        let refusal = counter.ask(None, "new", opened).unwrap_err();
        assert_eq!(refusal.name(), "UnknownCurrency");
    }
}
