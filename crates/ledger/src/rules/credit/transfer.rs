//! Transfer credit to another customer: an entry for the giver and one for the receiver, in one press. A fact.

use crate::account::fold::Fold;
use crate::entry::credit_received::CreditReceived;
use crate::entry::credit_transferred::CreditTransferred;
use crate::entry::record::Entry;
use crate::entry::{Body, EntryKind};
use crate::id::{Id, MAX_ID};
use crate::limits::OverLimit;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, non_blank, reason};

/// Credit to give to another customer. The id of the command becomes the id of the receiver's lot; the giver is the
/// customer of the command.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct TransferCredit {
    /// The giver's lot.
    pub lot: Id,
    pub amount: Money,
    /// The customer who receives the credit.
    pub to: Id,
    pub reason: Option<String>,
}

/// Ends the id of the giver's entry. It follows from the id of the transfer, so a transfer that two counters record is one
/// in both accounts.
const GIVEN: &str = "-given";

impl Case<'_> {
    /// Refusals in order: UnknownCredit, UnknownCustomer, NotPermitted, dates, AmountNotPositive, ReasonRequired,
    /// SameCustomer, CreditExceedsOutstanding. The body is that of the receiver.
    pub(crate) fn transfer_credit(&self, asked: &TransferCredit) -> Result<Body, Refusal> {
        let (lot, to) = (asked.lot.clone(), &asked.to);
        let here = self.account().lots.contains_key(&lot);
        let giver = self.account().customer.as_ref().map(|customer| customer.id.clone());
        let Some(from) = giver.filter(|_| here) else { return Err(Refusal::UnknownCredit { credit: lot }) };
        if from != *to && !self.is_customer(to) {
            return Err(Refusal::UnknownCustomer { customer: to.clone() });
        }
        self.permitted(EntryKind::CreditTransferred, asked.amount)?;
        self.dated()?;
        self.positive(asked.amount)?;
        let reason = reason(asked.reason.as_ref())?;
        if from == *to {
            return Err(Refusal::SameCustomer { customer: from });
        }
        self.outstanding(&lot, asked.amount)?;
        let eligible = self.earns(&lot);
        Ok(Body::CreditReceived(CreditReceived { from, lot, amount: asked.amount, eligible, reason }))
    }
}

/// The entry of the giver that belongs to the receiver's; `None` for entries of other acts.
///
/// # Errors
/// OverLimit if the id of the transfer is too long to derive the other id from it.
pub(crate) fn giving_side(entry: &Entry) -> Result<Option<Entry>, Refusal> {
    let Body::CreditReceived(received) = &entry.body else { return Ok(None) };
    let most = (MAX_ID - GIVEN.len()) as u64;
    let id = giving_id(&entry.id).ok_or(Refusal::OverLimit(OverLimit { what: "id", most }))?;
    let to = entry.customer.clone().unwrap_or_else(|| entry.id.clone());
    let CreditReceived { from, lot, amount, eligible: _, reason } = received.clone();
    let body = Body::CreditTransferred(CreditTransferred { lot, amount, to, reason });
    Ok(Some(Entry { id, no: None, customer: Some(from), body, ..entry.clone() }))
}

/// The id of the giver's entry; `None` if it would be too long.
pub(crate) fn giving_id(transfer: &Id) -> Option<Id> {
    Id::new(&format!("{transfer}{GIVEN}")).ok()
}

impl Fold<'_> {
    /// Dr 2100; Cr 2120. Credit that was already spent takes the lot below zero.
    pub(crate) fn transfer_credit(&mut self, transferred: &CreditTransferred) {
        self.give_away(&transferred.lot, transferred.amount);
        self.raise_if_below_zero(&transferred.lot);
        self.mark_last(&transferred.lot);
    }

    /// Dr 2120; Cr 2100.
    pub(crate) fn receive_transfer(&mut self, received: &CreditReceived) {
        let lot = self.entry.id.clone();
        self.receive_credit(&lot, received.amount);
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(case: &Case<'_>, asked: &TransferCredit, body: &Body) -> bool {
    let Body::CreditReceived(written) = body else { return false };
    (&asked.lot, asked.amount) == (&written.lot, written.amount)
        && case.for_customer == Some(&written.from)
        && non_blank(asked.reason.as_ref()).as_ref() == Some(&written.reason)
}

impl Asked for TransferCredit {
    fn names(&self) -> Vec<Id> {
        vec![self.lot.clone(), self.to.clone()]
    }

    /// The lot alone: it is in the account of the giver.
    fn documents(&self) -> Vec<Id> {
        vec![self.lot.clone()]
    }
}
