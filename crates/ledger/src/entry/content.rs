//! What every body says about itself alone, without the account it touches.

use crate::code::MoneyAccount;
use crate::id::Id;
use crate::limits::{MAX_AMOUNT, OverLimit, text};
use crate::method::Method;
use crate::money::Money;

/// One trait for all bodies. The defaults suit a body that names nothing and moves no money.
pub trait Content {
    /// Every document that the body names, in the order in which it names them.
    fn each_name<'a>(&'a self, _visit: &mut impl FnMut(&'a Id)) {}

    /// Every text that a person typed.
    fn each_text<'a>(&'a self, _visit: &mut impl FnMut(&'a str)) {}

    /// The accounts that must hold money: 1000, 1010, 1020 or 1090.
    fn money_accounts(&self) -> [Option<&MoneyAccount>; 2] {
        [None, None]
    }

    /// Checks counts and sums. Single amounts and rates were checked when they were read.
    ///
    /// # Errors
    /// The first thing that is over its limit.
    fn check_limits(&self) -> Result<(), OverLimit> {
        Ok(())
    }

    /// The customer's or the bank's reference, by which search finds the document.
    fn reference(&self) -> Option<&str> {
        None
    }

    /// What a history shows of it.
    fn summary(&self) -> Summary<'_> {
        Summary::default()
    }
}

/// The direction in which the money of an entry moves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Flow {
    In,
    Out,
    #[default]
    None,
}

/// The parts of a body that a history shows. What a body leaves out stands in the document that it continues.
#[derive(Debug, Clone, Default)]
pub struct Summary<'a> {
    /// The document that the act continues.
    pub continues: Option<&'a Id>,
    /// How money moved.
    pub method: Option<Method>,
    /// Where it moved.
    pub account: Option<&'a MoneyAccount>,
    /// The orders that it is about.
    pub orders: Vec<&'a Id>,
    /// In minor units.
    pub amount: Money,
    /// The direction of the money.
    pub flow: Flow,
    /// Why, as typed.
    pub reason: Option<&'a str>,
    /// The internal note.
    pub note: Option<&'a str>,
}

impl<'a> Summary<'a> {
    /// The order, where there is exactly one.
    #[must_use]
    pub fn only_order(&self) -> Option<&'a Id> {
        if let [order] = self.orders[..] { Some(order) } else { None }
    }

    /// With what is left out taken from the document that it continues. Reasons and notes are each body's own.
    #[must_use]
    pub fn or(self, document: Self) -> Self {
        Self {
            method: self.method.or(document.method),
            account: self.account.or(document.account),
            orders: if self.orders.is_empty() { document.orders } else { self.orders },
            amount: if self.amount.is_zero() { document.amount } else { self.amount },
            ..self
        }
    }
}

/// Checks lengths, counts and sums.
///
/// # Errors
/// The first thing that is over its limit.
pub fn within_limits(content: &impl Content) -> Result<(), OverLimit> {
    let mut texts = Ok(());
    content.each_text(&mut |each| {
        if texts.is_ok() {
            texts = text(each);
        }
    });
    texts.and_then(|()| content.check_limits())
}

/// The sum of the parts is at most one amount: the proof that no sum of a book overflows counts on it.
pub(super) fn sum_within(parts: impl Iterator<Item = Money>) -> Result<(), OverLimit> {
    amount_at_most("amount", parts.sum(), Money(MAX_AMOUNT))
}

pub(super) fn amount_at_most(what: &'static str, amount: Money, most: Money) -> Result<(), OverLimit> {
    if amount > most { Err(OverLimit { what, most: most.0.unsigned_abs() }) } else { Ok(()) }
}
