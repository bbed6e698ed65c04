//! The reports: each has an address of its own.

/// A report, in the order of the tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// What customers owe by age.
    Ageing,
    /// Money received and paid back, by method.
    Takings,
    /// Every entry with its postings.
    DayBook,
    /// Sales tax by rate.
    Tax,
    /// Refunds by reason.
    Refunds,
    /// What partners earned and are owed.
    Commissions,
    /// What each person recorded.
    Activity,
}

impl Report {
    /// All reports, in the order of the tabs.
    pub const ALL: [Self; 7] = [
        Self::Ageing,
        Self::Takings,
        Self::DayBook,
        Self::Tax,
        Self::Refunds,
        Self::Commissions,
        Self::Activity,
    ];

    /// The word in the address.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ageing => "ageing",
            Self::Takings => "takings",
            Self::DayBook => "day-book",
            Self::Tax => "tax",
            Self::Refunds => "refunds",
            Self::Commissions => "commissions",
            Self::Activity => "activity",
        }
    }

    /// The report with that word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|report| report.word() == word)
    }
}
