//! What would have to be asked to record an entry once more, under another id.

use super::Act;
use crate::act::credit::{CreditGranted, CreditNote, GrantCredit, OrderCredited};
use crate::act::order::{Line, LineAsked, OrderPlaced, PartnerRole, PlaceOrder, Tax};
use crate::act::payment::{AllocationAsked, PaymentRecorded, RecordPayment};
use crate::act::payout::{PayoutProcessed, ProcessPayout};
use crate::act::refund::{Refund, RefundWritten};
use crate::body::Body;
use crate::code::{Code, MoneyAccount};

impl Act {
    /// The act that a document was asked for with; `None` for acts that continue another document, which have an id
    /// that nobody sees.
    #[must_use]
    pub fn again(body: &Body) -> Option<Self> {
        Some(match body {
            Body::CustomerAdded(added) => Self::AddCustomer(added.clone()),
            Body::PartnerAdded(added) => Self::AddPartner(added.clone()),
            Body::StaffAdded(added) => Self::AddStaff(added.clone()),
            Body::OrderPlaced(placed) => Self::PlaceOrder(order(placed)),
            Body::PaymentRecorded(paid) => Self::RecordPayment(payment(paid)),
            Body::CreditGranted(granted) => Self::GrantCredit(grant(granted)),
            Body::OrderCredited(credited) => Self::CreditNote(note(credited)),
            Body::RefundRecorded(written) | Body::RefundIssued(written) => Self::Refund(refund(written)),
            Body::RefundRequested(written) => Self::RequestRefund(refund(written)),
            Body::PayoutProcessed(processed) => Self::ProcessPayout(payout(processed)),
            _ => return None,
        })
    }
}

fn order(placed: &OrderPlaced) -> PlaceOrder {
    let partner = |role: PartnerRole| {
        placed.partners.iter().find(|partner| partner.role == role).map(|partner| partner.id.clone())
    };
    PlaceOrder {
        lines: placed.lines.iter().map(line).collect(),
        lead: partner(PartnerRole::Lead),
        sale: partner(PartnerRole::Sale),
        due: placed.due,
        reference: placed.reference.clone(),
        opening: placed.opening,
    }
}

/// A line whose gross is more than its price times its quantity had tax on top.
fn line(line: &Line) -> LineAsked {
    let price = line.unit.0.saturating_mul(i64::from(line.qty));
    let tax = match line.rate {
        rate if line.gross.0 > price => Tax::OnTop(rate),
        rate if rate.0 > 0 => Tax::Inside(rate),
        _ => Tax::None,
    };
    LineAsked { text: line.text.clone(), qty: line.qty, unit: line.unit, tax }
}

fn payment(paid: &PaymentRecorded) -> RecordPayment {
    // Without amounts, so that each order takes what it owes by now.
    let part = |order: &crate::id::Id| AllocationAsked { order: order.clone(), amount: None };
    RecordPayment {
        amount: paid.amount,
        method: paid.method,
        bank: bank(Some(&paid.account)),
        allocations: paid.allocations.iter().map(|allocated| part(&allocated.order)).collect(),
        eligible: paid.eligible,
        tendered: paid.tendered,
        reference: paid.reference.clone(),
        note: paid.note.clone(),
    }
}

fn grant(granted: &CreditGranted) -> GrantCredit {
    GrantCredit {
        amount: granted.amount,
        rate: granted.rate,
        reason: Some(granted.reason.clone()),
        note: granted.note.clone(),
        opening: granted.opening,
    }
}

fn note(credited: &OrderCredited) -> CreditNote {
    CreditNote {
        order: credited.order.clone(),
        amount: credited.amount,
        reason: Some(credited.reason.clone()),
        note: credited.note.clone(),
        clawback: credited.clawback,
    }
}

fn refund(written: &RefundWritten) -> Refund {
    Refund {
        order: written.order.clone(),
        amount: written.parts.iter().map(|part| part.amount).sum(),
        method: written.method,
        bank: bank(written.account.as_ref()),
        parts: written.parts.clone(),
        after: written.after,
        clawback: written.clawback,
        reason: Some(written.reason.clone()),
        reference: written.reference.clone(),
        note: written.note.clone(),
    }
}

fn payout(processed: &PayoutProcessed) -> ProcessPayout {
    ProcessPayout {
        amount: processed.amount,
        method: processed.method,
        bank: bank(Some(&processed.account)),
        from: processed.from.clone(),
        payee: processed.payee.clone(),
        reference: processed.reference.clone(),
        note: processed.note.clone(),
    }
}

fn bank(account: Option<&MoneyAccount>) -> Option<String> {
    account.filter(|account| account.code == Code::Bank).map(|account| account.party.to_string())
}
