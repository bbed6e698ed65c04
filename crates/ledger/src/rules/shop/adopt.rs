//! Adopt an entry that an endpoint refused. A claim.

use crate::entry::entry_adopted::Adopted;
use crate::entry::{Body, EntryKind};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::Case;

impl Case<'_> {
    /// Refusal: NotPermitted. The fold finds the adopted entry by its place; it is not checked here.
    pub(crate) fn adopt(&self, asked: &Adopted) -> Result<Body, Refusal> {
        self.permitted(EntryKind::EntryAdopted, Money::ZERO)?;
        Ok(Body::EntryAdopted(asked.clone()))
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &Adopted, body: &Body) -> bool {
    matches!(body, Body::EntryAdopted(written) if written == asked)
}
