//! The ledger agrees with a slow and obvious model of itself, on random books with and without disagreement.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod model;
mod random;

use book::memory::Book;
use daybook::parse::parse;
use daybook::run::Runner;
use daybook::state::State;
use ledger::money::Currency;
use model::{Figures, figures};
use proptest::prelude::*;
use random::{Acts, Shape, books};

const EVERYDAY: Shape = Shape { customers: 2, tills: 1, acts: 60, acts_of: Acts::Everyday, currency: "GBP" };
const CALM: Shape = Shape { acts_of: Acts::All, ..EVERYDAY };
const CONTENTION: Shape = Shape { customers: 1, tills: 3, acts: 60, acts_of: Acts::All, currency: "GBP" };
const FOUR: Shape = Shape { tills: 4, ..CONTENTION };

/// What the real ledger says, in the model's terms.
fn said(book: &Book, currency: &Currency) -> Figures {
    let amount = |text: &String| currency.parse(text).unwrap().0;
    let state = State::of(book, currency);
    let balances = book.balances(None).into_iter().map(|(account, balance)| (account.to_string(), balance.0));
    let lots = book.accounts().flat_map(|(_, account)| {
        account.lots().map(|(id, amount, os)| (id.to_string(), (amount.0, os.0))).collect::<Vec<_>>()
    });
    Figures {
        balances: balances.collect(),
        owed: state.orders.iter().map(|(id, order)| (id.to_string(), amount(&order.owed))).collect(),
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
        exceptions: state.exceptions.into_iter().map(|found| (found.kind, found.entry.to_string())).collect(),
    }
}

/// Records a text line by line and compares after each, so that the first line that differs is named.
fn check(text: &str) -> Result<(), TestCaseError> {
    let daybook = parse(text).unwrap();
    let currency = daybook.currency.clone().unwrap();
    let mut runner = Runner::new(&daybook);
    let mut seen = 0;
    for line in &daybook.lines {
        let _ = runner.line(line);
        let book = runner.book();
        if book.records().len() != seen {
            seen = book.records().len();
            let name = text.lines().nth(line.number as usize - 1).unwrap();
            prop_assert_eq!(
                said(book, &currency),
                figures(book.records()),
                "after line {}: {}",
                line.number,
                name
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn on_everyday_books(text in books(EVERYDAY)) {
        check(&text)?;
    }

    #[test]
    fn on_books_of_every_act(text in books(CALM)) {
        check(&text)?;
    }

    #[test]
    fn on_counters_that_disagree(text in prop_oneof![books(CONTENTION), books(FOUR)]) {
        check(&text)?;
    }
}

#[test]
fn on_every_day_book() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/daybooks");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let found = check(&std::fs::read_to_string(&path).unwrap());
        assert!(found.is_ok(), "{}: {}", path.display(), found.unwrap_err());
    }
}
