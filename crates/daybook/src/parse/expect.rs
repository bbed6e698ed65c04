//! `expect …`: an expected figure or state.

use crate::ast::Expectation;
use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::account::Status;
use ledger::code::Code;
use ledger::quantity::Quantity;

/// Parses the rest of a line after `expect`.
pub fn expectation(p: &mut LineParser<'_>) -> Result<Expectation, Malformed> {
    match p.one_of(SUBJECTS)? {
        Subject::Owed => Ok(Expectation::Owed(p.id("an order or a customer")?, p.amount()?)),
        Subject::Credit => Ok(Expectation::Credit(p.id("a customer")?, p.amount()?)),
        Subject::Os => Ok(Expectation::Os(p.id("the id of a credit")?, p.amount()?)),
        Subject::Refundable => Ok(Expectation::Refundable(p.id("the id of a payment")?, p.amount()?)),
        Subject::Account => Ok(Expectation::Account(code(p)?, p.amount()?)),
        Subject::Partner => partner(p),
        Subject::Due => Ok(Expectation::Due(p.id("a customer or an order")?, p.date()?, p.amount()?)),
        Subject::Returned => returned(p),
        Subject::Status => Ok(Expectation::Status(p.id("the id of a refund")?, p.one_of(STATUSES)?)),
        Subject::Exception => crate::names::exception(p).map(Expectation::Exception),
        Subject::No => p.keyword("exceptions").map(|()| Expectation::NoExceptions),
    }
}

#[derive(Clone, Copy)]
enum Subject {
    Owed,
    Credit,
    Os,
    Refundable,
    Account,
    Partner,
    Due,
    Returned,
    Status,
    Exception,
    No,
}

const SUBJECTS: &[(&str, Subject)] = &[
    ("owed", Subject::Owed),
    ("credit", Subject::Credit),
    ("os", Subject::Os),
    ("refundable", Subject::Refundable),
    ("account", Subject::Account),
    ("partner", Subject::Partner),
    ("due", Subject::Due),
    ("returned", Subject::Returned),
    ("status", Subject::Status),
    ("exception", Subject::Exception),
    ("no", Subject::No),
];

/// The words for the status of a refund or a pay-out.
pub(crate) const STATUSES: &[(&str, Status)] = &[
    ("requested", Status::Requested),
    ("pending", Status::Pending),
    ("succeeded", Status::Succeeded),
    ("failed", Status::Failed),
    ("canceled", Status::Canceled),
    ("recorded", Status::Recorded),
    ("reversed", Status::Reversed),
    ("awaiting", Status::Awaiting),
    ("complete", Status::Complete),
    ("rejected", Status::Rejected),
];

pub(crate) fn code(p: &mut LineParser<'_>) -> Result<Code, Malformed> {
    let number = p.next_word().filter(|word| word.len() == 4).and_then(|word| word.parse::<u16>().ok());
    let code = number.and_then(|number| Code::try_from(number).ok());
    let code = code.ok_or_else(|| p.expected("the number of a book account, such as 1100"))?;
    p.skip();
    Ok(code)
}

/// `returned O-7 "Chair" 1`, `returned O-7 line 2 0`
fn returned(p: &mut LineParser<'_>) -> Result<Expectation, Malformed> {
    let order = p.id("the id of an order")?;
    let line = super::returned::line_name(p)?;
    let qty = p.next_word().and_then(Quantity::parse).ok_or_else(|| p.expected("how many came back"))?;
    p.skip();
    Ok(Expectation::Returned(order, line, qty))
}

fn partner(p: &mut LineParser<'_>) -> Result<Expectation, Malformed> {
    let id = p.id("a partner")?;
    let payable = p.one_of(&[("payable", true), ("accrued", false)])?;
    let amount = p.amount()?;
    Ok(if payable { Expectation::Payable(id, amount) } else { Expectation::Accrued(id, amount) })
}
