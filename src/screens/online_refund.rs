//! How far a refund is that the shop's server sends to the card processor: nothing is called done before the processor says so.

use crate::components::Tone;
use crate::session::{Session, SyncPhase};
use crate::text::say;
use ledger::account::Status;
use ledger::entry::Stage;
use ledger::method::Method;
use ledger::view::refund::RefundRow;
use leptos::prelude::*;

/// How far it is, in a few words; `None` for a refund that is not sent, or not yet approved.
pub fn stage(session: Session, row: &RefundRow) -> Option<(String, Tone)> {
    let stage = row.progress.as_ref().map(|progress| progress.stage);
    if row.is_found() {
        return found(row.status, stage);
    }
    if row.method != Method::Online {
        return None;
    }
    Some(match (row.status, stage) {
        (Status::Pending, Some(Stage::Person)) => (say!(online.person), Tone::Danger),
        (Status::Pending, _) if row.cancel_asked => (say!(online.canceling), Tone::Warn),
        (Status::Pending, Some(Stage::Bank | Stage::Returned)) => (say!(online.with_bank), Tone::Accent),
        (Status::Pending, None) => session.sync().with(|sync| match sync.phase {
            SyncPhase::Busy | SyncPhase::Complete if sync.unsent == 0 => (say!(online.sending), Tone::Accent),
            SyncPhase::Busy | SyncPhase::Complete => (say!(online.asked), Tone::Warn),
            _ => (say!(online.waits_for_network), Tone::Warn),
        }),
        (Status::Succeeded, _) => (say!(online.done), Tone::In),
        (Status::Failed, _) => (say!(online.sent_back), Tone::Danger),
        // An entry that came from another counter later left no room for what was sent already.
        (Status::Canceled, Some(Stage::Bank)) if row.settled => (say!(online.canceled_there), Tone::Plain),
        (Status::Canceled, Some(Stage::Bank)) => (say!(online.person), Tone::Danger),
        (Status::Canceled, _) => (say!(online.canceled), Tone::Plain),
        _ => return None,
    })
}

/// The same of a refund that was made on the processor's own page.
fn found(status: Status, stage: Option<Stage>) -> Option<(String, Tone)> {
    match (status, stage) {
        (Status::Requested | Status::Recorded, Some(Stage::Returned)) => {
            Some((say!(online.sent_back), Tone::Danger))
        }
        (Status::Requested, _) => Some((say!(online.to_record), Tone::Warn)),
        _ => None,
    }
}

/// Whether a refund that was made on the processor's own page can be recorded: the bank has not sent it back.
pub fn can_record(row: &RefundRow) -> bool {
    let is_back = row.progress.as_ref().is_some_and(|progress| progress.stage == Stage::Returned);
    row.is_found() && row.status == Status::Requested && !is_back
}

/// Whether a refund that is sent, or waits to be sent, can still be taken back.
pub fn can_cancel(row: &RefundRow) -> bool {
    let looked_after = row.progress.as_ref().is_some_and(|progress| progress.stage == Stage::Person);
    row.status == Status::Pending && !row.cancel_asked && !looked_after
}

/// What it means and what to do, in a sentence; `None` as for [`stage`].
pub fn explained(session: Session, row: &RefundRow) -> Option<String> {
    stage(session, row)?;
    if row.is_found() {
        return Some(if can_record(row) { say!(online.found_hint) } else { say!(online.found_sent_back) });
    }
    let progress = row.progress.as_ref();
    let reason = progress.and_then(|progress| progress.reason.clone()).unwrap_or_default();
    let number = progress.and_then(|progress| progress.reference.clone());
    Some(match (row.status, progress.map(|progress| progress.stage)) {
        (Status::Pending, Some(Stage::Person)) => person(&reason),
        (Status::Pending, _) if row.cancel_asked => say!(online.canceling_hint),
        (Status::Pending, Some(Stage::Bank | Stage::Returned)) => match number {
            Some(number) => say!(online.with_bank_hint, number = number),
            None => say!(online.sending_hint),
        },
        (Status::Pending, None) => session.sync().with(|sync| match sync.phase {
            SyncPhase::Busy | SyncPhase::Complete => say!(online.sending_hint),
            _ => say!(online.offline_hint),
        }),
        (Status::Succeeded, _) => match number {
            Some(number) => say!(online.done_hint, number = number),
            None => say!(online.done),
        },
        (Status::Failed, _) => say!(online.sent_back_hint, reason = reason.replace('_', " ")),
        (Status::Canceled, Some(Stage::Bank)) if row.settled => say!(online.canceled_there_hint),
        (Status::Canceled, Some(Stage::Bank)) => {
            say!(online.canceled_yet_sent, number = number.unwrap_or_default())
        }
        _ => say!(online.canceled_hint),
    })
}

/// What a person has to look at.
fn person(reason: &str) -> String {
    match reason {
        "no-payment" => say!(online.no_payment),
        "currency" => say!(online.currency),
        "differs" => say!(online.differs),
        "twice" => say!(online.twice),
        "too-long" => say!(online.too_long),
        _ => say!(online.too_late),
    }
}
