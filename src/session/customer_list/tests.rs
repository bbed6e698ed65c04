//! Searching, sorting and finding doubles in the list of customers, and duplicates that are shown as one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::normalize::searchable;
use ledger::date::Date;
use ledger::money::Money;
use ledger::view::charge::ChargeWait;

const MIXED: &str = "Siobha\u{301}n O’Brien-Łukasz";

fn row(name: &str, phone: &str, email: &str) -> Arc<CustomerRow> {
    with_id(&searchable(name).replace([' ', '.'], "-"), name, phone, email)
}

fn with_id(id: &str, name: &str, phone: &str, email: &str) -> Arc<CustomerRow> {
    Arc::new(CustomerRow {
        id: Id::new(id).unwrap(),
        name: name.into(),
        company: false,
        walk_in: name.starts_with("Walk-in"),
        phone: (!phone.is_empty()).then(|| phone.into()),
        email: (!email.is_empty()).then(|| email.into()),
        since: None,
        owed: Money::ZERO,
        credit: Money::ZERO,
        to_repay: Money::ZERO,
        oldest_due: None,
        exceptions: 0,
        charge: None,
        disputed: false,
        sent_back: None,
        records: 1,
        last: None,
    })
}

fn roster() -> CustomerList {
    CustomerList::from_iter([
        row("Dee Okafor", "020 7946 0011", ""),
        row("Mira Patel", "07700 900118", "mira@example.net"),
        row("Palmer Ltd", "", "post@palmer.example"),
        row("Pat Lee", "", ""),
        row("Walk-in A 2026-11-18", "", ""),
        row("4 Wheels", "", ""),
        row(MIXED, "+44 (0)7700 900999", ""),
    ])
}

fn names(found: Vec<&CustomerRow>) -> Vec<&str> {
    found.into_iter().map(|row| row.name.as_str()).collect()
}

#[test]
fn a_double_is_found_by_name_phone_or_address() {
    let list = roster();
    let found = |name: &str, phone: &str, email: &str| {
        list.double_of([name, phone, email], None).map(|(row, alike)| (row.name.clone(), alike))
    };
    let mira = |alike| Some(("Mira Patel".to_owned(), alike));
    for name in ["mira  PATEL", "Mi\u{301}ra Patel", "Mira\u{a0}Patel ", "Mira-Patel"] {
        assert_eq!(found(name, "", ""), mira(Alike::Name), "{name}");
    }
    assert_eq!(found("M. Patel", "+44 7700 900118", ""), mira(Alike::Phone));
    assert_eq!(found("M. Patel", "07700 900119", "MIRA@example.NET "), mira(Alike::Email));
    for (name, phone, email) in
        [("Mira Patell", "", ""), ("Mira", "0770", "mira@"), ("", "", ""), ("M", "900118", "")]
    {
        assert_eq!(found(name, phone, email), None, "{name} {phone} {email}");
    }
}

#[test]
fn a_name_that_begins_with_the_text_comes_before_one_that_contains_it() {
    assert_eq!(names(roster().matching("pat")), ["Pat Lee", "Mira Patel"]);
    assert_eq!(names(roster().matching("PALMER")), ["Palmer Ltd"]);
    assert_eq!(names(roster().matching("lee pat")), ["Pat Lee"], "every word must fit, in any sequence");
    assert_eq!(names(roster().matching("almer")), ["Palmer Ltd"]);
}

#[test]
fn accents_apostrophes_and_special_letters_are_typed_or_not() {
    for text in ["siobhan", "obrien", "O'Brien", "o’brien", "lukasz", "Łukasz", "brien luk", "obrien-lukasz"]
    {
        assert_eq!(names(roster().matching(text)), [MIXED], "{text}");
    }
}

#[test]
fn phone_numbers_are_found_however_they_are_spaced() {
    assert_eq!(names(roster().matching("0770 0900 1")), ["Mira Patel"]);
    assert_eq!(names(roster().matching("+44 7700 900 1")), ["Mira Patel"]);
    assert_eq!(names(roster().matching("07700-900999")), [MIXED]);
    assert_eq!(names(roster().matching("(020) 7946")), ["Dee Okafor"]);
}

#[test]
fn e_mail_addresses_are_found() {
    assert_eq!(names(roster().matching("mira@")), ["Mira Patel"]);
    assert!(roster().matching("nobody@").is_empty());
}

#[test]
fn walk_in_accounts_show_only_when_asked_for() {
    assert_eq!(roster().matching(" ").len(), 6);
    assert_eq!(roster().count(), 6);
    assert_eq!(names(roster().matching("walk")), ["Walk-in A 2026-11-18"]);
}

#[test]
fn customers_are_grouped_by_first_letter_or_as_other() {
    assert_eq!(names(roster().under(Some('p'))), ["Palmer Ltd", "Pat Lee"]);
    assert_eq!(names(roster().under(None)), ["4 Wheels"]);
    assert_eq!(roster().letters(), [None, Some('d'), Some('m'), Some('p'), Some('s')]);
}

#[test]
fn best_returns_the_first_of_all_matches() {
    let roster = roster();
    for text in
        ["p", "pa", "pat", "PAT", "patel", "l", "e", "", " ", "pat l", "0770", "4", "walk", "zzz", "é"]
    {
        for most in 0..7 {
            let matching: Vec<_> = roster.matching(text).into_iter().take(most).collect();
            assert_eq!(roster.best(text, most, |_| true), matching, "{most} of {text}");
        }
    }
    assert_eq!(names(roster.best("p", 1, |row| row.name != "Palmer Ltd")), ["Pat Lee"]);
}

#[test]
fn a_changed_row_moves_to_its_sorted_position() {
    let all = |roster: &CustomerList| roster.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
    let mut roster = CustomerList::from_iter([row("zoe", "", ""), row("Bob", "", ""), row("anna", "", "")]);
    let before = roster.clone();
    assert_eq!(all(&roster), ["anna", "Bob", "zoe"]);
    roster.put(row("Carl", "", ""));
    roster.put(row("Bob", "7", ""));
    assert_eq!(all(&roster), ["anna", "Bob", "Carl", "zoe"]);
    assert_eq!(roster.get(&Id::new("bob").unwrap()).unwrap().phone.as_deref(), Some("7"));
    roster.put(with_id("anna", "Yann", "", ""));
    assert_eq!(all(&roster), ["Bob", "Carl", "Yann", "zoe"]);
    assert_eq!(names(roster.matching("yan")), ["Yann"]);
    assert_eq!(all(&before), ["anna", "Bob", "zoe"], "a copy stays as it was");
}

#[test]
fn two_customers_with_the_same_name_are_both_listed() {
    let mut roster = CustomerList::from_iter([row("Bob", "", "")]);
    roster.put(with_id("b-2", "bob", "", ""));
    assert_eq!(roster.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["b-2", "bob"]);
}

/// A shop in which each first customer is a duplicate of the second.
fn with_duplicates(marks: &[(&str, &str)]) -> Shop {
    let id = |text: &str| Id::new(text).unwrap();
    Shop { duplicates: marks.iter().map(|(one, of)| (id(one), id(of))).collect(), ..Shop::default() }
}

fn owing(id: &str, name: &str, phone: &str, owed: i64) -> Arc<CustomerRow> {
    Arc::new(CustomerRow { owed: Money(owed), ..CustomerRow::clone(&with_id(id, name, phone, "")) })
}

#[test]
fn duplicates_are_listed_once_with_the_figures_of_all_and_found_by_any_of_them() {
    let mut list = CustomerList::from_iter([
        owing("mira", "Mira Patel", "1111111", 700),
        owing("mira-2", "M Patel", "2222222", 20),
        owing("mira-3", "Patel Mira", "", 5),
        owing("otto", "Otto", "", 1),
    ]);
    assert!(list.mark(&with_duplicates(&[("mira-2", "mira"), ("mira-3", "mira-2")])));
    assert!(!list.mark(&with_duplicates(&[("mira-2", "mira"), ("mira-3", "mira-2")])), "nothing is new");
    let found = |list: &CustomerList, text: &str| {
        let rows = list.matching(text);
        assert_eq!(rows, list.best(text, 10, |_| true), "{text}");
        rows.into_iter().map(|row| (row.id.to_string(), row.owed.0)).collect::<Vec<_>>()
    };
    let mira = |owed| vec![("mira".to_owned(), owed)];
    for text in ["mira", "patel", "m p", "222", "1111"] {
        assert_eq!(found(&list, text), mira(725), "{text}");
    }
    assert_eq!((list.count(), list.under(Some('p')).len(), list.matching("").len()), (2, 1, 2));
    assert_eq!(names(list.best("", 1, |_| true)), ["Mira Patel"]);
    let id = |text: &str| Id::new(text).unwrap();
    assert_eq!(list.get(&id("mira-2")).unwrap().owed, Money(20), "the account alone");
    assert_eq!(list.shown(&id("mira-3")).unwrap().id, id("mira"));
    // A payment on the account of the duplicate changes the sum.
    list.put(owing("mira-2", "M Patel", "2222222", 0));
    assert_eq!(found(&list, "mira"), mira(705));
    list.put(owing("mira", "Mira Shah", "1111111", 700));
    assert_eq!(names(list.matching("patel")), ["Mira Shah"]);
    assert!(list.mark(&with_duplicates(&[])));
    assert_eq!((list.count(), list.get(&id("mira")).unwrap().owed), (4, Money(700)));
}

#[test]
fn a_duplicate_of_a_customer_who_is_not_here_is_shown_as_it_is() {
    let mut list = CustomerList::from_iter([owing("mira-2", "M Patel", "", 20)]);
    list.mark(&with_duplicates(&[("mira-2", "mira")]));
    assert_eq!(names(list.matching("")), ["M Patel"]);
    list.put(owing("mira", "Mira Patel", "", 700));
    assert_eq!((list.count(), list.matching("patel")[0].owed), (1, Money(720)));
}

#[test]
fn a_customer_is_no_double_of_itself_or_of_those_shown_with_it() {
    let mut list = CustomerList::from_iter([
        owing("mira", "Mira Patel", "07700 900118", 0),
        owing("mira-2", "Mira Patel", "", 0),
    ]);
    let mira = Id::new("mira").unwrap();
    let double = |list: &CustomerList, own: Option<&Id>| {
        list.double_of(["Mira Patel", "", ""], own).map(|(row, _)| row.id.to_string())
    };
    assert_eq!(double(&list, Some(&mira)), Some("mira-2".to_owned()));
    list.mark(&with_duplicates(&[("mira-2", "mira")]));
    assert_eq!(double(&list, Some(&mira)), None);
    assert_eq!(double(&list, None), Some("mira".to_owned()));
}

/// Most names are compared by their first letters alone, and customers of one name by the first letters of their ids.
#[test]
fn customers_are_sorted_by_their_whole_names_and_then_by_id() {
    let long = "Extraordinarily Long Name";
    let names = ["Bo", "Bo\0", "Bo Li", "bo-li", "Bó", long, "Extraordinarily L", "Extraordinarily", "王芳"];
    let mut rows = Vec::new();
    for name in names {
        for id in ["c-1000000002", "c-1000000001", "c-10", "b", "c"] {
            let id = format!("{id}-{}", rows.len() % 3);
            rows.push(with_id(&id, name, "", ""));
        }
    }
    let list: CustomerList = rows.iter().cloned().collect();
    let place = |row: &CustomerRow| (searchable(&row.name), row.id.clone());
    let mut sorted: Vec<_> = rows.iter().map(|row| place(row)).collect();
    sorted.sort();
    assert!(list.iter().map(place).eq(sorted), "{:?}", list.iter().map(place).collect::<Vec<_>>());
}

#[test]
fn accounts_with_something_to_do_are_found_among_many() {
    let tasks: [fn(&mut CustomerRow); 4] = [
        |row| row.exceptions = 1,
        |row| row.disputed = true,
        |row| row.charge = Some(ChargeWait::Person),
        |row| row.sent_back = Some(Date::parse("2026-03-02").unwrap()),
    ];
    let mut list: CustomerList = (0..600).map(|at| row(&format!("Customer {at:03}"), "", "")).collect();
    assert_eq!(list.with_tasks().count(), 0);
    for (at, put) in tasks.into_iter().enumerate() {
        let mut with_task = row(&format!("Customer {:03}", at * 150), "", "");
        put(Arc::make_mut(&mut with_task));
        list.put(with_task);
    }
    assert_eq!(
        names(list.with_tasks().collect()),
        ["Customer 000", "Customer 150", "Customer 300", "Customer 450"]
    );
    list.put(row("Customer 150", "", ""));
    assert_eq!(names(list.with_tasks().collect()), ["Customer 000", "Customer 300", "Customer 450"]);
}

#[test]
fn walk_in_accounts_and_duplicates_are_not_counted() {
    let mut list = roster();
    assert_eq!((list.count(), list.matching("").len()), (6, 6));
    list.put(row("Walk-in B 2026-11-19", "", ""));
    list.put(row("Pia Roth", "", ""));
    assert_eq!((list.count(), list.matching("").len(), list.iter().count()), (7, 7, 9));
}
