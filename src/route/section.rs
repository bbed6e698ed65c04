//! The sections of the settings: each has an address of its own.

/// A section of the settings, in the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Section {
    Shop,
    Paper,
    Tax,
    Items,
    Banks,
    Reasons,
    People,
    Counters,
    Backup,
    Appearance,
}

impl Section {
    /// All sections, in the order of the list.
    pub const ALL: [Self; 10] = [
        Self::Shop,
        Self::Paper,
        Self::Tax,
        Self::Items,
        Self::Banks,
        Self::Reasons,
        Self::People,
        Self::Counters,
        Self::Backup,
        Self::Appearance,
    ];

    /// The word in the address.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Paper => "receipts",
            Self::Tax => "tax",
            Self::Items => "items",
            Self::Banks => "banks",
            Self::Reasons => "reasons",
            Self::People => "people",
            Self::Counters => "counters",
            Self::Backup => "backup",
            Self::Appearance => "appearance",
        }
    }

    /// The section with that word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.word() == word)
    }
}
