//! *Use available credit*: which lot is applied to which invoice.

use super::{PaymentDraft, PaymentFacts};
use ledger::id::Id;
use ledger::money::Money;
use ledger::rules::{Act, ApplyCredit, Command};

/// Credit from one lot applied to one order.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Applied {
    pub lot: Id,
    pub order: Id,
    pub amount: Money,
}

impl PaymentDraft {
    /// The credit to apply: lots in the order they were granted, invoices in the order they are paid. Empty unless
    /// *Use available credit* is marked.
    #[must_use]
    pub fn credit_plan(&self, facts: &PaymentFacts<'_>) -> Vec<Applied> {
        let mut plan = Vec::new();
        if !self.use_credit {
            return plan;
        }
        // Credit pays what is owed; only money recovers what was written off.
        let balance = |id: &Id| facts.due.iter().find(|row| row.id == *id).map(|row| row.owed);
        let mut owing = self.owing(facts);
        owing.iter_mut().for_each(|(order, owed)| *owed = (*owed).min(balance(order).unwrap_or(*owed)));
        for lot in facts.lots.iter().rev() {
            let mut left = lot.os.max(Money::ZERO);
            for (order, owed) in &mut owing {
                let amount = left.min(*owed);
                if amount.is_positive() {
                    plan.push(Applied { lot: lot.id.clone(), order: order.clone(), amount });
                    left -= amount;
                    *owed -= amount;
                }
            }
        }
        plan
    }

    /// The total credit the plan uses.
    #[must_use]
    pub fn credit_used(&self, facts: &PaymentFacts<'_>) -> Money {
        self.credit_plan(facts).into_iter().map(|applied| applied.amount).sum()
    }

    pub(super) fn credit_commands(&self, facts: &PaymentFacts<'_>) -> Vec<Command> {
        let plan = self.credit_plan(facts).into_iter().enumerate();
        plan.filter_map(|(at, Applied { lot, order, amount })| {
            let act = Act::ApplyCredit(ApplyCredit { lot, to: order, amount, eligible: None });
            Some(Command {
                id: self.child_id(at + 1)?,
                customer: Some(facts.customer.clone()),
                on: None,
                act,
            })
        })
        .collect()
    }

    /// An id for a command that is recorded together with the payment. It is derived from the payment's id, so
    /// submitting the same form again produces the same ids.
    pub(super) fn child_id(&self, at: usize) -> Option<Id> {
        Id::new(&format!("{}-{at}", self.id)).ok()
    }
}
