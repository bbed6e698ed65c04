//! Credit note on an order: it lowers what is owed; the rest becomes a lot. A claim.

use crate::account::documents::Note;
use crate::account::fold::Fold;
use crate::account::raised::OpenUntil;
use crate::entry::order_credited::OrderCredited;
use crate::entry::{Body, EntryKind};
use crate::exception::Kind;
use crate::id::Id;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::rules::asked::Asked;
use crate::rules::case::{Case, non_blank, reason};
use crate::rules::returns::{self, ReturnAsked, returned_lines};

/// A credit note on an order. The id of the command becomes the id of the note and of the lot that it may create.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct CreditNote {
    pub order: Id,
    /// The amount in minor units; `None` means the value of the returned lines.
    pub amount: Option<Money>,
    pub reason: Option<String>,
    pub note: Option<String>,
    /// Whether the credit lowers commission (*Apply Credit to Referral Partner Commissions*).
    pub clawback: bool,
    /// The lines that came back.
    pub returned: Vec<ReturnAsked>,
}

impl Case<'_> {
    /// Refusals in order: UnknownOrder, UnknownLine, AmountNotPositive, ReasonRequired, NotPermitted, dates,
    /// ReturnExceedsLine, AmountNotPositive (an amount that follows from the lines), CreditExceedsOrder.
    pub(crate) fn credit_note(&self, asked: &CreditNote) -> Result<Body, Refusal> {
        let order = self.known_order(&asked.order)?;
        let returned = returned_lines(order, &asked.order, &asked.returned)?;
        asked.amount.map_or(Ok(()), |amount| self.positive(amount))?;
        returns::positive(&asked.returned)?;
        let reason = reason(asked.reason.as_ref())?;
        let value = || order.values(&returned).iter().map(|each| each.value).sum();
        let amount = asked.amount.unwrap_or_else(value);
        self.permitted(EntryKind::OrderCredited, amount)?;
        self.dated()?;
        returns::fits(order, &asked.order, &returned)?;
        self.positive(amount)?;
        let left = order.left();
        if amount > left {
            return Err(Refusal::CreditExceedsOrder { order: asked.order.clone(), asked: amount, left });
        }
        Ok(Body::OrderCredited(OrderCredited {
            order: asked.order.clone(),
            amount,
            reason,
            note: non_blank(asked.note.as_ref()),
            clawback: asked.clawback,
            returned,
        }))
    }
}

impl Fold<'_> {
    /// Dr 4010, Dr 2200; Cr 1100 up to what is owed; the rest Cr 2100 as a lot.
    pub(crate) fn credit_order(&mut self, credited: &OrderCredited) {
        let id = &self.entry.id;
        let Some(order) = self.order(&credited.order) else { return };
        let amount = credited.amount.min(order.left()).or_zero();
        order.notes.push(id.clone());
        if amount < credited.amount {
            let missing = credited.amount - amount;
            let other = self.last_credit(&credited.order, id);
            self.raise(Kind::OverCredited, other, Some(&credited.order), missing, OpenUntil::Resolved);
        }
        let returned = self.take_back(&credited.order, id, &credited.returned);
        let split = self.credit_leg(&credited.order, amount, credited.clawback, &returned);
        let released = self.release(&credited.order, id);
        self.release_marked(&credited.order, released, credited.clawback);
        let note = Note {
            order: credited.order.clone(),
            amount,
            split,
            released,
            marked: credited.clawback,
            returned,
            reversed: None,
        };
        self.account.notes.insert(id.clone(), note);
    }

    /// The entry that credited the order last: the last credit note, otherwise the last refund, other than `but`.
    pub(crate) fn last_credit(&self, order: &Id, but: &Id) -> Option<Id> {
        let order = self.account.orders.get(order)?;
        let last = |ids: &[Id]| ids.iter().rev().find(|id| *id != but).cloned();
        last(&order.notes).or_else(|| last(&order.refunds))
    }

    pub(super) fn release_marked(&mut self, order: &Id, released: Money, marked: bool) {
        if let Some(order) = self.order(order)
            && marked
        {
            order.released_marked += released;
        }
    }
}

/// Whether a body has the content that is asked for.
pub(crate) fn is_same(case: &Case<'_>, asked: &CreditNote, body: &Body) -> bool {
    let Body::OrderCredited(credited) = body else { return false };
    let CreditNote { order, amount, reason, clawback, note, returned } = asked;
    (order, *clawback) == (&credited.order, credited.clawback)
        && amount.is_none_or(|amount| amount == credited.amount)
        && returns::is_same(case, order, returned, &credited.returned)
        && non_blank(reason.as_ref()).as_ref() == Some(&credited.reason)
        && non_blank(note.as_ref()) == credited.note
}

/// The input that would record the credit note again.
impl From<&OrderCredited> for CreditNote {
    fn from(credited: &OrderCredited) -> Self {
        Self {
            order: credited.order.clone(),
            amount: Some(credited.amount),
            reason: Some(credited.reason.clone()),
            note: credited.note.clone(),
            clawback: credited.clawback,
            returned: credited.returned.iter().map(ReturnAsked::from).collect(),
        }
    }
}

impl Asked for CreditNote {
    fn names(&self) -> Vec<Id> {
        vec![self.order.clone()]
    }
}
