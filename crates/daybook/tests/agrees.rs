//! The ledger agrees with a slow and simple model, on random books with and without conflicts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod model;
mod random;

use codec::memory::Book;
use daybook::ast::{Statement, StatementLine};
use daybook::parse::parse;
use daybook::run::Runner;
use daybook::state::State;
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::refusal::Refusal;
use ledger::rules::Exception;
use model::ask::{Asker, judge};
use model::{Figures, Raised, figures};
use proptest::prelude::*;
use random::{CALM, CONTENTION, EVERYDAY, FOUR, LONG, SEALED, Shape, TWO, books};
use std::collections::BTreeMap;

/// The figures of the ledger, in the model's terms.
fn ledger_figures(book: &Book, currency: &Currency) -> Figures {
    let amount = |text: &String| currency.parse(text).unwrap().0;
    let state = State::of(book, currency);
    let balances = book.balances(None).into_iter().map(|(account, balance)| (account.to_string(), balance.0));
    let lots = book.accounts().flat_map(|(_, account)| {
        account.lots().map(|(id, amount, os)| (id.to_string(), (amount.0, os.0))).collect::<Vec<_>>()
    });
    Figures {
        balances: balances.collect(),
        owed: state.orders.iter().map(|(id, order)| (id.to_string(), amount(&order.owed))).collect(),
        due: due(book),
        lots: lots.filter(|(_, figures)| *figures != (0, 0)).collect(),
        refundable: state
            .payments
            .iter()
            .map(|(id, paid)| (id.to_string(), amount(&paid.refundable)))
            .collect(),
        statuses: state
            .refunds
            .iter()
            .map(|(id, refund)| (id.to_string(), refund.status.to_owned()))
            .collect(),
        exceptions: book.exceptions().iter().map(raised).collect(),
    }
}

fn due(book: &Book) -> BTreeMap<(String, String), i64> {
    let of = |(customer, account): (&Id, &ledger::account::Account)| {
        let name = customer.to_string();
        account.owing().map(|(due, open)| ((name.clone(), due.to_string()), open.0)).collect::<Vec<_>>()
    };
    book.accounts().flat_map(of).filter(|(_, open)| *open != 0).collect()
}

fn raised(found: &Exception) -> Raised {
    let text = |id: &Option<Id>| id.as_ref().map(ToString::to_string);
    Raised {
        kind: found.kind.to_string(),
        entry: found.entry.to_string(),
        other: text(&found.other),
        about: text(&found.about),
        missing: found.missing.0,
    }
}

/// The number of equal answers of the ledger and the model: the name of a refusal, or "recorded".
type Answers = BTreeMap<String, u32>;

/// The ledger's answer to a line with an act: "recorded", or the name of the refusal.
fn answer_of(runner: &mut Runner, line: &StatementLine) -> Option<String> {
    let outcome = runner.line(line);
    let found = |found: &str| {
        let name = found.strip_prefix("refused ").unwrap_or(found);
        name.split(':').next().unwrap_or_default().to_owned()
    };
    match (&line.statement, outcome) {
        (Statement::Act(_), Ok(entries)) if !entries.is_empty() => Some("recorded".into()),
        // The same id and content again; with other content it is refused.
        (Statement::Act(_), Ok(_)) => Some("IdTaken".into()),
        (Statement::Refuse { refusal, .. }, Ok(_)) => Some((*refusal).into()),
        (Statement::Act(_) | Statement::Refuse { .. }, Err(failure)) => Some(match failure.found.as_str() {
            "accepted" => "recorded".into(),
            "recorded already" => "IdTaken".into(),
            other => found(other),
        }),
        _ => None,
    }
}

/// Tracks the actor and the date.
fn follow(asker: &mut Asker, line: &StatementLine) {
    match &line.statement {
        Statement::Date(date) => {
            asker.on = *date;
            asker.today = asker.today.max(*date);
        }
        Statement::As(actor) => asker.actor = actor.clone(),
        _ => {}
    }
}

/// Records a text line by line and compares the answer and the figures of each line, so that the first line with a
/// difference is named.
fn check(text: &str) -> Result<Answers, TestCaseError> {
    let daybook = parse(text).unwrap();
    let currency = daybook.currency.clone().unwrap();
    let mut runner = Runner::new(&daybook);
    let first = Date(jiff::civil::Date::constant(2026, 1, 1));
    let mut asker = Asker { actor: Id::new("owner").unwrap(), on: first, today: first };
    let mut answers = Answers::new();
    let mut seen = 0;
    for line in &daybook.lines {
        follow(&mut asker, line);
        let name = text.lines().nth(line.number as usize - 1).unwrap();
        let judged = match &line.statement {
            Statement::Act(act) | Statement::Refuse { act, .. } => {
                judge(&runner.book().records().collect::<Vec<_>>(), &asker, act)
            }
            _ => None,
        };
        let answer = answer_of(&mut runner, line);
        if let (Some(judged), Some(answer)) = (judged, answer) {
            let judged = judged.err().unwrap_or("recorded");
            prop_assert_eq!(&answer, judged, "line {}: {}\n{}", line.number, name, text);
            *answers.entry(answer).or_default() += 1;
        }
        let book = runner.book();
        if book.record_count() != seen {
            seen = book.record_count();
            let (found, modelled) =
                (ledger_figures(book, &currency), figures(&book.records().collect::<Vec<_>>()));
            prop_assert_eq!(found, modelled, "after line {}: {}", line.number, name);
        }
    }
    Ok(answers)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn on_books_with_every_act(text in prop_oneof![1 => books(EVERYDAY), 2 => books(CALM)]) {
        check(&text)?;
    }

    #[test]
    fn on_counters_with_conflicts(
        text in prop_oneof![books(CONTENTION), books(FOUR), books(TWO), books(SEALED)]
    ) {
        check(&text)?;
    }
}

fn on_day_books() -> Answers {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/daybooks");
    let mut answers = Answers::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let found = check(&std::fs::read_to_string(&path).unwrap());
        add(&mut answers, found.unwrap_or_else(|error| panic!("{}: {error}", path.display())));
    }
    answers
}

fn add(answers: &mut Answers, more: Answers) {
    for (answer, count) in more {
        *answers.entry(answer).or_default() += count;
    }
}

/// Every refusal occurs in a day book or in the random books.
#[test]
fn on_every_day_book_and_every_refusal() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut answers = on_day_books();
    let mut runner = TestRunner::deterministic();
    for shape in [CALM, TWO].repeat(30) {
        let text = books(Shape { acts: LONG, ..shape }).new_tree(&mut runner).unwrap().current();
        add(&mut answers, check(&text).unwrap());
    }
    println!("{answers:?}");
    let names =
        Refusal::NAMES.iter().filter(|name| !NEVER_REFUSED.contains(name) && !OF_CHARGES.contains(name));
    for answer in names.chain(&["recorded"]) {
        assert!(answers.contains_key(*answer), "{answer}: {answers:?}");
    }
}

/// Refusals that cannot occur because the notation rejects their lines, or because counters exchange all entries that a seal covers.
const NEVER_REFUSED: [&str; 4] = ["PartsDiffer", "NamedTwice", "UnknownCurrency", "NotAllHere"];

/// Refusals of charges, which post nothing and are not in the model: `charges.daybook` and the ledger's tests of refusals have them.
const OF_CHARGES: [&str; 5] = ["NoSavedCard", "NotUnderWay", "UnknownCharge", "NoPlan", "NotCollecting"];
