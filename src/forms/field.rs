//! A field of a form that an error can refer to.

/// A field, identified by its name and, in a repeated row, by the key of the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Unique in the form.
    pub name: &'static str,
    /// The row's key: an id or a line's number. Empty for a field that occurs once.
    pub row: String,
}

impl Field {
    /// A field that occurs once.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, row: String::new() }
    }

    /// The field of that name in a row.
    #[must_use]
    pub fn of(name: &'static str, row: impl ToString) -> Self {
        Self { name, row: row.to_string() }
    }

    /// The element id of the field on the page, for labels and for links from the error summary.
    #[must_use]
    pub fn id(&self) -> String {
        if self.row.is_empty() { format!("f-{}", self.name) } else { format!("f-{}-{}", self.name, self.row) }
    }
}
