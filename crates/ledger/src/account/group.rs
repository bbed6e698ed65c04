//! One tax group of an order and what has been credited in it.

use crate::code::{BookAccount, Code};
use crate::entry::order_placed::TaxGroup;
use crate::money::Money;
use crate::rate::Rate;
use crate::round::round_div;
use serde::Serialize;

/// One tax group of an order and what has been credited in it.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    #[serde(skip)]
    pub account: BookAccount,
    /// G_g: the gross of the group.
    pub gross: Money,
    /// X_g: the tax in the gross.
    pub tax: Money,
    /// K_g: what has been credited.
    pub credited: Money,
    /// M_g: the credit legs that are not undone and whose clawback-credit box was marked.
    pub marked: Money,
}

impl Group {
    /// A new group; its tax account is taken from `rates`, or added there if the rate is new.
    pub fn new(group: &TaxGroup, rates: &mut Vec<(Rate, BookAccount)>) -> Self {
        let account = match rates.iter().find(|(rate, _)| *rate == group.rate) {
            Some((_, account)) => account.clone(),
            None => {
                let account = BookAccount::of_party(Code::SalesTax, &group.rate.to_string());
                rates.push((group.rate, account.clone()));
                account
            }
        };
        Self { account, gross: group.gross, tax: group.tax, credited: Money::ZERO, marked: Money::ZERO }
    }

    /// The amount that may still be credited in the group.
    pub fn room(&self) -> Money {
        self.gross - self.credited
    }

    /// The tax in a part of the gross: round(X_g·part/G_g).
    pub fn tax_in(&self, part: Money) -> Money {
        if self.gross.is_zero() {
            return Money::ZERO;
        }
        Money(round_div(i128::from(self.tax.0) * i128::from(part.0), i128::from(self.gross.0)))
    }

    /// The tax credited to date.
    pub fn tax_credited(&self) -> Money {
        self.tax_in(self.credited)
    }
}
