//! The names of refusals and exceptions, as `refuse` and `expect exception` write them.

use crate::cursor::Cursor;
use crate::malformed::Malformed;
use ledger::exception::Kind;
use ledger::refusal::Refusal;

/// The kind of an exception, by name.
pub fn exception(c: &mut Cursor<'_>) -> Result<Kind, Malformed> {
    let kind = c.next_word().and_then(Kind::named).ok_or_else(|| c.wrong("the name of an exception"))?;
    c.skip();
    Ok(kind)
}

/// A refusal, by name.
pub fn refusal(c: &mut Cursor<'_>) -> Result<&'static str, Malformed> {
    let next = c.next_word().unwrap_or_default();
    let name = Refusal::NAMES.iter().find(|name| **name == next);
    let name = name.ok_or_else(|| c.wrong("the name of a refusal"))?;
    c.skip();
    Ok(name)
}
