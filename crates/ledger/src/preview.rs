//! Before → after, computed by the very code that posts.

use crate::code::BookAccount;
use crate::command::Command;
use crate::decide::Context;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;

/// What a figure in a preview is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// What the customer owes over all orders.
    Owed,
    /// Available credit.
    Credit,
    /// What one order still owes.
    OrderOwed(Id),
    /// A drawer, a bank account, card clearing.
    Money(BookAccount),
    /// What the sale amounts to after credits: G − K − W.
    Sale(Id),
    /// The tax in it.
    Tax(Id),
    /// What a partner has been given on the order.
    Partner(Id),
}

/// One row: a figure now and after.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Change {
    pub subject: Subject,
    pub before: Money,
    pub after: Money,
}

/// What would happen if the command were recorded now.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// In the order of the screen: customer, money, sale, tax, partners. Unchanged figures that the act
    /// is about are listed too. Money rows hold `Shop::balance` before and after.
    pub changes: Vec<Change>,
    /// The credit leg C of a refund; zero for other acts.
    pub credit_leg: Money,
    /// Money that became, or would become, credit because nothing more was owed.
    pub left_over: Money,
}

/// Decides and applies to a copy.
///
/// # Errors
/// The refusal that recording would meet.
pub fn preview(cx: Context<'_>, command: &Command) -> Result<Preview, Refusal> {
    let _ = (cx, command);
    todo!("decide, apply to a copy, compare")
}
