//! `exception.resolved`: an exception was resolved; a note says how.

use crate::entry::content::{Content, Summary};
use crate::exception::Kind;
use crate::id::Id;
use serde::{Deserialize, Serialize};

/// The content of `exception.resolved`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ExceptionResolved {
    pub kind: String,
    /// The entries of the exception; the one that raised it comes first.
    pub entries: Vec<Id>,
    pub note: String,
}

impl ExceptionResolved {
    /// The resolved exception: its kind and the entry that raised it; `None` for an unknown kind.
    #[must_use]
    pub fn names(&self) -> Option<(Kind, Id)> {
        Some((Kind::named(&self.kind)?, self.entries.first()?.clone()))
    }
}

impl Content for ExceptionResolved {
    fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        visit(&self.kind);
        visit(&self.note);
    }

    fn summary(&self) -> Summary<'_> {
        Summary { note: Some(&self.note), ..Summary::default() }
    }
}
