//! Decides on pay-outs.

use super::{FromLot, PayoutCompleted, PayoutProcessed, PayoutRejected, ProcessPayout};
use crate::act::payment::Method;
use crate::act::refund::Status;
use crate::body::Body;
use crate::code::BookAccount;
use crate::decide::{Case, note, once, written};
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;

impl Case<'_> {
    /// UnknownCredit, NotThisCustomer, dates, AmountNotPositive, NotesRequired, CreditExceedsOutstanding.
    pub(crate) fn process_payout(&self, asked: &ProcessPayout) -> Result<Body, Refusal> {
        asked.from.iter().try_for_each(|part| self.credit_known(&part.lot))?;
        asked.from.iter().try_for_each(|part| self.credit_here(&part.lot))?;
        self.dated()?;
        self.positive(asked.amount)?;
        asked.from.iter().try_for_each(|part| self.positive(part.amount))?;
        let note = note(asked.method, asked.note.as_ref())?;
        once(asked.from.iter().map(|part| (&part.lot, false)))?;
        let parts: Money = asked.from.iter().map(|part| part.amount).sum();
        if parts != asked.amount {
            return Err(Refusal::PartsDiffer { asked: asked.amount, parts });
        }
        asked.from.iter().try_for_each(|FromLot { lot, amount }| self.outstanding(lot, *amount))?;
        Ok(Body::PayoutProcessed(PayoutProcessed {
            amount: asked.amount,
            method: asked.method,
            account: self.paying_account(asked.method, asked.bank.as_deref())?,
            from: asked.from.clone(),
            payee: written(asked.payee.as_ref()),
            reference: written(asked.reference.as_ref()),
            note,
        }))
    }

    /// UnknownRefund, NotPermitted, dates, NotAwaiting. Cash leaves the drawer of whoever completes it.
    pub(crate) fn complete_payout(&self, id: &Id) -> Result<Body, Refusal> {
        let processed = self.awaiting(id, "payout.completed")?;
        let account = match processed.method {
            Method::Cash => BookAccount::drawer(self.cx.counter),
            _ => processed.account.clone(),
        };
        Ok(Body::PayoutCompleted(PayoutCompleted { payout: id.clone(), account, amount: processed.amount }))
    }

    /// UnknownRefund, NotPermitted, dates, NotAwaiting.
    pub(crate) fn reject_payout(&self, id: &Id) -> Result<Body, Refusal> {
        self.awaiting(id, "payout.rejected")?;
        Ok(Body::PayoutRejected(PayoutRejected { payout: id.clone() }))
    }

    fn awaiting(&self, id: &Id, right: &'static str) -> Result<&PayoutProcessed, Refusal> {
        let unknown = || Refusal::UnknownRefund { refund: id.clone() };
        let payout = self.account().payouts.get(id).ok_or_else(unknown)?;
        let processed = payout.processed().ok_or_else(unknown)?;
        self.permitted(right, processed.amount)?;
        self.dated()?;
        match payout.status {
            Status::Awaiting => Ok(processed),
            _ => Err(Refusal::NotAwaiting { refund: id.clone() }),
        }
    }
}
