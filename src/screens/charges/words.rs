//! What is said of a charge or a payment link: nothing is called paid before it is a payment.

use crate::session::{Session, SyncPhase};
use crate::text::{date, money, say};
use ledger::entry::ChargeStage;
use ledger::money::Currency;
use ledger::view::charge::ChargeRow;
use leptos::prelude::*;

/// The amount, and how far it is.
pub fn title(row: &ChargeRow, currency: &Currency) -> String {
    let amount = money::money(row.amount, currency);
    if row.is_link {
        return link_title(row, amount);
    }
    match row.stage {
        None | Some(ChargeStage::Bank | ChargeStage::Open) => say!(charge.under_way, amount = amount),
        Some(ChargeStage::Approve) => say!(charge.approve_amount, amount = amount),
        Some(ChargeStage::Declined) => say!(charge.declined_amount, amount = amount),
        Some(ChargeStage::Canceled) => say!(charge.canceled_amount, amount = amount),
        Some(ChargeStage::Person) => say!(charge.person_amount, amount = amount),
    }
}

fn link_title(row: &ChargeRow, amount: String) -> String {
    match row.stage {
        None | Some(ChargeStage::Bank | ChargeStage::Open) if row.cancel_asked => {
            say!(charge.link_ending, amount = amount)
        }
        None | Some(ChargeStage::Bank) => say!(charge.link_asked, amount = amount),
        Some(ChargeStage::Open) => say!(charge.link_open, amount = amount),
        Some(ChargeStage::Canceled) if row.reason.as_deref() == Some(EXPIRED) => {
            say!(charge.link_expired, amount = amount)
        }
        Some(ChargeStage::Approve | ChargeStage::Declined | ChargeStage::Canceled) => {
            say!(charge.link_canceled, amount = amount)
        }
        Some(ChargeStage::Person) => say!(charge.person_amount, amount = amount),
    }
}

/// The endpoint's word for a payment link that was not paid in time.
const EXPIRED: &str = "expired";

/// What it means, what the customer can be told, and what to do.
pub fn explained(session: Session, row: &ChargeRow) -> String {
    let reason = row.reason.as_deref().unwrap_or_default();
    if row.is_link && row.stage != Some(ChargeStage::Person) {
        return link_explained(session, row, reason);
    }
    match row.stage {
        None if is_offline(session) => say!(charge.offline_hint),
        None => say!(charge.asked_hint),
        Some(ChargeStage::Bank | ChargeStage::Open) => match &row.reference {
            Some(number) => say!(charge.bank_hint, number = number.clone()),
            None => say!(charge.asked_hint),
        },
        Some(ChargeStage::Approve) => say!(charge.authentication),
        Some(ChargeStage::Declined) => with_again(declined(reason), row),
        Some(ChargeStage::Canceled) => with_again(say!(charge.canceled_hint), row),
        Some(ChargeStage::Person) => person(reason),
    }
}

/// What is asked for again by itself, and when.
fn with_again(says: String, row: &ChargeRow) -> String {
    let Some(on) = row.again_on else { return says };
    format!("{says} {}", say!(charge.again_on, date = date::long(on)))
}

fn link_explained(session: Session, row: &ChargeRow, reason: &str) -> String {
    match row.stage {
        None if is_offline(session) => say!(charge.link_offline_hint),
        None | Some(ChargeStage::Bank | ChargeStage::Person) => say!(charge.asked_hint),
        Some(ChargeStage::Open) if row.cancel_asked => say!(charge.link_ending_hint),
        Some(ChargeStage::Open) => say!(charge.link_open_hint),
        Some(ChargeStage::Canceled) if reason == EXPIRED => say!(charge.link_expired_hint),
        Some(ChargeStage::Canceled) => say!(charge.link_canceled_hint),
        Some(ChargeStage::Approve | ChargeStage::Declined) if reason == NOT_CHARGED => {
            say!(charge.not_charged)
        }
        Some(ChargeStage::Approve | ChargeStage::Declined) => {
            say!(charge.link_refused, reason = reason.to_owned())
        }
    }
}

/// Whether what was asked for is still on this counter, because the endpoint is not reached.
fn is_offline(session: Session) -> bool {
    session
        .sync()
        .with(|sync| !matches!(sync.phase, SyncPhase::Busy | SyncPhase::Complete) && sync.unsent > 0)
}

/// Why it was declined. Words that say that a card was lost or stolen are not passed on: who presents it may not be its owner.
fn declined(reason: &str) -> String {
    match reason {
        "insufficient_funds" | "card_velocity_exceeded" | "withdrawal_count_limit_exceeded" => {
            say!(charge.insufficient)
        }
        "expired_card" => say!(charge.expired),
        "resource_missing" | "invalid_id" => say!(charge.not_known),
        "processing_error" | "issuer_not_available" | "try_again_later" => say!(charge.processing),
        NOT_CHARGED => say!(charge.not_charged),
        _ => say!(charge.generic),
    }
}

/// The word for what a person has found: no charge.
pub const NOT_CHARGED: &str = "not-charged";

/// What a person has to look at.
fn person(reason: &str) -> String {
    match reason {
        "no-customer" => say!(charge.no_customer),
        "currency" => say!(charge.currency),
        "differs" => say!(charge.differs),
        "twice" => say!(charge.twice),
        "too-long" => say!(charge.too_long),
        _ => say!(charge.too_late),
    }
}
