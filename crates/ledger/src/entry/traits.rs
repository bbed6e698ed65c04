//! The traits of a kind in the table of kinds.

use crate::entry::series::Series;

/// The people who may record entries of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Every member of staff.
    Open,
    /// Admins, and clerks to whom the right was granted.
    Admin,
    /// The owner alone, to whom no right is granted.
    Owner,
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
    /// Whether entries of the shop count only if their actor had the right at their place in the order: claims about
    /// people, rights, methods and the like. A fact counts without regard to its actor's rights.
    pub needs_right: bool,
}

impl Traits {
    /// Open to every member of staff.
    pub const OPEN: Self =
        Self { access: Access::Open, series: None, posts_alone: false, needs_right: false };
    /// For admins only.
    pub const ADMIN: Self = Self { access: Access::Admin, ..Self::OPEN };
    /// For admins only, and without effect where the actor had no right to it.
    pub const RIGHT: Self = Self { needs_right: true, ..Self::ADMIN };

    /// For the owner only, and without effect where another person recorded it.
    pub const OWNERS: Self = Self { access: Access::Owner, ..Self::RIGHT };

    /// With document numbers of this series.
    pub const fn numbered(self, series: Series) -> Self {
        Self { series: Some(series), ..self }
    }

    /// Entries count before the documents that they name have arrived.
    pub const fn posts_alone(self) -> Self {
        Self { posts_alone: true, ..self }
    }
}
