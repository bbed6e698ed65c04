//! Exceptions of the model: those raised, and how long each is open.

use super::Fold;
use crate::model::{Amount, Raised};

/// How long an exception is open.
#[derive(Debug)]
pub enum Until {
    Resolved,
    LotAboveZero(String),
    LotSpent(String),
    RefundUndone(String),
    /// These lines of the order have come back at most once.
    LinesFit(String, Vec<u32>),
}

impl Fold {
    /// The open exceptions.
    pub fn open(&self) -> Vec<Raised> {
        let mut open = Vec::new();
        for (raised, until) in &self.exceptions {
            let cause = match until {
                Until::Resolved => true,
                Until::LotAboveZero(lot) => self.os(lot) < 0,
                Until::LotSpent(lot) => self.os(lot) > 0,
                Until::LinesFit(order, lines) => {
                    let order = &self.orders[order];
                    lines.iter().any(|line| order.back_of(*line) > order.qty(*line))
                }
                Until::RefundUndone(refund) => !matches!(
                    self.refunds.get(refund).map(|refund| refund.status),
                    Some("reversed" | "failed" | "canceled" | "rejected")
                ),
            };
            if cause && !self.is_resolved(&raised.kind, &raised.entry) {
                open.push(raised.clone());
            }
        }
        open
    }

    pub fn is_resolved(&self, kind: &str, entry: &str) -> bool {
        self.resolved.iter().any(|(of, resolved)| of == kind && resolved == entry)
    }

    /// Raises the exception of an entry that arrived after a seal; `missing` is the amount that it moved.
    pub fn late(&mut self, id: &str, seal: &str, missing: Amount) {
        self.raise("LateIntoSealedDay", id, (Some(seal.into()), None, missing), Until::Resolved);
    }

    /// Raises an exception: the entry, the other entry, the document, and the missing amount.
    pub(super) fn raise(
        &mut self,
        kind: &str,
        entry: &str,
        (other, about, missing): (Option<String>, Option<String>, Amount),
        until: Until,
    ) {
        let raised = Raised { kind: kind.into(), entry: entry.into(), other, about, missing };
        self.exceptions.push((raised, until));
    }

    /// A claim exceeds the lot; the other entry is the one that took from it last.
    pub(super) fn overspent(&mut self, entry: &str, lot: &str, about: &str, missing: Amount) {
        if missing > 0 {
            let last = self.lots.get(lot).and_then(|lot| lot.last.clone());
            self.raise("CreditOverspent", entry, (last, Some(about.into()), missing), Until::Resolved);
        }
    }

    /// Raises an exception if an entry made a lot negative.
    pub(super) fn below_zero(&mut self, entry: &str, lot: &str) {
        let os = self.os(lot);
        if os < 0 {
            let last = self.lots.get(lot).and_then(|lot| lot.last.clone());
            let about = (last, Some(lot.into()), -os);
            self.raise("CreditOverspent", entry, about, Until::LotAboveZero(lot.into()));
        }
    }

    pub(super) fn took(&mut self, entry: &str, lot: &str) {
        self.lots.entry(lot.into()).or_default().last = Some(entry.into());
    }

    /// The last other payment of an order that has not been refunded completely.
    pub(super) fn last_paid(&self, order: &str, but: &str) -> Option<String> {
        let order = &self.orders[order];
        order.payments().into_iter().rev().find(|paid| paid != but && order.kept_of(paid) > 0)
    }

    /// The last other credit note of an order, else its last other refund.
    pub(super) fn last_credit(&self, order: &str, but: &str) -> Option<String> {
        let order = &self.orders[order];
        let last = |ids: &[String]| ids.iter().rev().find(|id| *id != but).cloned();
        last(&order.notes).or_else(|| last(&order.refunds))
    }
}
