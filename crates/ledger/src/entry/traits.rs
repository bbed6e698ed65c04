//! The traits of a kind in the table of kinds.

use crate::entry::series::Series;

/// The people who may record entries of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Every member of staff.
    Open,
    /// Admins, and clerks to whom the right was granted.
    Admin,
}

/// The traits of one kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Traits {
    pub access: Access,
    /// The series of its document number.
    pub series: Option<Series>,
    /// Whether entries of the kind count before the documents that they name have arrived, because money or goods
    /// moved. Acts that only mirror or settle another entry have nothing to post before it arrives, so they wait.
    pub posts_alone: bool,
}

impl Traits {
    /// Open to every member of staff.
    pub const OPEN: Self = Self { access: Access::Open, series: None, posts_alone: false };
    /// For admins only.
    pub const ADMIN: Self = Self { access: Access::Admin, series: None, posts_alone: false };

    /// With document numbers of this series.
    pub const fn numbered(self, series: Series) -> Self {
        Self { series: Some(series), ..self }
    }

    /// Entries count before the documents that they name have arrived.
    pub const fn posts_alone(self) -> Self {
        Self { posts_alone: true, ..self }
    }
}
