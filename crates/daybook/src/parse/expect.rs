//! `expect …`: what the current counter is to know.

use crate::ast::Expectation;
use crate::cursor::Cursor;
use crate::malformed::Malformed;
use ledger::account::Status;
use ledger::code::Code;

/// Reads what follows `expect`.
pub fn expectation(c: &mut Cursor<'_>) -> Result<Expectation, Malformed> {
    match c.one_of(SUBJECTS)? {
        Subject::Owed => Ok(Expectation::Owed(c.id("an order or a customer")?, c.amount()?)),
        Subject::Credit => Ok(Expectation::Credit(c.id("a customer")?, c.amount()?)),
        Subject::Os => Ok(Expectation::Os(c.id("the id of a credit")?, c.amount()?)),
        Subject::Refundable => Ok(Expectation::Refundable(c.id("the id of a payment")?, c.amount()?)),
        Subject::Account => Ok(Expectation::Account(code(c)?, c.amount()?)),
        Subject::Partner => partner(c),
        Subject::Status => Ok(Expectation::Status(c.id("the id of a refund")?, c.one_of(STATUSES)?)),
        Subject::Exception => crate::names::exception(c).map(Expectation::Exception),
        Subject::No => c.need("exceptions").map(|()| Expectation::NoExceptions),
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
    ("status", Subject::Status),
    ("exception", Subject::Exception),
    ("no", Subject::No),
];

/// The words for where a refund or a pay-out stands.
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

pub(crate) fn code(c: &mut Cursor<'_>) -> Result<Code, Malformed> {
    let number = c.next_word().filter(|word| word.len() == 4).and_then(|word| word.parse::<u16>().ok());
    let code = number.and_then(|number| Code::try_from(number).ok());
    let code = code.ok_or_else(|| c.wrong("the number of a book account, such as 1100"))?;
    c.skip();
    Ok(code)
}

fn partner(c: &mut Cursor<'_>) -> Result<Expectation, Malformed> {
    let id = c.id("a partner")?;
    let payable = c.one_of(&[("payable", true), ("accrued", false)])?;
    let amount = c.amount()?;
    Ok(if payable { Expectation::Payable(id, amount) } else { Expectation::Accrued(id, amount) })
}
