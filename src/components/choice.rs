//! One of several things to choose.

/// An entry of a [`super::Select`] or a card of [`super::Choices`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the value becomes.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// More about it (cards only).
    pub hint: Option<String>,
    /// An amount at its end (cards only).
    pub figure: Option<String>,
    /// Why it cannot be chosen now.
    pub why_not: Option<String>,
}

impl Choice {
    /// A choice with nothing but its name.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    /// Says more about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Puts an amount at its end.
    #[must_use]
    pub fn figure(mut self, figure: impl Into<String>) -> Self {
        self.figure = Some(figure.into());
        self
    }

    /// Closes it, with the reason; `None` leaves it open.
    #[must_use]
    pub fn why_not(mut self, why_not: Option<String>) -> Self {
        self.why_not = why_not;
        self
    }
}
