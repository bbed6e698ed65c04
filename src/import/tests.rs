//! Whole files: every kind of mistake is named by its line, and the other rows are ready.

use super::known::tests::row;
use super::*;
use crate::forms::Problem;
use ledger::date::Date;
use ledger::entry::{SetItem, ShopTax};
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rate::Rate;
use ledger::rules::Act;
use ledger::shop::Catalogue;
use std::collections::BTreeSet;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn rules() -> Rules {
    let words = |text: &str| text.split(';').map(str::to_owned).collect();
    Rules {
        currency: Currency { code: "GBP".into(), decimals: 2 },
        today: day("2026-03-02"),
        sealed: Some(day("2025-12-31")),
        credit_up_to: Some(Money(50_000)),
        items: Items::default(),
        words: Words {
            company: words("company;yes"),
            person: words("person;no"),
            languages: vec![("german".into(), "de".into())],
            what: "From the earlier books".into(),
            reason: "Opening credit".into(),
        },
        adds_alike: false,
    }
}

fn names(column: Column) -> Vec<String> {
    let name = match column {
        Column::Number => "No",
        Column::On => "Date",
        Column::Reference => "Invoice",
        other => return vec![format!("{other:?}")],
    };
    vec![name.to_owned()]
}

fn check(kind: Kind, text: &str, known: &Known, rules: &Rules) -> Found {
    let sheet = Sheet::read(text.as_bytes(), None, None).unwrap();
    let matching = match_columns(kind, &sheet.headings, names);
    let reading = guess(kind, &matching, &sheet.rows, &rules.currency, DateOrder::DayMonthYear);
    let headings = (sheet.headings.len(), sheet.flaws.as_slice());
    let mut check = Check::new(kind, headings, (&matching, reading), known, rules);
    sheet.rows.chunks(3).for_each(|rows| check.take(rows));
    check.found()
}

fn flaws(found: &Found) -> Vec<(usize, Flaw)> {
    found.flaws.iter().map(|found| (found.line, found.flaw.clone())).collect()
}

#[test]
fn customers_are_read_and_every_mistake_is_named_by_its_line() {
    let text = "No,Name,Company,Phone,Email,Note\n\
        1,Mira Patel,,+44 7700 900118,mira@example.net,\n\
        1,Mira Patel,,+44 7700 900118,mira@example.net,\n\
        1,Otto,,,,\n\
        2,=HYPERLINK(1),,,,\n\
        3,'=Equal Ltd,yes,,,-5 C\n\
        4,,,,,\n\
        5,Ina,maybe,,ina@example,\n\
        6,Kurt,,,\n\
        7,\"Lea,,,,\n\
        8,\"Max\" M,,,,\n\
        9,Ned,no,,,,,\n\
        10,Ola,,,,x,y\n";
    let found = check(Kind::Customers, text, &Known::default(), &rules());
    let expected = [
        (3, Flaw::Doubled { line: 2 }),
        (4, Flaw::NumberTwice { line: 2 }),
        (5, Flaw::Formula(Column::Name)),
        (7, Flaw::Missing(Column::Name)),
        (8, Flaw::NeitherPersonNorCompany),
        (9, Flaw::Fields { found: 5, of: 6 }),
        (10, Flaw::TextAfterQuote),
        (11, Flaw::TextAfterQuote),
        (13, Flaw::Fields { found: 7, of: 6 }),
    ];
    assert_eq!(flaws(&found), expected);
    let ready: Vec<_> = found.ready.iter().map(|ready| ready.line).collect();
    assert_eq!(ready, [2, 6, 12]);
    let Act::AddCustomer(equal) = &found.ready[1].command.act else { panic!("not a customer") };
    assert_eq!((equal.name.as_str(), equal.company), ("=Equal Ltd", true), "the mark in front is taken off");
}

#[test]
fn details_of_a_customer_are_recorded_in_the_same_press() {
    let text = "No,Name,Company,Address,Postcode,Town,Country,TaxNumber,Language,Contact\n\
        1,Palmer Ltd,yes,\"3 Quay Road\nUnit 4\",BS1 5UP,Bristol,,GB 123,German,Dee Okafor\n\
        2,Ina Holm,,,,,,,,\n\
        3,Otto,,,,,,,Klingon,\n";
    let found = check(Kind::Customers, text, &Known::default(), &rules());
    assert_eq!(flaws(&found), [(5, Flaw::NotALanguage)]);
    let palmer: Vec<_> = found.ready[0].commands().collect();
    let [_, details] = palmer.as_slice() else { panic!("not two commands") };
    let Act::ChangeCustomer(change) = &details.act else { panic!("no details") };
    assert_eq!(change.address.as_deref(), Some("3 Quay Road\nUnit 4\nBS1 5UP Bristol"));
    assert_eq!((change.tax_number.as_deref(), change.language.as_deref()), (Some("GB 123"), Some("de")));
    let contacts: Vec<_> = change.contacts.iter().flatten().map(|contact| contact.name.as_str()).collect();
    assert_eq!(contacts, ["Dee Okafor"]);
    assert_eq!(found.ready[1].commands().count(), 1, "without details there is one entry");
}

#[test]
fn a_customer_who_is_here_is_left_out_and_one_who_looks_like_it_is_asked_about() {
    let text = "No,Name,Phone\n1,Mira Patel,\n2,Mira  PATEL,\n3,Otto,07700 900118\n4,Ina,\n";
    let first = check(Kind::Customers, text, &Known::default(), &rules());
    let here = &first.ready[0].command.id;
    let rows = [row(here, "Mira Patel", "+44 7700 900118", "")];
    let known = Known::of(rows.iter(), |id| id);
    let found = check(Kind::Customers, text, &known, &rules());
    let alike = |line, column| LineFlaw { line, flaw: Flaw::Alike { name: "Mira Patel".into(), column } };
    assert_eq!(found.alike, [alike(3, Column::Name), alike(4, Column::Phone)]);
    assert_eq!((found.here, found.ready.len()), (1, 1));
    let all = check(Kind::Customers, text, &known, &Rules { adds_alike: true, ..rules() });
    assert_eq!((all.here, all.ready.len(), all.alike.len()), (1, 3, 0));
}

fn mira() -> Known {
    let rows = [row(&Id::new("mira").unwrap(), "Mira Patel", "", "")];
    Known::of(rows.iter(), |id| id)
}

#[test]
fn open_orders_are_read_and_every_mistake_is_named_by_its_line() {
    let text = "Name;Invoice;Date;Due;What;Amount\n\
        Mira Patel;R1;3.2.2026;1.1.2027;Chair;1.234,50\n\
        Mira Patel;R2;31.2.2026;;;10,00\n\
        Mira Patel;R3;3.3.2026;;;10,00\n\
        Mira Patel;R4;31.12.2025;;;10,00\n\
        Mira Patel;R5;;;;10,00\n\
        Mira Patel;R6;3.2.2026;soon;;0,00\n\
        Otto;R7;3.2.2026;;;10,00\n\
        Mira Patel;R1;3.2.2026;;;10,00\n\
        Mira Patel;;3.2.26;;;10,005\n\
        Mira Patel;;3.2.2026;;;10,00\n\
        Mira Patel;;3.2.2026;;;10,00\n";
    let found = check(Kind::Orders, text, &mira(), &rules());
    let today = day("2026-03-02");
    let expected = [
        (3, Flaw::NotADate(Column::On)),
        (4, Flaw::Bad(Column::On, Problem::FutureDate { today })),
        (5, Flaw::ClosedDay { sealed: day("2025-12-31") }),
        (6, Flaw::Missing(Column::On)),
        (7, Flaw::Bad(Column::Amount, Problem::NotPositive)),
        (7, Flaw::NotADate(Column::Due)),
        (8, Flaw::UnknownCustomer { named: "Otto".into() }),
        (9, Flaw::NumberTwice { line: 2 }),
        (10, Flaw::Bad(Column::Amount, Problem::TooManyDecimals { decimals: 2 })),
        (10, Flaw::Bad(Column::On, Problem::NotAYear)),
        (12, Flaw::Doubled { line: 11 }),
    ];
    assert_eq!(flaws(&found), expected);
    let Act::PlaceOrder(order) = &found.ready[0].command.act else { panic!("not an order") };
    assert_eq!(
        (order.lines[0].text.as_str(), order.lines[0].unit, order.opening),
        ("Chair", Money(123_450), true)
    );
    assert_eq!((order.due, order.reference.as_deref()), (Some(day("2027-01-01")), Some("R1")));
    let Act::PlaceOrder(order) = &found.ready[1].command.act else { panic!("not an order") };
    assert_eq!(order.lines[0].text, "From the earlier books");
}

#[test]
fn opening_credits_are_read_and_those_recorded_are_left_out() {
    let text =
        "Name,Invoice,Date,Note,Amount\nMira Patel,C1,2026-02-03,deposit,25.00\nMira Patel,,,,500.01\n";
    let mut found = check(Kind::Credits, text, &mira(), &rules());
    assert_eq!(flaws(&found), [(3, Flaw::NotPermitted)]);
    let Act::GrantCredit(credit) = &found.ready[0].command.act else { panic!("not a credit") };
    assert_eq!(
        (credit.amount, credit.opening, credit.note.as_deref()),
        (Money(2500), true, Some("C1: deposit"))
    );
    let recorded = BTreeSet::from([found.ready[0].command.id.clone()]);
    found.leave_out(&recorded);
    assert_eq!((found.ready.len(), found.here), (0, 1));
}

#[test]
fn items_are_read_and_every_mistake_is_named_by_its_line() {
    let text = "Name;Code;Price;Rate\n\
        Chain oil;501;8,50;20\n\
        Chain oil;501;8,50;20\n\
        Inner tube;501;5,00;\n\
        Repair;;;0%\n\
        Bell;=2;x;much\n\
        ;502;1,00;5\n\
        Helmet;777;49,00;8,25\n\
        Pump;503;-1,00;\n";
    let tax = ShopTax { rates: vec![Rate(50_000)], on_top: true };
    let (id, name) = (Id::new("other").unwrap(), "Old helmet".to_owned());
    let old = SetItem {
        item: id.clone(),
        name,
        code: Some("777".into()),
        price: None,
        rate: Rate::ZERO,
        on_top: false,
        withdrawn: false,
    };
    let mut catalogue = Catalogue::default();
    catalogue.items.insert(id.clone(), old.clone());
    let rules = |catalogue: &Catalogue| Rules { items: Items::of(catalogue, tax.clone()), ..rules() };
    let found = check(Kind::Items, text, &Known::default(), &rules(&catalogue));
    let expected = [
        (3, Flaw::Doubled { line: 2 }),
        (4, Flaw::NumberTwice { line: 2 }),
        (6, Flaw::Formula(Column::Code)),
        (6, Flaw::Bad(Column::Price, Problem::NotAnAmount)),
        (6, Flaw::Bad(Column::Rate, Problem::NotARate)),
        (7, Flaw::Missing(Column::Name)),
        (8, Flaw::CodeTaken { name: "Old helmet".into() }),
        (9, Flaw::Bad(Column::Price, Problem::NotPositive)),
    ];
    assert_eq!(flaws(&found), expected);
    let sets: Vec<SetItem> = found
        .ready
        .iter()
        .filter_map(|ready| if let Act::SetItem(set) = &ready.command.act { Some(set.clone()) } else { None })
        .collect();
    let read: Vec<_> = sets.iter().map(|set| (set.name.as_str(), set.price, set.rate, set.on_top)).collect();
    let oil = ("Chain oil", Some(Money(850)), Rate(200_000), true);
    assert_eq!(
        read,
        [oil, ("Repair", None, Rate::ZERO, false)],
        "tax as the shop has it, and none on nothing"
    );
    // The same file again, after an item was changed and withdrawn, and the code of the old one is free.
    catalogue.items.extend(
        sets.into_iter()
            .map(|set| (set.item.clone(), SetItem { price: Some(Money(900)), withdrawn: true, ..set })),
    );
    catalogue.items.insert(id, SetItem { withdrawn: true, ..old });
    let again = check(Kind::Items, text, &Known::default(), &rules(&catalogue));
    let ready: Vec<_> = again.ready.iter().map(|ready| ready.line).collect();
    assert_eq!((again.here, ready), (2, vec![8]));
}
