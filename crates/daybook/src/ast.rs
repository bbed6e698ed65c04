//! What a day book says, line by line. Amounts are in minor units of its shop's currency already.

use ledger::account::Status;
use ledger::code::Code;
use ledger::date::Date;
use ledger::exception::Kind;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::{Currency, Money};
use ledger::rules;

/// A day book, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DayBook {
    /// The currency of its shop; `None` when no line opens one.
    pub currency: Option<Currency>,
    /// Its lines, without blank ones and comments.
    pub lines: Vec<Line>,
}

/// A line that says something.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Counted from 1 in the text; also the clock of what it records.
    pub number: u32,
    /// What it says.
    pub statement: Statement,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// `@2026-03-02`: the date of what follows.
    Date(Date),
    /// `@till B`: the counter on which what follows is recorded.
    Till(Id),
    /// `@as bob`: who acts.
    As(Id),
    /// The counter no longer exchanges entries.
    Offline(Id),
    /// The counter exchanges entries again.
    Online(Id),
    /// An act to record.
    Act(Box<Act>),
    /// What the current counter is expected to know.
    Expect(Expectation),
    /// An act that is to be refused for this reason.
    Refuse {
        /// The refusal's name.
        refusal: &'static str,
        /// The act, tried without effect.
        act: Box<Act>,
    },
}

/// An act as the notation asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// The document's id; `None` for acts whose line needs none.
    pub id: Option<Id>,
    /// The customer, where the line names one.
    pub customer: Option<Id>,
    /// `dated …`
    pub dated: Option<Date>,
    /// What is asked.
    pub what: What,
}

/// What is asked: mostly what the ledger asks itself, and a few acts that depend on where they are recorded.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Nothing is left open.
    Ask(rules::Act),
    /// Rejects a request or a pay-out, whichever the id names.
    Reject(Id),
    /// Closes a day with what the counter holds.
    Seal(Date),
    /// Moves money; a drawer is the one of the counter that records it.
    Move {
        /// Where it leaves.
        from: Purse,
        /// Where it arrives.
        to: Purse,
        /// What arrives.
        amount: Money,
        /// What is lost on the way.
        fee: Option<Money>,
        /// An internal note.
        note: Option<String>,
    },
    /// What a money account held when the book was opened.
    OpenMoney {
        /// The account.
        purse: Purse,
        /// What it held.
        amount: Money,
    },
}

/// A money account as the notation names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purse {
    /// A payment method, which stands for its account.
    pub method: Method,
    /// The bank account; `None`: the first.
    pub bank: Option<String>,
}

/// What a counter is expected to know.
#[derive(Debug, Clone, PartialEq)]
pub enum Expectation {
    /// Owed on an order, or by a customer.
    Owed(Id, Money),
    /// A customer's credit, the plain sum of O/S.
    Credit(Id, Money),
    /// O/S of a lot.
    Os(Id, Money),
    /// What of a payment may be refunded, over all its orders.
    Refundable(Id, Money),
    /// Balance of a code's accounts, debit positive.
    Account(Code, Money),
    /// Commission payable to a partner.
    Payable(Id, Money),
    /// Commission accrued for a partner.
    Accrued(Id, Money),
    /// Where a refund, request or pay-out stands.
    Status(Id, Status),
    /// An open exception of this name.
    Exception(Kind),
    /// No open exception at all.
    NoExceptions,
}
