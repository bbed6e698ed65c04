//! What happened lately on an account, a row an entry.

use crate::account::{Account, Known, Standing};
use crate::act::payment::Method;
use crate::act::refund::{RefundWritten, Status};
use crate::body::Body;
use crate::code::MoneyAccount;
use crate::date::Date;
use crate::entry::Entry;
use crate::id::Id;
use crate::money::Money;

/// Which way money went in an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Flow {
    In,
    Out,
    #[default]
    None,
}

/// One entry in the history: data for one sentence, its words elsewhere.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct HistoryRow {
    pub entry: Id,
    /// Its number; of an act that continues a document and has none, the document's.
    pub no: Option<String>,
    pub on: Date,
    pub actor: Id,
    /// The entry's kind, such as `payment.recorded`.
    pub kind: &'static str,
    pub method: Option<Method>,
    pub account: Option<MoneyAccount>,
    pub order: Option<Id>,
    pub order_no: Option<String>,
    pub status: Option<Status>,
    pub amount: Money,
    pub flow: Flow,
    pub reason: Option<String>,
    pub note: Option<String>,
}

impl Account {
    /// What happened, newest first.
    pub(crate) fn history(&self) -> Vec<HistoryRow> {
        let counts = |known: &&Known| known.standing == Standing::Counts;
        self.entries.values().rev().filter(counts).map(|known| self.history_row(&known.entry)).collect()
    }

    /// What an entry of this account did, as one row; `None` where it does not count.
    #[must_use]
    pub fn happened(&self, entry: &Entry) -> Option<HistoryRow> {
        self.has(&entry.id).then(|| self.history_row(entry))
    }

    pub(crate) fn history_row(&self, entry: &Entry) -> HistoryRow {
        let said = self.said(&entry.body);
        let order = said.order.clone();
        HistoryRow {
            entry: entry.id.clone(),
            no: entry.no.clone().or_else(|| said.of.as_ref().and_then(|of| self.number(of))),
            on: entry.on,
            actor: entry.actor.clone(),
            kind: entry.body.kind(),
            method: said.method,
            account: said.account,
            order_no: order.as_ref().and_then(|order| self.number(order)),
            order,
            status: self.status(said.of.as_ref().unwrap_or(&entry.id)),
            amount: said.amount,
            flow: said.flow,
            reason: said.reason,
            note: said.note,
        }
    }

    /// Where a refund or a pay-out stands.
    #[must_use]
    pub fn status(&self, id: &Id) -> Option<Status> {
        let refund = self.refunds.get(id).map(|refund| refund.status);
        refund.or_else(|| self.payouts.get(id).map(|payout| payout.status))
    }

    fn said(&self, body: &Body) -> Said {
        match body {
            Body::OrderPlaced(placed) => {
                Said { amount: placed.groups.iter().map(|group| group.gross).sum(), ..Said::default() }
            }
            Body::PaymentRecorded(paid) => Said {
                method: Some(paid.method),
                account: Some(paid.account.clone()),
                order: only(paid.allocations.iter().map(|part| &part.order)),
                amount: paid.amount,
                flow: Flow::In,
                note: paid.note.clone(),
                ..Said::default()
            },
            Body::CreditApplied(applied) => {
                Said { order: Some(applied.order.clone()), amount: applied.amount, ..Said::default() }
            }
            Body::CreditUnapplied(unapplied) => {
                Said { order: Some(unapplied.order.clone()), ..Said::default() }
            }
            Body::CreditGranted(granted) => Said {
                amount: granted.amount,
                reason: Some(granted.reason.clone()),
                note: granted.note.clone(),
                ..Said::default()
            },
            Body::OrderCredited(credited) => Said {
                order: Some(credited.order.clone()),
                amount: credited.amount,
                reason: Some(credited.reason.clone()),
                note: credited.note.clone(),
                ..Said::default()
            },
            Body::RefundRecorded(written) | Body::RefundIssued(written) => Said::refund(written, Flow::Out),
            Body::RefundRequested(written) => Said::refund(written, Flow::None),
            _ => self.said_of_another(body),
        }
    }

    /// Acts that continue a document say what that document was.
    fn said_of_another(&self, body: &Body) -> Said {
        match body {
            Body::RefundApproved(approved) => self.of(&approved.request, Flow::Out),
            Body::RefundSettled(settled) => self.of(&settled.refund, Flow::None),
            Body::RefundRejected(named) | Body::RefundHandedOver(named) => self.of(&named.refund, Flow::None),
            Body::PaymentReversed(reversed) => {
                Said { reason: Some(reversed.reason.clone()), ..self.of(&reversed.of, Flow::Out) }
            }
            Body::RefundReversed(reversed) => {
                Said { reason: Some(reversed.reason.clone()), ..self.of(&reversed.of, Flow::In) }
            }
            Body::CreditNoteReversed(reversed) => {
                Said { reason: Some(reversed.reason.clone()), ..self.of(&reversed.of, Flow::None) }
            }
            Body::CreditReversed(reversed) => {
                Said { amount: reversed.amount, note: reversed.note.clone(), ..Said::default() }
            }
            Body::PayoutProcessed(processed) => Said {
                method: Some(processed.method),
                account: Some(processed.account.clone()),
                amount: processed.amount,
                note: processed.note.clone(),
                ..Said::default()
            },
            Body::PayoutCompleted(completed) => Said {
                account: Some(completed.account.clone()),
                amount: completed.amount,
                ..self.of(&completed.payout, Flow::Out)
            },
            Body::PayoutRejected(rejected) => self.of(&rejected.payout, Flow::None),
            Body::OrderWrittenOff(off) | Body::WriteOffReversed(off) => Said {
                order: Some(off.order.clone()),
                amount: off.amount,
                reason: Some(off.reason.clone()),
                ..Said::default()
            },
            Body::CreditWrittenOff(off) => {
                Said { amount: off.amount, reason: Some(off.reason.clone()), ..Said::default() }
            }
            Body::ExceptionResolved(resolved) => {
                Said { note: Some(resolved.note.clone()), ..Said::default() }
            }
            _ => Said::default(),
        }
    }

    fn of(&self, id: &Id, flow: Flow) -> Said {
        let said = self.body(id).map(|body| self.said(body)).unwrap_or_default();
        Said { of: Some(id.clone()), flow, reason: None, note: None, ..said }
    }
}

/// What one body says in a row.
#[derive(Default)]
struct Said {
    /// The document it continues.
    of: Option<Id>,
    method: Option<Method>,
    account: Option<MoneyAccount>,
    order: Option<Id>,
    amount: Money,
    flow: Flow,
    reason: Option<String>,
    note: Option<String>,
}

impl Said {
    fn refund(written: &RefundWritten, flow: Flow) -> Self {
        Self {
            method: Some(written.method),
            account: written.account.clone(),
            order: Some(written.order.clone()),
            amount: written.parts.iter().map(|part| part.amount).sum(),
            flow: if written.account.is_some() { flow } else { Flow::None },
            reason: Some(written.reason.clone()),
            note: written.note.clone(),
            ..Self::default()
        }
    }
}

/// The order, where there is only one.
fn only<'a>(mut orders: impl Iterator<Item = &'a Id>) -> Option<Id> {
    let first = orders.next()?;
    orders.next().is_none().then(|| first.clone())
}
