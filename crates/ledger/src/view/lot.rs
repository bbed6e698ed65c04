//! Credit in a list: a lot with its original and its outstanding amount, or a credit note on an order.

use crate::account::documents::Note;
use crate::account::state::Account;
use crate::account::status::Status;
use crate::date::Date;
use crate::entry::Body;
use crate::entry::credit_granted::CreditGranted;
use crate::entry::credit_origin::CreditOrigin;
use crate::id::Id;
use crate::money::Money;
use std::collections::BTreeMap;

/// The origin of credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum LotOrigin {
    /// The part of a payment that was not allocated.
    Payment,
    /// Credit granted without an order.
    Granted,
    /// A credit note (on an order, or granted with tax).
    Note,
    /// Store credit given by a refund.
    Refund,
    /// Credit of another customer.
    Received,
    /// An opening balance from another system.
    Opening,
}

/// A credit lot, or a credit note that created no lot. Amounts are in minor units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct LotRow {
    pub id: Id,
    pub no: Option<String>,
    pub on: Date,
    /// Who recorded it.
    pub actor: Id,
    pub origin: LotOrigin,
    /// The order of a credit note.
    pub order: Option<Id>,
    /// The original amount, which never changes; for a credit note on an order, its whole amount.
    pub amount: Money,
    /// The outstanding amount (O/S); below zero if more was spent than the lot had.
    pub os: Money,
    /// What of a credit note on an order is not reversed, in minor units; zero for other credit.
    pub left: Money,
    /// Where it went, in the lists of an account; empty in those of an order.
    pub uses: Vec<LotUse>,
    pub reason: Option<String>,
    pub note: Option<String>,
}

/// What an order or a pay-out has of a credit, in minor units.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct LotUse {
    /// `None` for a pay-out.
    pub order: Option<Id>,
    pub no: Option<String>,
    pub amount: Money,
}

impl Account {
    /// All lots: id, original amount and outstanding amount in minor units. Credit notes that created no lot are left
    /// out.
    pub fn lots(&self) -> impl Iterator<Item = (&Id, Money, Money)> {
        self.lots.iter().map(|(id, lot)| (id, lot.amount, lot.os()))
    }

    /// All lots, and all credit notes that created no lot, newest first.
    pub(crate) fn lot_rows(&self) -> Vec<LotRow> {
        let has_credit = |id: &&Id| self.lots.contains_key(id) || self.notes.contains_key(id);
        let mut uses = self.uses();
        let row = |id: &Id| {
            let row = self.lot_row(id)?;
            Some(LotRow { uses: uses.remove(id).unwrap_or_default(), ..row })
        };
        self.entries.keys().rev().filter(has_credit).filter_map(row).collect()
    }

    /// What orders and pay-outs have of each credit.
    fn uses(&self) -> BTreeMap<&Id, Vec<LotUse>> {
        let mut uses = BTreeMap::<&Id, Vec<LotUse>>::new();
        let mut add = |lot, used: LotUse| {
            if used.amount.is_positive() {
                uses.entry(lot).or_default().push(used);
            }
        };
        for (id, order) in self.orders.iter() {
            for (lot, applied) in order.credits.iter() {
                add(
                    lot,
                    LotUse { order: Some(id.clone()), no: self.number(id), amount: applied.remaining() },
                );
            }
        }
        for (id, payout) in self.payouts.iter() {
            if matches!(payout.status, Status::Awaiting | Status::Complete) {
                for part in &payout.parts {
                    add(&part.lot, LotUse { order: None, no: self.number(id), amount: part.held });
                }
            }
        }
        uses
    }

    /// The row of a lot or a credit note.
    pub(crate) fn lot_row(&self, id: &Id) -> Option<LotRow> {
        let entry = self.entry(id)?;
        let note = self.notes.get(id);
        let (origin, reason, text) = origin(&entry.body)?;
        let amount = note.map(|note| note.amount).or_else(|| self.lots.get(id).map(|lot| lot.amount));
        Some(LotRow {
            id: id.clone(),
            no: entry.no.clone(),
            on: entry.on,
            actor: entry.actor.clone(),
            origin,
            order: note.map(|note| note.order.clone()),
            amount: amount.unwrap_or_default(),
            os: self.os(id),
            left: note.map(Note::remaining).unwrap_or_default(),
            uses: Vec::new(),
            reason: reason.cloned(),
            note: text.cloned(),
        })
    }
}

/// The origin of the credit of a document, its reason and its note.
fn origin(body: &Body) -> Option<(LotOrigin, Option<&String>, Option<&String>)> {
    Some(match body.credit_origin()? {
        CreditOrigin::Payment(paid) => (LotOrigin::Payment, None, paid.note.as_ref()),
        CreditOrigin::Granted(granted) => {
            let origin = match granted {
                CreditGranted { opening: true, .. } => LotOrigin::Opening,
                CreditGranted { rate: Some(_), .. } => LotOrigin::Note,
                CreditGranted { .. } => LotOrigin::Granted,
            };
            (origin, Some(&granted.reason), granted.note.as_ref())
        }
        CreditOrigin::Note(credited) => (LotOrigin::Note, Some(&credited.reason), credited.note.as_ref()),
        CreditOrigin::Received(received) => (LotOrigin::Received, Some(&received.reason), None),
        CreditOrigin::Refund(refund) => (LotOrigin::Refund, Some(&refund.reason), refund.note.as_ref()),
    })
}
