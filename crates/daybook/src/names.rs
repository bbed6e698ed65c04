//! The names of refusals and exceptions, as `refuse` and `expect exception` write them.

use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::exception::Kind;
use ledger::refusal::Refusal;

/// Parses the name of an exception.
pub fn exception(p: &mut LineParser<'_>) -> Result<Kind, Malformed> {
    let kind = p.next_word().and_then(Kind::named).ok_or_else(|| p.expected("the name of an exception"))?;
    p.skip();
    Ok(kind)
}

/// Parses the name of a refusal.
pub fn refusal(p: &mut LineParser<'_>) -> Result<&'static str, Malformed> {
    let next = p.next_word().unwrap_or_default();
    let name = Refusal::NAMES.iter().find(|name| **name == next);
    let name = name.ok_or_else(|| p.expected("the name of a refusal"))?;
    p.skip();
    Ok(name)
}
