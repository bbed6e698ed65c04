//! What is said of a charge: nothing is called paid before it is a payment.

use crate::session::{Session, SyncPhase};
use crate::text::{money, say};
use ledger::entry::ChargeStage;
use ledger::money::Currency;
use ledger::view::charge::ChargeRow;
use leptos::prelude::*;

/// The amount, and how far it is.
pub fn title(row: &ChargeRow, currency: &Currency) -> String {
    let amount = money::money(row.amount, currency);
    match row.stage {
        None | Some(ChargeStage::Bank) => say!(charge.under_way, amount = amount),
        Some(ChargeStage::Approve) => say!(charge.approve_amount, amount = amount),
        Some(ChargeStage::Declined) => say!(charge.declined_amount, amount = amount),
        Some(ChargeStage::Canceled) => say!(charge.canceled_amount, amount = amount),
        Some(ChargeStage::Person) => say!(charge.person_amount, amount = amount),
    }
}

/// What it means, what the customer can be told, and what to do.
pub fn explained(session: Session, row: &ChargeRow) -> String {
    let reason = row.reason.as_deref().unwrap_or_default();
    match row.stage {
        None => session.sync().with(|sync| match sync.phase {
            SyncPhase::Busy | SyncPhase::Complete => say!(charge.asked_hint),
            _ if sync.unsent > 0 => say!(charge.offline_hint),
            _ => say!(charge.asked_hint),
        }),
        Some(ChargeStage::Bank) => match &row.reference {
            Some(number) => say!(charge.bank_hint, number = number.clone()),
            None => say!(charge.asked_hint),
        },
        Some(ChargeStage::Approve) => say!(charge.authentication),
        Some(ChargeStage::Declined) => declined(reason),
        Some(ChargeStage::Canceled) => say!(charge.canceled_hint),
        Some(ChargeStage::Person) => person(reason),
    }
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
