//! What the table of kinds says about a kind as such.

use crate::entry::series::Series;

/// Who may write entries of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Every member of staff.
    Open,
    /// Admins, and clerks to whom the right was granted.
    Admin,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Traits {
    pub access: Access,
    /// The series of its document number.
    pub series: Option<Series>,
    /// Money or goods moved: the entry counts although something that it names has not arrived yet. Acts that only
    /// mirror or settle another entry have nothing to post before that entry arrives, so they wait.
    pub posts_alone: bool,
}

impl Traits {
    /// Open to every member of staff.
    pub const OPEN: Self = Self { access: Access::Open, series: None, posts_alone: false };
    /// For admins only.
    pub const ADMIN: Self = Self { access: Access::Admin, series: None, posts_alone: false };

    /// With a document number of that series.
    pub const fn numbered(self, series: Series) -> Self {
        Self { series: Some(series), ..self }
    }

    /// Counts without what it names.
    pub const fn posts_alone(self) -> Self {
        Self { posts_alone: true, ..self }
    }
}
