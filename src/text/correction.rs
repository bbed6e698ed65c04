//! The texts of corrections: names, questions, what happens, and what has happened.

use super::say;
use crate::forms::correction::Correction;

/// What a correction is about, as its question names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Named {
    /// The number of the document.
    pub no: String,
    /// The name of the customer.
    pub name: String,
    /// With the currency's sign.
    pub amount: String,
}

/// The name of a correction, on its button and in menus.
#[must_use]
pub fn name(correction: &Correction) -> String {
    match correction {
        Correction::ReversePayment(_) => say!(correct.payment),
        Correction::ReverseRefund(_) | Correction::ReversePayout(_) => say!(correct.refund),
        Correction::ReverseCreditNote(_) => say!(correct.credit_note),
        Correction::ReverseCredit { .. } => say!(correct.credit),
        Correction::WriteOffOrder { .. } => say!(correct.write_off),
        Correction::WriteOffCredit { .. } => say!(correct.write_off_credit),
        Correction::ReverseWriteOff { .. } => say!(correct.write_off_back),
        Correction::Apply { .. } => say!(correct.apply),
        Correction::Unapply { .. } => say!(correct.unapply),
        Correction::Transfer { .. } => say!(correct.transfer),
        Correction::MovePayment { .. } => say!(correct.move_payment),
    }
}

/// The question, with customer, document and, where it is not asked for, the amount.
#[must_use]
pub fn question(correction: &Correction, about: Named) -> String {
    let Named { no, name, amount } = about;
    match correction {
        Correction::ReversePayment(_) => {
            say!(correct.payment_title, no = no, name = name, amount = amount)
        }
        Correction::ReverseRefund(_) | Correction::ReversePayout(_) => {
            say!(correct.refund_title, no = no, name = name, amount = amount)
        }
        Correction::ReverseCreditNote(_) => {
            say!(correct.credit_note_title, no = no, name = name, amount = amount)
        }
        Correction::ReverseCredit { .. } => say!(correct.credit_title, no = no, name = name),
        Correction::WriteOffOrder { .. } => say!(correct.write_off_title, no = no, name = name),
        Correction::WriteOffCredit { .. } => say!(correct.write_off_credit_title, no = no, name = name),
        Correction::ReverseWriteOff { .. } => say!(correct.write_off_back_title, no = no, name = name),
        Correction::Apply { .. } => say!(correct.apply_title, no = no, name = name),
        Correction::Unapply { .. } => say!(correct.unapply_title, no = no, name = name, amount = amount),
        Correction::Transfer { .. } => say!(correct.transfer_title, no = no, name = name),
        Correction::MovePayment { .. } => say!(correct.move_title, no = no, name = name, amount = amount),
    }
}

/// What the correction is for and what it does.
#[must_use]
pub fn says(correction: &Correction, amount: String) -> String {
    match correction {
        Correction::ReversePayment(_) => say!(correct.payment_says),
        Correction::ReverseRefund(_) => say!(correct.refund_says),
        Correction::ReversePayout(_) => say!(correct.payout_says),
        Correction::ReverseCreditNote(_) => say!(correct.credit_note_says),
        Correction::ReverseCredit { .. } => say!(correct.credit_says, amount = amount),
        Correction::WriteOffOrder { .. } => say!(correct.write_off_says, amount = amount),
        Correction::WriteOffCredit { .. } => say!(correct.write_off_credit_says, amount = amount),
        Correction::ReverseWriteOff { .. } => say!(correct.write_off_back_says, amount = amount),
        Correction::Apply { .. } => say!(correct.apply_says, amount = amount),
        Correction::Unapply { .. } => say!(correct.unapply_says),
        Correction::Transfer { .. } => say!(correct.transfer_says, amount = amount),
        Correction::MovePayment { .. } => say!(correct.move_says),
    }
}

/// What was recorded; the amount is the one that was typed.
#[must_use]
pub fn done(correction: &Correction, no: String, amount: String) -> String {
    match correction {
        Correction::ReversePayment(_) => say!(correct.payment_done, no = no),
        Correction::ReverseRefund(_) | Correction::ReversePayout(_) => say!(correct.refund_done, no = no),
        Correction::ReverseCreditNote(_) => say!(correct.credit_note_done, no = no),
        Correction::ReverseCredit { .. } => say!(correct.credit_done, no = no, amount = amount),
        Correction::WriteOffOrder { .. } => say!(correct.write_off_done, no = no, amount = amount),
        Correction::WriteOffCredit { .. } => say!(correct.write_off_credit_done, no = no, amount = amount),
        Correction::ReverseWriteOff { .. } => say!(correct.write_off_back_done, no = no, amount = amount),
        Correction::Apply { .. } => say!(correct.apply_done, no = no, amount = amount),
        Correction::Unapply { .. } => say!(correct.unapply_done, no = no),
        Correction::Transfer { .. } => say!(correct.transfer_done, no = no, amount = amount),
        Correction::MovePayment { .. } => say!(correct.move_done, no = no, amount = amount),
    }
}

/// The hint at the reason.
#[must_use]
pub fn reason_hint(correction: &Correction) -> String {
    match correction {
        Correction::ReversePayment(_) => say!(correct.payment_hint),
        Correction::MovePayment { .. } => say!(correct.move_hint),
        _ => say!(correct.reason_hint),
    }
}
