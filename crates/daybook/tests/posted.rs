//! The posted journal on random books with seals, offline counters and late entries.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod random;

use codec::memory::Book;
use daybook::parse::parse;
use daybook::run::Runner;
use ledger::code::{BookAccount, Code};
use ledger::date::Date;
use ledger::entry::{Body, Place, Record};
use ledger::exception::Kind;
use ledger::fold::{CustomerBook, ShopBook};
use ledger::id::Id;
use ledger::money::Money;
use ledger::posted::PostedRow;
use ledger::shop::Seals;
use ledger::view::ageing::AgeingSums;
use ledger::view::partner::PartnerLedger;
use ledger::view::reasons::Reasons;
use ledger::view::span::Span;
use ledger::view::takings::Takings;
use proptest::prelude::*;
use random::{Acts, SEALED, Shape, books};
use std::collections::BTreeMap;

type Balances = BTreeMap<BookAccount, Money>;

fn record(text: &str) -> Book {
    let daybook = parse(text).unwrap_or_else(|malformed| panic!("{malformed}\n{text}"));
    let mut runner = Runner::new(&daybook);
    for line in &daybook.lines {
        let _ = runner.line(line);
    }
    runner.book().clone()
}

/// The records of each account, and of the shop for `None`, in order.
fn by_account(book: &Book) -> BTreeMap<Option<Id>, Vec<Record>> {
    let mut accounts = BTreeMap::<_, Vec<Record>>::new();
    for record in book.records() {
        accounts.entry(record.entry.customer.clone()).or_default().push(record);
    }
    accounts.values_mut().for_each(|records| records.sort_by(|one, other| one.place.cmp(&other.place)));
    accounts
}

fn customers(book: &Book) -> Vec<CustomerBook> {
    let accounts = by_account(book).into_iter();
    accounts.filter_map(|(customer, records)| Some(CustomerBook::new(customer?, records))).collect()
}

/// What records post, folded on their own.
fn balances(customer: Option<&Id>, records: &[Record]) -> Balances {
    let mut sums = Balances::new();
    let mut add = |account: &BookAccount, amount: Money| *sums.entry(account.clone()).or_default() += amount;
    match customer {
        Some(customer) => {
            let book = CustomerBook::new(customer.clone(), records.to_vec());
            book.moved().iter().for_each(|line| add(&line.account, line.amount));
        }
        None => ShopBook::new(records.to_vec())
            .posted()
            .flat_map(|posted| &posted.moved)
            .for_each(|line| add(&line.account, line.amount)),
    }
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

fn less(mut after: Balances, before: &Balances) -> Balances {
    for (account, amount) in before {
        *after.entry(account.clone()).or_default() -= *amount;
    }
    after.retain(|_, sum| !sum.is_zero());
    after
}

fn sum<'a, 'b: 'a>(rows: impl IntoIterator<Item = &'a PostedRow<'b>>) -> Balances {
    let mut sums = Balances::new();
    for line in rows.into_iter().flat_map(PostedRow::moved) {
        *sums.entry(line.account).or_default() += line.amount;
    }
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

/// The stage of a record, from what the seals cover.
fn stage(seals: &Seals, place: &Place) -> usize {
    let covers = |seal: &ledger::shop::Seal| {
        seal.covers
            .iter()
            .any(|held| (&held.device, held.chain) == (&place.device, place.chain) && place.seq <= held.seq)
    };
    seals.counting().position(covers).unwrap_or_else(|| seals.counting().count())
}

/// The rows as the definition has them: each record of a stage, in order, posts the fold of everything up to it less the
/// fold without it.
fn rows_by_definition(
    customer: Option<&Id>,
    records: &[Record],
    seals: &Seals,
) -> Vec<(Date, usize, Place, Balances)> {
    let mut staged: Vec<(usize, &Record)> =
        records.iter().map(|record| (stage(seals, &record.place), record)).collect();
    staged.sort_by_key(|(stage, record)| (*stage, record.place.clone()));
    let (mut held, mut before, mut rows) = (Vec::<Record>::new(), Balances::new(), Vec::new());
    for (stage, record) in staged {
        let at = held.partition_point(|other| other.place < record.place);
        held.insert(at, record.clone());
        let after = balances(customer, &held);
        let change = less(after.clone(), &before);
        before = after;
        let opens = stage.checked_sub(1).map(|before| seals.counting().nth(before).unwrap().day.next());
        let day = opens.map_or(record.entry.on, |opens| record.entry.on.max(opens));
        if !change.is_empty() {
            rows.push((day, stage, record.place.clone(), change));
        }
    }
    rows
}

/// The balances that a seal carries.
fn carried(book: &Book, seal: &Id) -> Balances {
    let Body::DaySealed(sealed) = &book.entry(seal).unwrap().body else { panic!("{seal} is no seal") };
    sealed.balances.iter().map(|row| (row.account.clone(), row.balance)).collect()
}

fn merged(balances: Balances) -> Balances {
    let mut sums = Balances::new();
    for (account, amount) in balances {
        let of_customer = matches!(account.code, Code::Receivable | Code::CustomerCredit);
        let account = if of_customer { BookAccount::of(account.code) } else { account };
        *sums.entry(account).or_default() += amount;
    }
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

fn up_to<'a, 'b>(
    rows: &'a [PostedRow<'b>],
    day: Date,
) -> impl Iterator<Item = &'a PostedRow<'b>> + use<'a, 'b> {
    rows.iter().filter(move |row| row.day <= day)
}

fn sealed_books() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => books(SEALED),
        1 => books(Shape { tills: 4, customers: 1, ..SEALED }),
        1 => books(Shape { acts_of: Acts::Everyday, tills: 3, ..SEALED }),
        1 => books(Shape { currency: "JPY", large: true, ..SEALED }),
        1 => books(Shape { tills: 1, ..SEALED }),
    ]
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn rows_are_what_the_definition_says(text in sealed_books()) {
        let book = record(&text);
        let seals = &book.shop().seals;
        for (customer, records) in by_account(&book) {
            let expected = rows_by_definition(customer.as_ref(), &records, seals);
            let account = customer.as_ref().map(|id| CustomerBook::new(id.clone(), records.clone()));
            let shop = account.is_none().then(|| ShopBook::new(records.clone()));
            let rows = match (&account, &shop) {
                (Some(account), _) => account.posted_journal(seals),
                (None, shop) => shop.as_ref().unwrap().posted_journal(),
            };
            let mut found: Vec<_> =
                rows.iter().map(|row| (row.day, row.stage, row.place.clone(), sum([row]))).collect();
            found.retain(|(.., moved)| !moved.is_empty());
            prop_assert_eq!(found, expected);
        }
    }

    /// Closing is opening, parts add up to the whole, and all of it equals the trial balance at every seal.
    #[test]
    fn every_report_adds_up_over_any_split(text in sealed_books(), split in 1_u8..28) {
        let book = record(&text);
        let seals = &book.shop().seals;
        let rows = book.posted_journal();
        prop_assert_eq!(sum(&rows), book.balances(None));
        for seal in seals.counting() {
            prop_assert_eq!(merged(sum(up_to(&rows, seal.day))), carried(&book, &seal.entry), "{}", seal.day);
        }
        let split = Date::parse(&format!("2026-01-{split:02}")).unwrap();
        let (first, second) = (Span::up_to(Some(split)), Span { from: Some(split.next()), to: None });
        reports_add_up(&book, first, second);
        for day in seals.counting().map(|seal| seal.day).chain([split]) {
            ageing_equals_the_balances(&book, &rows, day);
        }
    }

    /// A later entry changes nothing up to a sealed day.
    #[test]
    fn what_a_seal_fixed_stays(text in sealed_books()) {
        let book = record(&text);
        let rows = book.posted_journal();
        for seal in book.shop().seals.counting() {
            let stages = stage(&book.shop().seals, &seal.place);
            let mut then = Book::new();
            book.records()
                .filter(|record| stage(&book.shop().seals, &record.place) < stages || record.entry.id == seal.entry)
                .for_each(|record| { then.add(record); });
            let fixed: Vec<_> = up_to(&then.posted_journal(), seal.day).map(|row| (row.place.clone(), row.day, row.moved())).collect();
            let now: Vec<_> = up_to(&rows, seal.day).map(|row| (row.place.clone(), row.day, row.moved())).collect();
            prop_assert_eq!(fixed, now);
        }
    }
}

fn reports_add_up(book: &Book, first: Span, second: Span) {
    let seals = &book.shop().seals;
    let whole = Span::default();
    let mut takings = [whole, first, second].map(|_| Takings::default());
    let mut reasons = [whole, first, second].map(|_| Reasons::default());
    let mut partners = [whole, first, second].map(|_| PartnerLedger::default());
    for account in customers(book) {
        let rows = account.posted_journal(seals);
        for (at, span) in [whole, first, second].into_iter().enumerate() {
            takings[at].add(account.account(), &rows, span);
            reasons[at].add(account.account(), &rows, span);
            partners[at].add(&rows, span);
        }
        let [all, before, after] = [whole, first, second].map(|span| account.statement(seals, span));
        assert_eq!((before.closing, after.closing), (after.opening, all.closing));
        assert_eq!([before.rows, after.rows].concat(), all.rows);
        assert_eq!((all.closing.owed, all.closing.credit), {
            let row = account.account().row();
            (row.owed, row.credit - row.to_repay)
        });
    }
    let [all, mut before, after] = takings;
    before.merge(after);
    before.rows.retain(|_, row| *row != Default::default());
    let nonzero = |mut takings: Takings| {
        takings.rows.retain(|_, row| *row != Default::default());
        takings
    };
    assert_eq!(before, nonzero(all));
    let [all, mut before, after] = reasons;
    before.merge(after);
    before.rows.retain(|_, row| *row != Default::default());
    assert_eq!(before, all);
    let [all, before, after] = partners;
    for (partner, row) in &all.rows {
        let of = |ledger: &PartnerLedger| ledger.rows.get(partner).copied().unwrap_or_default();
        assert_eq!(of(&before).closing, of(&after).opening, "{partner}");
        assert_eq!((of(&after).closing, of(&after).accrued), (row.closing, row.accrued), "{partner}");
        assert_eq!(of(&before).earned + of(&after).earned, row.earned, "{partner}");
    }
}

fn ageing_equals_the_balances(book: &Book, rows: &[PostedRow<'_>], day: Date) {
    let mut sums = AgeingSums::default();
    for account in customers(book) {
        sums += &account.ageing(&book.shop().seals, day).sums;
    }
    let balances = merged(sum(up_to(rows, day)));
    let of = |code| balances.get(&BookAccount::of(code)).copied().unwrap_or_default();
    assert_eq!(sums.total(), of(Code::Receivable), "as of {day}");
    assert_eq!(sums.credit - sums.to_repay, -of(Code::CustomerCredit), "as of {day}");
}

/// The random books reach their purpose: seals of offline counters, late entries, and entries that change what others
/// posted.
#[test]
fn random_books_have_late_entries() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let (mut late, mut void, mut stages, mut others) = (0, 0, 0, 0);
    let mut runner = TestRunner::deterministic();
    for _ in 0..300 {
        let book = record(&books(SEALED).new_tree(&mut runner).unwrap().current());
        let seals = &book.shop().seals;
        void += seals.void().count();
        stages += seals.counting().count();
        late += book.exceptions().iter().filter(|found| found.kind == Kind::LateIntoSealedDay).count();
        others += book.posted_journal().iter().filter(|row| row.is_late() && row.parts.len() > 1).count();
    }
    println!("{late} late, {void} void, {stages} stages, {others} that change others");
    assert!(late > 50 && void > 20 && stages > 200 && others > 5, "{late} {void} {stages} {others}");
}
