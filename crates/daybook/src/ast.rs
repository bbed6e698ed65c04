//! The syntax tree of a day book, line by line. Amounts are in minor units of the shop's currency.

use ledger::account::Status;
use ledger::code::Code;
use ledger::date::Date;
use ledger::exception::Kind;
use ledger::id::Id;
use ledger::method::Method;
use ledger::money::{Currency, Money};
use ledger::quantity::Quantity;
use ledger::rules;
use ledger::rules::LineName;

/// A parsed day book.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DayBook {
    /// The shop's currency; `None` when no line opens a shop.
    pub currency: Option<Currency>,
    /// The lines, without blank lines and comments.
    pub lines: Vec<StatementLine>,
}

/// A line with a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementLine {
    /// The number of the line in the text, from 1; also the clock of the entry that it records.
    pub number: u32,
    /// Its statement.
    pub statement: Statement,
}

/// The statement of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// `@2026-03-02`: the date of the following lines.
    Date(Date),
    /// `@till B`: the counter that records the following lines.
    Till(Id),
    /// `@as bob`: the staff member who acts.
    As(Id),
    /// The counter no longer exchanges entries.
    Offline(Id),
    /// The counter exchanges entries again.
    Online(Id),
    /// An act to record.
    Act(Box<Act>),
    /// An expected figure or state at the current counter.
    Expect(Expectation),
    /// An act that must be refused.
    Refuse {
        /// The name of the expected refusal.
        refusal: &'static str,
        /// The act, which is not recorded.
        act: Box<Act>,
    },
}

/// An act as the notation writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// The id of the document; `None` for acts whose line has no id.
    pub id: Option<Id>,
    /// The customer, if the line names one.
    pub customer: Option<Id>,
    /// The date after `dated`.
    pub dated: Option<Date>,
    /// The requested act.
    pub request: Request,
}

/// A requested act: a command of the ledger, or an act that depends on the counter that records it.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// A complete command of the ledger.
    Command(rules::Act),
    /// Rejects a request or a pay-out.
    Reject(rules::Rejection),
    /// Gives a customer, a partner, a member of staff or the shop another name.
    Rename {
        /// The id, or `shop`.
        of: Id,
        /// The new name.
        name: String,
    },
    /// Closes a day with the entries that the counter holds.
    Seal(Date),
    /// Opens the last sealed day again.
    Unseal {
        /// The day.
        day: Date,
        /// The reason; the ledger decides whether there has to be one.
        reason: Option<String>,
    },
    /// Moves money; a drawer is the drawer of the recording counter.
    Move {
        /// The account that the money leaves.
        from: AccountRef,
        /// The account that receives the money.
        to: AccountRef,
        /// The amount that arrives.
        amount: Money,
        /// The fee, in addition to the amount.
        fee: Option<Money>,
        /// An internal note.
        note: Option<String>,
    },
    /// The opening balance of a money account.
    OpenMoney {
        /// The account.
        account: AccountRef,
        /// The opening balance.
        amount: Money,
    },
}

/// A money account as the notation names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRef {
    /// The payment method, which determines the account.
    pub method: Method,
    /// The bank account; `None` for the first one.
    pub bank: Option<String>,
}

/// An expected figure or state at a counter.
#[derive(Debug, Clone, PartialEq)]
pub enum Expectation {
    /// The amount owed on an order or by a customer.
    Owed(Id, Money),
    /// A customer's credit: the sum of the outstanding amounts of the lots.
    Credit(Id, Money),
    /// The outstanding amount of a lot.
    Os(Id, Money),
    /// The refundable amount of a payment, over all its orders.
    Refundable(Id, Money),
    /// The balance of the accounts of a code, debit positive.
    Account(Code, Money),
    /// Commission payable to a partner.
    Payable(Id, Money),
    /// Commission accrued for a partner.
    Accrued(Id, Money),
    /// What of a customer's orders, or of one order, is open and due on a day.
    Due(Id, Date, Money),
    /// The quantity that came back of a line of an order.
    Returned(Id, LineName, Quantity),
    /// The status of a refund, a request or a pay-out.
    Status(Id, Status),
    /// An open exception of this kind.
    Exception(Kind),
    /// No open exceptions.
    NoExceptions,
}
