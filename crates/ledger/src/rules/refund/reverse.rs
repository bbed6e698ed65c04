//! Reverse a manual refund that was recorded by mistake: the mirror of every leg. A fact.

use crate::account::fold::Fold;
use crate::account::raised::OpenUntil;
use crate::account::status::Status;
use crate::entry::reversed::Reversed;
use crate::entry::{Body, EntryKind};
use crate::exception::Kind;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::case::{Case, reason};
use crate::rules::correction::reversal::Reversal;

impl Case<'_> {
    /// Refusals in order: UnknownRefund, NotPermitted, dates, ReasonRequired, AlreadyReversed, NotManual,
    /// CreditAlreadySpent.
    pub(crate) fn reverse_refund(&self, asked: &Reversal) -> Result<Body, Refusal> {
        let unknown = || Refusal::UnknownRefund { refund: asked.of.clone() };
        let refund = self.account().refunds.get(&asked.of).ok_or_else(unknown)?;
        self.permitted(EntryKind::RefundReversed, refund.out)?;
        self.dated()?;
        let reason = reason(asked.reason.as_ref())?;
        match refund.status {
            Status::Recorded => {}
            Status::Reversed => return Err(Refusal::AlreadyReversed { id: asked.of.clone() }),
            _ => return Err(Refusal::NotManual { refund: asked.of.clone() }),
        }
        if refund.account.is_none() {
            self.unspent(&asked.of, refund.out)?;
        }
        let given_back = refund.taken.iter().filter(|taken| taken.credit);
        given_back.clone().try_for_each(|taken| self.unspent(&taken.from, taken.kept))?;
        Ok(Body::RefundReversed(Reversed { of: asked.of.clone(), reason }))
    }
}

impl Fold<'_> {
    /// Posts the mirror of every leg of a manual refund.
    pub(crate) fn reverse_refund(&mut self, reversed: &Reversed) {
        let id = &reversed.of;
        let Some(refund) = self.account.refunds.get(id).cloned() else { return };
        match refund.status {
            Status::Recorded => {
                let from = refund.account.clone().unwrap_or_else(|| self.credit.clone());
                self.round(&from, refund.rounded());
                self.undo_refund(id, &refund, &from);
                if refund.account.is_none() && refund.out.is_positive() {
                    self.lot(id).reversed += refund.out;
                    self.raise_if_below_zero(id);
                }
                self.finish_refund(id, Status::Reversed);
                self.followed(refund.taken.iter().map(|taken| &taken.from));
            }
            Status::Reversed => {
                self.raise(Kind::CompletedTwice, refund.done, Some(id), Money::ZERO, OpenUntil::Resolved);
            }
            _ => {}
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &Reversal, body: &Body) -> bool {
    let Body::RefundReversed(written) = body else { return false };
    asked.of == written.of
}
