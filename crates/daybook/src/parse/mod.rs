//! Parses text to a [`DayBook`], line by line, up to the first malformed line.

pub(crate) use expect::STATUSES;
mod act;
mod change;
mod charge;
mod correction;
mod credit;
pub(crate) mod dispute;
mod expect;
mod money;
mod options;
mod order;
mod payment;
mod refund;
mod returned;
mod shop;

use crate::ast::{DayBook, Request, Statement, StatementLine};
use crate::line_parser::LineParser;
use crate::malformed::Malformed;
use ledger::date::Date;
use ledger::entry::AddMethod;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::rules;
use std::collections::HashSet;

/// The longest line, in bytes.
pub const MAX_LINE: usize = 16 * 1024;

/// The id of the staff member who acts before the first `@as`, an admin.
pub const OWNER: &str = "owner";

/// Parses a day book.
///
/// # Errors
/// The first line that is not in the notation.
pub fn parse(text: &str) -> Result<DayBook, Malformed> {
    let mut parser = Parser::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = (1..).zip(text.lines()).filter_map(|(number, line)| parser.line(number, line).transpose());
    let lines = lines.collect::<Result<_, _>>()?;
    Ok(DayBook { currency: parser.currency, lines })
}

/// Parses line by line, with what earlier lines define for later ones.
#[derive(Default)]
pub struct Parser {
    currency: Option<Currency>,
    staff: HashSet<Id>,
    methods: Vec<AddMethod>,
}

impl Parser {
    /// Parses the next line; `None` for a blank line or a comment.
    ///
    /// # Errors
    /// When the line is not in the notation.
    pub fn line(&mut self, number: u32, text: &str) -> Result<Option<StatementLine>, Malformed> {
        let mut parser = LineParser::new(number, text, self.currency.as_ref(), &self.methods)?;
        if text.len() > MAX_LINE {
            return Err(parser.expected(format!("a line of at most {MAX_LINE} bytes")));
        }
        if parser.peek().is_none() {
            return Ok(None);
        }
        let statement = self.statement(&mut parser)?;
        parser.end()?;
        self.remember(&statement);
        Ok(Some(StatementLine { number, statement }))
    }

    /// The shop's currency, if a line so far opens a shop.
    #[must_use]
    pub const fn currency(&self) -> Option<&Currency> {
        self.currency.as_ref()
    }

    fn statement(&self, p: &mut LineParser<'_>) -> Result<Statement, Malformed> {
        match p.next_word().unwrap_or_default() {
            "@till" => p.skip_then(|p| p.id("the letter of a counter").map(Statement::Till)),
            "@as" => p.skip_then(|p| self.member(p).map(Statement::As)),
            "offline" => p.skip_then(|p| p.id("the letter of a counter").map(Statement::Offline)),
            "online" => p.skip_then(|p| p.id("the letter of a counter").map(Statement::Online)),
            "expect" => p.skip_then(expect::expectation).map(Statement::Expect),
            "refuse" => p.skip_then(refuse),
            word if word.starts_with('@') => date(p, word).map(Statement::Date),
            _ => act::act(p).map(|act| Statement::Act(Box::new(act))),
        }
    }

    fn member(&self, p: &mut LineParser<'_>) -> Result<Id, Malformed> {
        let position = p.position();
        let id = p.id("a member of staff")?;
        let is_known = id.as_str() == OWNER || self.staff.contains(&id);
        if is_known {
            Ok(id)
        } else {
            Err(p.expected_at(position, "a member of staff whom a line above adds"))
        }
    }

    /// Remembers the currency, the staff and the payment methods that later lines may name.
    fn remember(&mut self, statement: &Statement) {
        let Statement::Act(act) = statement else { return };
        let Request::Command(asked) = &act.request else { return };
        if let rules::Act::OpenShop(shop) = asked {
            self.currency = Currency::new(&shop.currency).ok();
        }
        if let rules::Act::AddMethod(method) = asked {
            self.methods.push(method.clone());
        }
        if let (rules::Act::AddStaff(_), Some(id)) = (asked, &act.id) {
            self.staff.insert(id.clone());
        }
    }
}

fn date(p: &mut LineParser<'_>, word: &str) -> Result<Date, Malformed> {
    let what = "a date such as @2026-03-02, `@till` or `@as`";
    let date = word.strip_prefix('@').and_then(Date::parse).ok_or_else(|| p.expected(what))?;
    p.skip();
    Ok(date)
}

fn refuse(p: &mut LineParser<'_>) -> Result<Statement, Malformed> {
    let refusal = crate::names::refusal(p)?;
    p.colon()?;
    if p.next_word() == Some("shop") {
        return Err(p.expected("an act other than `shop`"));
    }
    act::act(p).map(|act| Statement::Refuse { refusal, act: Box::new(act) })
}
