//! An option of a selection.

/// An option of a [`super::Select`] or a card of [`super::Choices`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// The value when this option is selected.
    pub value: String,
    /// The label.
    pub label: String,
    /// A line of detail (cards only).
    pub hint: Option<String>,
    /// An amount at the end (cards only).
    pub figure: Option<String>,
    /// Why it is disabled now.
    pub why_not: Option<String>,
}

impl Choice {
    /// An option with a label only.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    /// Sets the line of detail.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Sets the amount at the end.
    #[must_use]
    pub fn figure(mut self, figure: impl Into<String>) -> Self {
        self.figure = Some(figure.into());
        self
    }

    /// Disables the option with a reason; `None` leaves it enabled.
    #[must_use]
    pub fn why_not(mut self, why_not: Option<String>) -> Self {
        self.why_not = why_not;
        self
    }
}
