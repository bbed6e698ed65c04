//! The open exceptions of an account.

use crate::account::raised::{OpenUntil, RaisedException};
use crate::account::state::{Account, EntryState};
use crate::account::status::Status;
use crate::entry::record::Entry;
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use std::sync::Arc;

/// An open exception, without the command that would resolve it.
pub struct OpenException {
    /// What was raised. Clashes and waiting entries are not stored, but have the same fields.
    pub raised: RaisedException,
    /// Whether it stays open until an entry resolves it, even after its remedy was recorded.
    pub stays: bool,
    /// For two entries with the same id: the entry that does not count.
    pub clash: Option<Arc<Entry>>,
}

impl Account {
    /// The open exceptions, in the order in which they were raised.
    pub(crate) fn open_exceptions(&self) -> Vec<OpenException> {
        let raised = self.raised.iter().filter(|raised| self.is_open(raised)).map(open);
        let clashes = self.clashes.iter().filter_map(|other| self.clash_exception(other));
        let waiting = self.waiting.iter().filter_map(|id| self.waiting_exception(id));
        raised.chain(clashes).chain(waiting).collect()
    }

    fn clash_exception(&self, other: &Arc<Entry>) -> Option<OpenException> {
        let first = self.entry(&other.id)?;
        (!self.is_resolved(Kind::IdClash, &other.id)).then(|| OpenException {
            raised: RaisedException {
                kind: Kind::IdClash,
                entry: other.id.clone(),
                other: Some(first.id.clone()),
                about: Some(other.id.clone()),
                missing: Money::ZERO,
                until: OpenUntil::Resolved,
            },
            stays: true,
            clash: Some(other.clone()),
        })
    }

    fn waiting_exception(&self, id: &Id) -> Option<OpenException> {
        let EntryState::Waits(missing) = &self.entries.get(id)?.state else { return None };
        (!self.is_resolved(Kind::WaitingFor, id)).then(|| OpenException {
            raised: RaisedException {
                kind: Kind::WaitingFor,
                entry: id.clone(),
                other: Some(missing.clone()),
                about: Some(missing.clone()),
                missing: Money::ZERO,
                until: OpenUntil::Resolved,
            },
            stays: false,
            clash: None,
        })
    }

    fn is_open(&self, raised: &RaisedException) -> bool {
        let cause = match &raised.until {
            OpenUntil::Resolved => true,
            OpenUntil::LotMadeGood(lot) => self.os(lot) < Money::ZERO,
            OpenUntil::LotSpent(lot) => self.os(lot).is_positive(),
            OpenUntil::LinesFit(order, lines) => self.orders.get(order).is_some_and(|order| {
                let over = |line: &u32| {
                    let back = order.line_returns(*line).map_or(0, |returns| returns.qty);
                    order.line(*line).is_some_and(|line| back > u64::from(line.qty.0))
                };
                lines.iter().any(over)
            }),
            OpenUntil::RefundUndone(refund) => {
                self.refunds.get(refund).is_none_or(|refund| !is_undone(refund.status))
            }
        };
        cause && !self.resolved.contains(&(raised.kind, raised.entry.clone()))
    }
}

fn open(raised: &RaisedException) -> OpenException {
    let stays = matches!(raised.until, OpenUntil::Resolved);
    OpenException { raised: raised.clone(), stays, clash: None }
}

const fn is_undone(status: Status) -> bool {
    matches!(status, Status::Reversed | Status::Failed | Status::Canceled | Status::Rejected)
}
