//! Whether an entry with the same id says what is asked. Amounts that a decision derived may differ.

use super::{Case, written};
use crate::act::credit::{ApplyCredit, CreditNote, GrantCredit};
use crate::act::order::lines_and_groups;
use crate::act::order::{OrderPlaced, PlaceOrder};
use crate::act::payment::{PaymentRecorded, RecordPayment};
use crate::act::payout::{PayoutProcessed, ProcessPayout};
use crate::act::refund::{Refund, RefundWritten};
use crate::body::Body;
use crate::command::Act;
use crate::entry::Entry;

/// Compares customer, date where one is asked for, and content.
pub fn same(case: &Case<'_>, taken: &Entry) -> bool {
    let command = case.command;
    let dated = command.on.is_none_or(|on| on == taken.on);
    dated && command.touches() == taken.customer.as_ref() && same_act(case, &command.act, &taken.body)
}

fn same_act(case: &Case<'_>, act: &Act, body: &Body) -> bool {
    match (act, body) {
        (Act::OpenShop(asked), Body::ShopOpened(stands)) => asked == stands,
        (Act::AddStaff(asked), Body::StaffAdded(stands)) => asked == stands,
        (Act::AddMethod(asked), Body::MethodAdded(stands)) => asked == stands,
        (Act::AddBank(asked), Body::BankAdded(stands)) => asked == stands,
        (Act::AddPartner(asked), Body::PartnerAdded(stands)) => asked == stands,
        (Act::GrantRight(asked), Body::RightGranted(stands)) => asked == stands,
        (Act::Adopt(asked), Body::EntryAdopted(stands)) => asked == stands,
        (Act::AddCustomer(asked), Body::CustomerAdded(stands)) => asked == stands,
        (Act::SettleRefund(asked), Body::RefundSettled(stands)) => asked == stands,
        (Act::OpenMoney(asked), Body::MoneyOpened(stands)) => asked == stands,
        (Act::PlaceOrder(asked), Body::OrderPlaced(stands)) => same_order(asked, stands),
        (Act::RecordPayment(asked), Body::PaymentRecorded(stands)) => same_payment(case, asked, stands),
        (Act::Refund(asked), Body::RefundRecorded(stands) | Body::RefundIssued(stands))
        | (Act::RequestRefund(asked), Body::RefundRequested(stands)) => same_refund(asked, stands),
        (Act::ProcessPayout(asked), Body::PayoutProcessed(stands)) => same_payout(asked, stands),
        _ => same_credit(act, body) || same_continuation(act, body),
    }
}

fn same_credit(act: &Act, body: &Body) -> bool {
    match (act, body) {
        (Act::ApplyCredit(asked), Body::CreditApplied(stands)) => {
            let ApplyCredit { lot, to, amount, eligible } = asked;
            (lot, to, *amount) == (&stands.lot, &stands.order, stands.amount)
                && eligible.is_none_or(|eligible| eligible == stands.eligible)
        }
        (Act::UnapplyCredit(asked), Body::CreditUnapplied(stands)) => {
            (&asked.lot, &asked.order) == (&stands.lot, &stands.order)
        }
        (Act::GrantCredit(asked), Body::CreditGranted(stands)) => {
            let GrantCredit { amount, rate, reason, opening, note } = asked;
            (*amount, rate.filter(|_| !opening), *opening) == (stands.amount, stands.rate, stands.opening)
                && written(reason.as_ref()).as_ref() == Some(&stands.reason)
                && written(note.as_ref()) == stands.note
        }
        (Act::CreditNote(asked), Body::OrderCredited(stands)) => {
            let CreditNote { order, amount, reason, clawback, note } = asked;
            (order, *amount, *clawback) == (&stands.order, stands.amount, stands.clawback)
                && written(reason.as_ref()).as_ref() == Some(&stands.reason)
                && written(note.as_ref()) == stands.note
        }
        _ => false,
    }
}

/// Acts that continue a document: the same document, and the amount where one was asked for.
fn same_continuation(act: &Act, body: &Body) -> bool {
    match (act, body) {
        (Act::ReverseCredit(asked), Body::CreditReversed(stands)) => {
            asked.lot == stands.lot && asked.amount.is_none_or(|amount| amount == stands.amount)
        }
        (Act::ReverseCreditNote(asked), Body::CreditNoteReversed(stands)) => asked.note == stands.of,
        (Act::ReversePayment(asked), Body::PaymentReversed(stands))
        | (Act::ReverseRefund(asked), Body::RefundReversed(stands)) => asked.of == stands.of,
        (Act::ApproveRefund { request }, Body::RefundApproved(stands)) => *request == stands.request,
        (Act::RejectRefund { request }, Body::RefundRejected(stands)) => *request == stands.refund,
        (Act::CompletePayout { payout }, Body::PayoutCompleted(stands)) => *payout == stands.payout,
        (Act::RejectPayout { payout }, Body::PayoutRejected(stands)) => *payout == stands.payout,
        (Act::HandOver { refund }, Body::RefundHandedOver(stands)) => *refund == stands.refund,
        (Act::WriteOff(asked), Body::OrderWrittenOff(stands))
        | (Act::ReverseWriteOff(asked), Body::WriteOffReversed(stands)) => {
            (&asked.of, asked.amount) == (&stands.order, stands.amount)
        }
        (Act::WriteOff(asked), Body::CreditWrittenOff(stands)) => {
            (&asked.of, asked.amount) == (&stands.lot, stands.amount)
        }
        _ => same_money(act, body),
    }
}

fn same_money(act: &Act, body: &Body) -> bool {
    match (act, body) {
        (Act::MoveMoney(asked), Body::MoneyMoved(stands)) => {
            (&asked.from, &asked.to, asked.amount, asked.fee)
                == (&stands.from, &stands.to, stands.amount, stands.fee)
        }
        (Act::PayPartner(asked), Body::PartnerPaid(stands)) => {
            (&asked.partner, asked.amount, asked.method) == (&stands.partner, stands.amount, stands.method)
        }
        (Act::CountDrawer(asked), Body::DrawerCounted(stands)) => asked.counted == stands.counted,
        (Act::SealDay(asked), Body::DaySealed(stands)) => asked.day == stands.day,
        (Act::ResolveException(asked), Body::ExceptionResolved(stands)) => {
            asked.kind == stands.kind
                && super::reason(asked.reason.as_ref()).is_ok_and(|reason| reason == stands.note)
        }
        _ => false,
    }
}

fn same_order(asked: &PlaceOrder, stands: &OrderPlaced) -> bool {
    let lines = asked.lines.len() == stands.lines.len()
        && asked.lines.iter().zip(&stands.lines).all(|(asked, stands)| {
            (&asked.text, asked.qty, asked.unit) == (&stands.text, stands.qty, stands.unit)
        });
    let named = [&asked.lead, &asked.sale].into_iter().flatten();
    let partners = asked.opening || named.eq(stands.partners.iter().map(|partner| &partner.id));
    let taxed = || {
        let (lines, groups) = lines_and_groups(&asked.lines);
        lines == stands.lines && groups == stands.groups
    };
    let rest = (asked.due, asked.opening) == (stands.due, stands.opening)
        && written(asked.reference.as_ref()) == stands.reference;
    lines && taxed() && partners && rest
}

fn same_payment(case: &Case<'_>, asked: &RecordPayment, stands: &PaymentRecorded) -> bool {
    let mut typed =
        asked.allocations.iter().filter_map(|part| part.amount.map(|amount| (&part.order, amount)));
    let is_named = |order| asked.allocations.iter().any(|part| &part.order == order);
    let account = || case.money_account(asked.method, asked.bank.as_deref());
    (asked.amount, asked.method, asked.eligible) == (stands.amount, stands.method, stands.eligible)
        && (asked.bank.is_none() || account().as_ref() == Some(&stands.account))
        && typed.all(|typed| stands.allocations.iter().any(|part| (&part.order, part.amount) == typed))
        && stands.allocations.iter().all(|part| is_named(&part.order))
        && asked.tendered == stands.tendered
        && written(asked.reference.as_ref()) == stands.reference
        && written(asked.note.as_ref()) == stands.note
}

fn same_refund(asked: &Refund, stands: &RefundWritten) -> bool {
    (&asked.order, asked.method, &asked.parts, asked.after, asked.clawback)
        == (&stands.order, stands.method, &stands.parts, stands.after, stands.clawback)
        && written(asked.reason.as_ref()).as_ref() == Some(&stands.reason)
        && written(asked.reference.as_ref()) == stands.reference
        && written(asked.note.as_ref()) == stands.note
}

fn same_payout(asked: &ProcessPayout, stands: &PayoutProcessed) -> bool {
    (asked.amount, asked.method, &asked.from) == (stands.amount, stands.method, &stands.from)
        && written(asked.payee.as_ref()) == stands.payee
        && written(asked.reference.as_ref()) == stands.reference
        && written(asked.note.as_ref()) == stands.note
}
