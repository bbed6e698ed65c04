//! Take back a requested refund, by the person who asked for it. A claim.

use crate::account::fold::Fold;
use crate::account::status::Status;
use crate::entry::refund_named::RefundNamed;
use crate::entry::{Body, EntryKind};
use crate::id::Id;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::Case;

/// A request to take back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// The request.
    pub of: Id,
}

impl Case<'_> {
    /// Refusals in order: UnknownRefund, NotPermitted (another person asked for it), dates, NotAwaiting.
    pub(crate) fn withdraw_refund(&self, asked: &Withdrawal) -> Result<Body, Refusal> {
        let (status, _) = self.request(&asked.of)?;
        let requester = self.account().refunds.get(&asked.of).map(|refund| &refund.entry.actor);
        if requester != Some(self.cx.actor) {
            return Err(Refusal::NotPermitted { right: EntryKind::RefundWithdrawn.name() });
        }
        self.dated()?;
        if status != Status::Requested {
            return Err(Refusal::NotAwaiting { refund: asked.of.clone() });
        }
        Ok(Body::RefundWithdrawn(RefundNamed { refund: asked.of.clone() }))
    }
}

impl Fold<'_> {
    /// Marks the request as rejected, if its own actor takes it back. One that was approved meanwhile stays approved.
    pub(crate) fn withdraw_refund(&mut self, named: &RefundNamed) {
        let id = &named.refund;
        let Some(refund) = self.account.refunds.get(id) else { return };
        if refund.status == Status::Requested && refund.entry.actor == self.entry.actor {
            self.finish_refund(id, Status::Rejected);
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &Withdrawal, body: &Body) -> bool {
    let Body::RefundWithdrawn(written) = body else { return false };
    asked.of == written.refund
}

impl Asked for Withdrawal {
    fn documents(&self) -> Vec<Id> {
        vec![self.of.clone()]
    }
}
