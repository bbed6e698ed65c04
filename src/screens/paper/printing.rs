//! What every paper is printed with: the shop, its currency, and how figures are written.

use crate::engine::SlipCode;
use crate::screens::context;
use crate::session::Session;
use crate::text::{date, money};
use ledger::date::Date;
use ledger::money::{Currency, Money};
use ledger::shop::Shop;
use leptos::prelude::*;
use std::sync::Arc;

/// The shop and the formats of a paper.
#[derive(Clone)]
pub(super) struct Printing {
    /// The session, for names of people and methods.
    pub session: Session,
    /// The shop as it is now.
    pub shop: Arc<Shop>,
    /// Its currency.
    pub currency: Currency,
    /// Whether it is the example shop: its papers say so.
    pub is_example: bool,
    /// The code that tells whether the paper is genuine; `None` where it cannot be read.
    pub code: Option<SlipCode>,
}

impl Printing {
    /// Of the open book; `None` until the shop was read.
    pub fn of(session: Session) -> Option<Self> {
        let shop = session.shop().get()?;
        let is_example = session.this_device().with(|here| here.example);
        Some(Self { session, shop, currency: context::currency(session), is_example, code: None })
    }

    /// For one paper, with its code.
    pub fn with_code(&self, code: Option<SlipCode>) -> Self {
        Self { code, ..self.clone() }
    }

    /// With the sign of the currency.
    pub fn money(&self, amount: Money) -> String {
        money::money(amount, &self.currency)
    }

    /// Without it, for columns.
    pub fn figure(&self, amount: Money) -> String {
        money::figure(amount, &self.currency)
    }

    /// For columns; a dash for zero.
    pub fn or_dash(&self, amount: Money) -> String {
        money::figure_or_dash(amount, &self.currency)
    }

    /// A day with its year.
    pub fn day(day: Date) -> String {
        date::with_year(day)
    }
}
