//! Payments that are disputed at the customer's bank.

use super::options::Options;
use crate::ast::Act;
use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::entry::{DisputeStage, ReportDispute};
use ledger::money::Money;
use ledger::rules;

/// `dispute D-1 P-5 50.00 open fee 15.00 answer-by 2026-04-01 reference "dp_1" reason "fraudulent"`
pub fn dispute(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let dispute = p.id("the id of a dispute")?;
    let payment = p.id("the id of a payment")?;
    let amount = p.amount()?;
    let stage =
        p.one_of(&[("open", DisputeStage::Open), ("won", DisputeStage::Won), ("lost", DisputeStage::Lost)])?;
    let mut said = ReportDispute {
        payment,
        dispute,
        stage,
        amount,
        fee: Money::ZERO,
        answer_by: None,
        reference: None,
        reason: None,
    };
    let mut options = Options::of(&["fee", "answer-by", "reference", "reason"]);
    while let Some(option) = options.next(p)? {
        match option {
            "fee" => said.fee = p.amount()?,
            "answer-by" => said.answer_by = Some(p.date()?),
            "reference" => said.reference = Some(p.text("a reference")?),
            _ => said.reason = Some(p.text("a reason")?),
        }
    }
    Ok(Act::command(rules::Act::ReportDispute(said)))
}

/// `record-dispute D-1 P-5`
pub fn record(p: &mut LineParser<'_>) -> Result<Act, Malformed> {
    let dispute = p.id("the id of a dispute")?;
    let payment = p.id("the id of the payment")?;
    Ok(Act::command(rules::Act::RecordDispute(rules::RecordDispute { payment, dispute })))
}
