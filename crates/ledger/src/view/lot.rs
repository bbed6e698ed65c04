//! Credit: a lot with its Amount and what is outstanding, or a credit note on an order.

use crate::account::state::Account;
use crate::date::Date;
use crate::entry::Body;
use crate::entry::credit_granted::CreditGranted;
use crate::entry::credit_origin::CreditOrigin;
use crate::id::Id;
use crate::money::Money;

/// Where credit came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum LotOrigin {
    /// What a payment left over.
    Payment,
    /// Granted by itself.
    Granted,
    /// A credit note (on an order, or granted with tax).
    Note,
    /// Store credit given by a refund.
    Refund,
    /// Brought over from an old system.
    Opening,
}

/// A credit lot.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct LotRow {
    pub id: Id,
    pub no: Option<String>,
    pub on: Date,
    pub origin: LotOrigin,
    /// The order a credit note stands on.
    pub order: Option<Id>,
    /// Original value; never changes. Of a credit note on an order: its face.
    pub amount: Money,
    /// O/S: below zero when it was overspent.
    pub os: Money,
    pub reason: Option<String>,
    pub note: Option<String>,
}

impl Account {
    /// Every lot by its id, with its Amount and its O/S; credit notes that left no lot are none.
    pub fn lots(&self) -> impl Iterator<Item = (&Id, Money, Money)> {
        self.lots.iter().map(|(id, lot)| (id, lot.amount, lot.os()))
    }

    /// Every lot, and every credit note that left no lot, newest first.
    pub(crate) fn lot_rows(&self) -> Vec<LotRow> {
        let has_credit = |id: &&Id| self.lots.contains_key(id) || self.notes.contains_key(id);
        self.entries.keys().rev().filter(has_credit).filter_map(|id| self.lot_row(id)).collect()
    }

    /// A lot, or a credit note.
    pub(crate) fn lot_row(&self, id: &Id) -> Option<LotRow> {
        let entry = self.entry(id)?;
        let note = self.notes.get(id);
        let (origin, reason, text) = origin(&entry.body)?;
        let amount = note.map(|note| note.amount).or_else(|| self.lots.get(id).map(|lot| lot.amount));
        Some(LotRow {
            id: id.clone(),
            no: entry.no.clone(),
            on: entry.on,
            origin,
            order: note.map(|note| note.order.clone()),
            amount: amount.unwrap_or_default(),
            os: self.os(id),
            reason: reason.cloned(),
            note: text.cloned(),
        })
    }
}

/// Where the credit of a document comes from, its reason and its note.
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
        CreditOrigin::Refund(refund) => (LotOrigin::Refund, Some(&refund.reason), refund.note.as_ref()),
    })
}
