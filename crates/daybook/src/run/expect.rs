//! `expect …`: compares the expected figure of a line with the counter's book.

use crate::ast::Expectation;
use crate::state::figure;
use codec::memory::Book;
use ledger::account::Status;
use ledger::code::Code;
use ledger::id::Id;
use ledger::money::{Currency, Money};
use ledger::rules::LineName;

/// Compares; the error is the expected and the found value.
pub fn compare(book: &Book, currency: &Currency, expected: &Expectation) -> Result<(), (String, String)> {
    let amount = |what: String, expected: Money, found: Option<Money>| {
        let found = found.map_or_else(|| "nothing of that id".into(), |found| currency.format(found));
        equal(what, currency.format(expected), found)
    };
    match expected {
        Expectation::Owed(of, owed) => amount(format!("owed {of} "), *owed, figure::owed(book, of)),
        Expectation::Credit(of, credit) => amount(format!("credit {of} "), *credit, figure::credit(book, of)),
        Expectation::Os(lot, os) => amount(format!("os {lot} "), *os, figure::os(book, lot)),
        Expectation::Refundable(payment, refundable) => {
            amount(format!("refundable {payment} "), *refundable, figure::refundable(book, payment))
        }
        Expectation::Account(code, balance) => {
            amount(format!("account {} ", u16::from(*code)), *balance, Some(figure::account(book, *code)))
        }
        Expectation::Payable(partner, payable) => {
            let found = figure::partner(book, partner, Code::CommissionPayable);
            amount(format!("partner {partner} payable "), *payable, found)
        }
        Expectation::Accrued(partner, accrued) => {
            let found = figure::partner(book, partner, Code::CommissionAccrued);
            amount(format!("partner {partner} accrued "), *accrued, found)
        }
        Expectation::Due(of, on, due) => amount(format!("due {of} {on} "), *due, figure::due(book, of, *on)),
        Expectation::Returned(order, line, qty) => {
            let name = match line {
                LineName::Number(number) => format!("line {number}"),
                LineName::Text(text) => format!("{text:?}"),
            };
            let found = figure::returned(book, order, line);
            let found = found.map_or_else(|| "no such line".into(), figure::quantity);
            equal(format!("returned {order} {name} "), qty.to_string(), found)
        }
        Expectation::Status(refund, status) => compare_status(book, refund, *status),
        Expectation::Exception(kind) => {
            let open = exceptions(book);
            let found = open.iter().any(|name| *name == kind.to_string());
            if found { Ok(()) } else { Err((format!("exception {kind}"), listed(&open))) }
        }
        Expectation::NoExceptions => {
            let open = exceptions(book);
            if open.is_empty() { Ok(()) } else { Err(("no exceptions".into(), listed(&open))) }
        }
    }
}

fn compare_status(book: &Book, refund: &Id, expected: Status) -> Result<(), (String, String)> {
    let found = figure::status(book, refund).map_or("nothing of that id", status_word);
    equal(format!("status {refund} "), status_word(expected).into(), found.into())
}

/// The word for a status, in the notation and in the printed state.
pub fn status_word(status: Status) -> &'static str {
    let words = crate::parse::STATUSES;
    words.iter().find(|(_, each)| *each == status).map_or("", |(word, _)| word)
}

fn equal(what: String, expected: String, found: String) -> Result<(), (String, String)> {
    if expected == found { Ok(()) } else { Err((format!("{what}{expected}"), found)) }
}

fn exceptions(book: &Book) -> Vec<String> {
    figure::exceptions(book).into_iter().map(|exception| exception.kind.to_string()).collect()
}

fn listed(open: &[String]) -> String {
    if open.is_empty() { "no exceptions".into() } else { open.join(", ") }
}
