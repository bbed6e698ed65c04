//! From text to [`DayBook`]: a line at a time, and the first line that is malformed ends it.

pub(crate) use expect::STATUSES;
mod act;
mod correction;
mod credit;
pub(crate) mod expect;
mod money;
mod options;
mod order;
mod payment;
mod refund;
mod shop;

use crate::ast::{DayBook, Line, Statement, What};
use crate::cursor::Cursor;
use crate::malformed::Malformed;
use ledger::date::Date;
use ledger::entry::AddMethod;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::rules;
use std::collections::HashSet;

/// Longest line in bytes.
pub const MAX_LINE: usize = 16 * 1024;

/// Who acts before the first `@as`: an admin of every book.
pub const OWNER: &str = "owner";

/// Reads a day book.
///
/// # Errors
/// The first line that is not in the notation.
pub fn parse(text: &str) -> Result<DayBook, Malformed> {
    let mut reader = Reader::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (number, line) in (1..).zip(text.lines()) {
        reader.line(number, line)?;
    }
    Ok(reader.daybook)
}

/// What earlier lines mean for the next one.
#[derive(Default)]
struct Reader {
    daybook: DayBook,
    staff: HashSet<Id>,
    methods: Vec<AddMethod>,
}

impl Reader {
    fn line(&mut self, number: u32, text: &str) -> Result<(), Malformed> {
        let mut cursor = Cursor::new(number, text, self.daybook.currency.as_ref(), &self.methods)?;
        if text.len() > MAX_LINE {
            return Err(cursor.wrong(format!("a line of at most {MAX_LINE} bytes")));
        }
        if cursor.peek().is_none() {
            return Ok(());
        }
        let statement = self.statement(&mut cursor)?;
        cursor.end()?;
        self.remember(&statement);
        self.daybook.lines.push(Line { number, statement });
        Ok(())
    }

    fn statement(&self, c: &mut Cursor<'_>) -> Result<Statement, Malformed> {
        match c.next_word().unwrap_or_default() {
            "@till" => c.after(|c| c.id("the letter of a counter").map(Statement::Till)),
            "@as" => c.after(|c| self.member(c).map(Statement::As)),
            "offline" => c.after(|c| c.id("the letter of a counter").map(Statement::Offline)),
            "online" => c.after(|c| c.id("the letter of a counter").map(Statement::Online)),
            "expect" => c.after(expect::expectation).map(Statement::Expect),
            "refuse" => c.after(refuse),
            word if word.starts_with('@') => date(c, word).map(Statement::Date),
            _ => act::act(c).map(|act| Statement::Act(Box::new(act))),
        }
    }

    fn member(&self, c: &mut Cursor<'_>) -> Result<Id, Malformed> {
        let mark = c.mark();
        let id = c.id("a member of staff")?;
        let known = id.as_str() == OWNER || self.staff.contains(&id);
        if known { Ok(id) } else { Err(c.wrong_at(mark, "a member of staff whom a line above adds")) }
    }

    /// Remembers the currency, the staff and the payment methods that later lines may name.
    fn remember(&mut self, statement: &Statement) {
        let Statement::Act(act) = statement else { return };
        let What::Ask(asked) = &act.what else { return };
        if let rules::Act::OpenShop(shop) = asked {
            self.daybook.currency = Currency::new(&shop.currency).ok();
        }
        if let rules::Act::AddMethod(method) = asked {
            self.methods.push(method.clone());
        }
        if let (rules::Act::AddStaff(_), Some(id)) = (asked, &act.id) {
            self.staff.insert(id.clone());
        }
    }
}

fn date(c: &mut Cursor<'_>, word: &str) -> Result<Date, Malformed> {
    let what = "a date such as @2026-03-02, `@till` or `@as`";
    let date = word.strip_prefix('@').and_then(Date::parse).ok_or_else(|| c.wrong(what))?;
    c.skip();
    Ok(date)
}

fn refuse(c: &mut Cursor<'_>) -> Result<Statement, Malformed> {
    let refusal = crate::names::refusal(c)?;
    c.colon()?;
    if c.next_word() == Some("shop") {
        return Err(c.wrong("an act other than `shop`"));
    }
    act::act(c).map(|act| Statement::Refuse { refusal, act: Box::new(act) })
}
