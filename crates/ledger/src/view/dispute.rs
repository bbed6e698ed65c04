//! Disputes of payments: what the card processor says, and what is to be recorded.

use crate::account::dispute::Dispute;
use crate::account::state::Account;
use crate::date::Date;
use crate::entry::payment_disputed::DisputeStage;
use crate::id::Id;
use crate::money::Money;

/// A dispute of a payment. Amounts are in minor units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct DisputeRow {
    pub id: Id,
    pub payment: Id,
    pub stage: DisputeStage,
    /// What is disputed.
    pub amount: Money,
    /// What the processor keeps for itself.
    pub fee: Money,
    pub answer_by: Option<Date>,
    /// Its number at the processor.
    pub reference: Option<String>,
    /// The processor's word for the customer's reason.
    pub reason: Option<String>,
    /// What is recorded of the amount and of the fee.
    pub recorded: (Money, Money),
    /// How much more of each is to be recorded, below zero what comes back; `None` when the book has it.
    pub to_record: Option<(Money, Money)>,
    /// The id of the entry that records it. Every counter gives it the same one, so that it is recorded once.
    pub next: Id,
}

impl Account {
    /// The disputes of a payment, newest first.
    pub(crate) fn dispute_rows(&self, payment: &Id) -> Vec<DisputeRow> {
        let mut rows: Vec<_> =
            self.disputes_of(payment).filter_map(|(id, dispute)| self.dispute_row(id, dispute)).collect();
        rows.reverse();
        rows
    }

    fn dispute_row(&self, id: &Id, dispute: &Dispute) -> Option<DisputeRow> {
        let said = dispute.said.clone()?;
        let kept = self.kept_at_processor(dispute)?;
        let recorded = (dispute.amount, dispute.fee);
        let next = Id::new(&format!("{id}-{}", dispute.times + 1)).ok()?;
        Some(DisputeRow {
            id: id.clone(),
            payment: dispute.payment.clone(),
            stage: said.stage,
            amount: said.amount,
            fee: said.fee,
            answer_by: said.answer_by,
            reference: said.reference,
            reason: said.reason,
            recorded,
            to_record: (kept != recorded).then(|| (kept.0 - recorded.0, kept.1 - recorded.1)),
            next,
        })
    }

    /// Whether something of a dispute is to be recorded.
    pub(crate) fn has_dispute_to_record(&self) -> bool {
        self.disputes.values().any(|dispute| self.is_to_record(dispute))
    }
}
