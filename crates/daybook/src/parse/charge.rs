//! Charges of the payment method that a customer has saved at the card processor.

use super::options::Options;
use super::payment::allocations;
use crate::ast::Act;
use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::entry::{
    ChargeStage, PaymentLink, ProgressCharge, SaveCard, SavedCard, StopReason, WithdrawCharge,
};
use ledger::rules;
use ledger::rules::{AskCharge, CollectTo, SetCollection};

/// `save-card mira "cus_1" "pm_1" shown "Visa 4242"`, `save-card mira none`
pub fn save_card(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let customer = p.id("a customer")?;
    let mut card = None;
    if !p.take_keyword("none") {
        let id = p.text("the customer's id at the processor, or `none`")?;
        let method = p.text("the id of the payment method")?;
        let mut saved = SavedCard { customer: id, method, shown: None };
        let mut options = Options::of(&["shown"]);
        while options.next(p)?.is_some() {
            saved.shown = Some(p.text("what is shown of it")?);
        }
        card = Some(saved);
    }
    let act = rules::Act::SaveCard(SaveCard { customer: customer.clone(), card });
    Ok(Act { customer: Some(customer), ..Act::command(act) })
}

/// `charge K-1 mira 50.00 as P-9 link saves to O-1 no-commissions note "…"`
pub fn charge(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let id = p.id("the id of a charge")?;
    let customer = p.id("a customer")?;
    let amount = p.amount()?;
    p.keyword("as")?;
    let payment = p.id("the id of the payment that it becomes")?;
    let by_link = p.take_keyword("link");
    let saves = by_link && p.take_keyword("saves");
    let mut asked =
        AskCharge { payment, by_link, saves, amount, allocations: Vec::new(), eligible: true, note: None };
    let mut options = Options::of(&["to", "no-commissions", "note"]);
    while let Some(option) = options.next(p)? {
        match option {
            "to" => asked.allocations = allocations(p)?,
            "no-commissions" => asked.eligible = false,
            _ => asked.note = Some(p.text("a note")?),
        }
    }
    Ok(Act::document(id, Some(customer), rules::Act::AskCharge(asked)))
}

/// `charge-progress K-1 declined reference "pi_1" reason "insufficient_funds"`, `charge-progress K-1 open "https://…" until "1790000000000"`
pub fn progress(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let charge = p.id("the id of a charge")?;
    let stage = p.one_of(&[
        ("bank", ChargeStage::Bank),
        ("approve", ChargeStage::Approve),
        ("declined", ChargeStage::Declined),
        ("canceled", ChargeStage::Canceled),
        ("person", ChargeStage::Person),
        ("open", ChargeStage::Open),
    ])?;
    let link = if stage == ChargeStage::Open { Some(payment_link(p)?) } else { None };
    let (mut reference, mut reason) = (None, None);
    let mut options = Options::of(&["reference", "reason"]);
    while let Some(option) = options.next(p)? {
        match option {
            "reference" => reference = Some(p.text("a reference")?),
            _ => reason = Some(p.text("a reason")?),
        }
    }
    Ok(Act::command(rules::Act::ProgressCharge(ProgressCharge { charge, stage, reference, reason, link })))
}

/// The address, and until when it can be paid in milliseconds since 1970.
fn payment_link(p: &mut LineParser<'_>) -> Result<PaymentLink, Malformed> {
    let address = p.text("the address of the payment link")?;
    p.keyword("until")?;
    let position = p.position();
    let expires = p.text("when it expires, in milliseconds since 1970")?;
    let expires = expires.parse().map_err(|_| p.expected_at(position, "milliseconds since 1970"))?;
    Ok(PaymentLink { address, expires })
}

/// `charge-withdraw K-1`
pub fn withdraw(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let charge = p.id("the id of a charge")?;
    Ok(Act::command(rules::Act::WithdrawCharge(WithdrawCharge { charge })))
}

/// `collect L-1 O-2 on notice 3`, `collect L-2 O-2 off`, `collect L-3 O-2 declined`
pub fn collect(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let id = p.id("the id of a collection")?;
    let order = p.id("the id of an order")?;
    let to = p.one_of(&[
        ("on", CollectTo::On { notice: 0 }),
        ("off", CollectTo::Off),
        ("declined", CollectTo::Stopped(StopReason::Declined)),
        ("approve", CollectTo::Stopped(StopReason::Approve)),
        ("card", CollectTo::Stopped(StopReason::Card)),
        ("missed", CollectTo::Stopped(StopReason::Missed)),
        ("disputed", CollectTo::Stopped(StopReason::Disputed)),
        ("canceled", CollectTo::Stopped(StopReason::Canceled)),
    ])?;
    let to = match to {
        CollectTo::On { .. } if p.take_keyword("notice") => {
            let days = p.next_word().and_then(|word| word.parse().ok());
            let notice = days.ok_or_else(|| p.expected("a number of days, at most 30"))?;
            p.skip();
            CollectTo::On { notice }
        }
        to => to,
    };
    Ok(Act::document(id, None, rules::Act::SetCollection(SetCollection { order, to })))
}
