//! Process a pay-out: credit is held until the money is handed over. A claim.

use crate::account::documents::{HeldPart, Payout};
use crate::account::fold::Fold;
use crate::account::status::Status;
use crate::code::{BookAccount, Code};
use crate::entry::Body;
use crate::entry::payout_processed::{FromLot, PayoutProcessed};
use crate::id::Id;
use crate::method::Method;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, no_duplicates, non_blank, note};

/// A pay-out to process. The id of the command becomes the id of the pay-out.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct ProcessPayout {
    pub amount: Money,
    pub method: Method,
    pub bank: Option<String>,
    /// The parts, which add up to the amount.
    pub from: Vec<FromLot>,
    /// The details of the payee, if they differ from the customer's.
    pub payee: Option<String>,
    pub reference: Option<String>,
    pub note: Option<String>,
    /// Cash rounding in minor units: the amount less what is paid out, below zero where more is.
    pub rounding: Money,
}

impl Case<'_> {
    /// Refusals in order: UnknownCredit, NotThisCustomer, dates, AmountNotPositive, NotesRequired,
    /// RoundingOutOfRange, CreditExceedsOutstanding.
    pub(crate) fn process_payout(&self, asked: &ProcessPayout) -> Result<Body, Refusal> {
        asked.from.iter().try_for_each(|part| self.credit_known(&part.lot))?;
        asked.from.iter().try_for_each(|part| self.credit_here(&part.lot))?;
        self.dated()?;
        self.positive(asked.amount)?;
        asked.from.iter().try_for_each(|part| self.positive(part.amount))?;
        let note = note(asked.method, asked.note.as_ref())?;
        self.rounds(asked.method, asked.rounding, asked.amount - asked.rounding)?;
        no_duplicates(asked.from.iter().map(|part| (&part.lot, false)))?;
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
            payee: non_blank(asked.payee.as_ref()),
            reference: non_blank(asked.reference.as_ref()),
            note,
            rounding: asked.rounding,
        }))
    }
}

impl Fold<'_> {
    /// Dr 2100; Cr 2110.
    pub(crate) fn process_payout(&mut self, processed: &PayoutProcessed) {
        let mut parts = Vec::with_capacity(processed.from.len());
        for part in &processed.from {
            let held = part.amount.min(self.lot(&part.lot).available());
            self.raise_overspent(&part.lot, &part.lot, part.amount - held);
            self.hold(&part.lot, held);
            parts.push(HeldPart { lot: part.lot.clone(), asked: part.amount, held });
        }
        let entry = self.entry.clone();
        let payout = Payout {
            entry,
            status: Status::Awaiting,
            parts,
            done_by: None,
            done: None,
            completed: None,
            handed_over: false,
            rounding: Money::ZERO,
        };
        self.insert_payout(&self.entry.id, payout);
    }

    /// Moves an amount from a lot to what is in transit; a negative amount gives it back.
    pub(super) fn hold(&mut self, lot: &Id, amount: Money) {
        self.lot(lot).held += amount;
        self.mark_last(lot);
        self.lines.transfer(&self.credit, &BookAccount::of(Code::RefundsPayable), amount);
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(_: &Case<'_>, asked: &ProcessPayout, body: &Body) -> bool {
    let Body::PayoutProcessed(processed) = body else { return false };
    (asked.amount, asked.method, &asked.from) == (processed.amount, processed.method, &processed.from)
        && non_blank(asked.payee.as_ref()) == processed.payee
        && non_blank(asked.reference.as_ref()) == processed.reference
        && non_blank(asked.note.as_ref()) == processed.note
        && asked.rounding == processed.rounding
}

/// The input that would record the pay-out again.
impl From<&PayoutProcessed> for ProcessPayout {
    fn from(processed: &PayoutProcessed) -> Self {
        Self {
            amount: processed.amount,
            method: processed.method,
            bank: processed.account.bank().map(str::to_owned),
            from: processed.from.clone(),
            payee: processed.payee.clone(),
            reference: processed.reference.clone(),
            note: processed.note.clone(),
            rounding: processed.rounding,
        }
    }
}

impl Asked for ProcessPayout {
    fn names(&self) -> Vec<Id> {
        self.from.iter().map(|part| part.lot.clone()).collect()
    }
}
