//! A place in a form that an error can point at.

/// A field by name and, where a form repeats it, by the key of its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Unique in its form.
    pub name: &'static str,
    /// The row's key: an id or a line's number. Empty where the field stands once.
    pub row: String,
}

impl Field {
    /// A field that stands once.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, row: String::new() }
    }

    /// The field of that name in one row.
    #[must_use]
    pub fn of(name: &'static str, row: impl ToString) -> Self {
        Self { name, row: row.to_string() }
    }

    /// The element id that the field has on the page, for labels and for links from the error summary.
    #[must_use]
    pub fn id(&self) -> String {
        if self.row.is_empty() { format!("f-{}", self.name) } else { format!("f-{}-{}", self.name, self.row) }
    }
}
