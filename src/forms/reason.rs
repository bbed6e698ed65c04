//! Why money or credit is given: one of the list, or one's own words.

use super::{Errors, Field, Problem, limits, required};
use serde::{Deserialize, Serialize};

/// The reasons of the list. What is written is a stable text, which screens translate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Reason {
    FaultyGoods,
    ReturnedGoods,
    ShortDelivered,
    Overcharge,
    Goodwill,
    DiscountAllowed,
    BalanceAdjustment,
    CurrencyAdjustment,
    Other,
}

impl Reason {
    /// In the order of the list.
    pub const ALL: [Self; 9] = [
        Self::FaultyGoods,
        Self::ReturnedGoods,
        Self::ShortDelivered,
        Self::Overcharge,
        Self::Goodwill,
        Self::DiscountAllowed,
        Self::BalanceAdjustment,
        Self::CurrencyAdjustment,
        Self::Other,
    ];

    /// What stands in the entry, and names the choice on the page.
    #[must_use]
    pub const fn as_recorded(self) -> &'static str {
        match self {
            Self::FaultyGoods => "faulty goods",
            Self::ReturnedGoods => "returned goods",
            Self::ShortDelivered => "short delivered",
            Self::Overcharge => "overcharge",
            Self::Goodwill => "goodwill",
            Self::DiscountAllowed => "discount allowed",
            Self::BalanceAdjustment => "balance adjustment",
            Self::CurrencyAdjustment => "currency adjustment",
            Self::Other => "other",
        }
    }

    /// The reason of that text, if it is one of the list.
    #[must_use]
    pub fn find(written: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_recorded() == written)
    }
}

/// What was done about an exception.
pub const SETTLED: Field = Field::new("settled");

/// A reason as chosen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReasonDraft {
    /// `None` until one is chosen.
    pub choice: Option<Reason>,
    /// One's own words, for *other*.
    pub words: String,
}

impl ReasonDraft {
    /// The choice.
    pub const CHOICE: Field = Field::new("reason");
    /// The words beside *other*.
    pub const WORDS: Field = Field::new("reason-words");

    /// What is to be written.
    pub fn read(&self, errors: &mut Errors) -> Option<String> {
        match self.choice {
            None => errors.take(Self::CHOICE, Err(Problem::Missing)),
            Some(Reason::Other) => errors.take(Self::WORDS, required(&self.words, limits::REASON)),
            Some(reason) => Some(reason.as_recorded().into()),
        }
    }
}
