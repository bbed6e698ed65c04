//! The reason why money or credit is given: one from the list, or free text.

use super::{Errors, Field, Problem, limits, required};
use serde::{Deserialize, Serialize};

/// The reasons of the list. The entry stores a stable text, which screens translate.
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
    /// All reasons, in the order of the list.
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

    /// The text stored in the entry, also the value of the choice on the page.
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

    /// The reason with that stored text, if it is in the list. Day books and imports write it with a capital.
    #[must_use]
    pub fn find(written: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_recorded().eq_ignore_ascii_case(written))
    }
}

/// How an exception was resolved.
pub const SETTLED: Field = Field::new("settled");

/// A reason as chosen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReasonDraft {
    /// `None` until one is chosen.
    pub choice: Option<Reason>,
    /// The free text, for *other*.
    pub words: String,
    /// Whether the text is one of the reasons that the shop added, and was not typed.
    #[serde(default)]
    pub own: bool,
}

impl ReasonDraft {
    /// The chosen reason.
    pub const CHOICE: Field = Field::new("reason");
    /// The free text for *other*.
    pub const WORDS: Field = Field::new("reason-words");

    /// A reason of the list.
    #[must_use]
    pub const fn given(reason: Reason) -> Self {
        Self { choice: Some(reason), words: String::new(), own: false }
    }

    /// A reason that the shop added to the list.
    #[must_use]
    pub const fn own(words: String) -> Self {
        Self { choice: Some(Reason::Other), words, own: true }
    }

    /// The reason text to store in the entry.
    pub fn read(&self, errors: &mut Errors) -> Option<String> {
        match self.choice {
            None => errors.take(Self::CHOICE, Err(Problem::Missing)),
            Some(Reason::Other) => errors.take(Self::WORDS, required(&self.words, limits::REASON)),
            Some(reason) => Some(reason.as_recorded().into()),
        }
    }
}
