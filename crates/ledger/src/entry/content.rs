//! The content of an entry: what can be computed from the body without an account.

use crate::code::MoneyAccount;
use crate::id::Id;
use crate::limits::{MAX_AMOUNT, OverLimit, text};
use crate::method::Method;
use crate::money::Money;
use std::cmp::Ordering;

/// The trait of the contents of all kinds. The defaults are for a content that names no document and moves no money.
pub trait Content {
    /// Calls `visit` with every id that the content names, in order.
    fn each_name<'a>(&'a self, _visit: &mut impl FnMut(&'a Id)) {}

    /// Calls `visit` with every text that a person typed.
    fn each_text<'a>(&'a self, _visit: &mut impl FnMut(&'a str)) {}

    /// The accounts that must hold money: 1000, 1010, 1020 or 1090.
    fn money_accounts(&self) -> [Option<&MoneyAccount>; 2] {
        [None, None]
    }

    /// As [`Content::money_accounts`], to change them.
    fn money_accounts_mut(&mut self) -> [Option<&mut MoneyAccount>; 2] {
        [None, None]
    }

    /// Checks counts and sums. Single amounts and rates were checked when they were parsed.
    ///
    /// # Errors
    /// The first value that is above its limit.
    fn check_limits(&self) -> Result<(), OverLimit> {
        Ok(())
    }

    /// The reference of the customer or the bank; search finds the document by it.
    fn reference(&self) -> Option<&str> {
        None
    }

    /// The parts that a history shows.
    fn summary(&self) -> Summary<'_> {
        Summary::default()
    }
}

/// The direction in which the money of an entry moves, seen from the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Flow {
    In,
    Out,
    None,
}

impl Flow {
    /// The direction of what the money accounts received, in minor units.
    #[must_use]
    pub fn of(money: Money) -> Self {
        match money.cmp(&Money::ZERO) {
            Ordering::Greater => Self::In,
            Ordering::Less => Self::Out,
            Ordering::Equal => Self::None,
        }
    }
}

/// The parts of a body that a history shows. Missing parts are taken from the document that the act continues.
#[derive(Debug, Clone, Default)]
pub struct Summary<'a> {
    /// The document that the act continues.
    pub continues: Option<&'a Id>,
    /// The payment method.
    pub method: Option<Method>,
    /// The money account.
    pub account: Option<&'a MoneyAccount>,
    /// The orders that the entry is about.
    pub orders: Vec<&'a Id>,
    /// The amount in minor units.
    pub amount: Money,
    /// The reason as typed.
    pub reason: Option<&'a str>,
    /// The internal note.
    pub note: Option<&'a str>,
}

impl<'a> Summary<'a> {
    /// The order, if there is exactly one.
    #[must_use]
    pub fn only_order(&self) -> Option<&'a Id> {
        if let [order] = self.orders[..] { Some(order) } else { None }
    }

    /// Takes a missing method, account, order list or amount from the document that the act continues.
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
/// The first value that is above its limit.
pub fn within_limits(content: &impl Content) -> Result<(), OverLimit> {
    let mut texts = Ok(());
    content.each_text(&mut |each| {
        if texts.is_ok() {
            texts = text(each);
        }
    });
    texts.and_then(|()| content.check_limits())
}

/// Checks that the sum of the parts is at most the limit of one amount. The proof that no sum of a book overflows
/// relies on it.
pub(super) fn sum_within(parts: impl Iterator<Item = Money>) -> Result<(), OverLimit> {
    amount_at_most("amount", parts.sum(), Money(MAX_AMOUNT))
}

/// Checks that a rounding takes no more than the amount, so that money moves the way its document says, and that what
/// moves is at most the limit of one amount.
pub(super) fn rounding_within(amount: Money, rounding: Money) -> Result<(), OverLimit> {
    if rounding.is_zero() {
        return Ok(());
    }
    amount_at_most("rounding", rounding, amount)?;
    amount_at_most("amount", amount - rounding, Money(MAX_AMOUNT))
}

pub(super) fn amount_at_most(what: &'static str, amount: Money, most: Money) -> Result<(), OverLimit> {
    if amount > most { Err(OverLimit { what, most: most.0.unsigned_abs() }) } else { Ok(()) }
}
