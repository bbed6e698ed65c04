//! What a day book defines for all of its lines, so that a long one can be recorded line by line.

use crate::ast::{DayBook, Statement, StatementLine};
use crate::parse::Parser;
use ledger::date::Date;
use ledger::id::Id;
use ledger::money::Currency;
use std::collections::BTreeSet;

/// What a whole day book says about its first line.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// The shop's currency; `None` when no line opens a shop.
    pub currency: Option<Currency>,
    /// The date before the first act, if there is one.
    pub first: Option<Date>,
    has_act: bool,
    /// The ids that could begin with a prefix of [`Outline::prefix`].
    similar: BTreeSet<Id>,
}

impl Outline {
    /// The outline of a parsed day book.
    #[must_use]
    pub fn of(daybook: &DayBook) -> Self {
        let mut outline = Self { currency: daybook.currency.clone(), ..Self::default() };
        daybook.lines.iter().for_each(|line| outline.add(line));
        outline
    }

    /// Adds the next line. The currency comes from the parser, by [`Outline::finish`].
    pub fn add(&mut self, line: &StatementLine) {
        match &line.statement {
            Statement::Date(date) if !self.has_act && self.first.is_none() => self.first = Some(*date),
            Statement::Act(act) => {
                self.has_act = true;
                self.add_id(act.id.as_ref());
            }
            Statement::Refuse { act, .. } => self.add_id(act.id.as_ref()),
            Statement::Date(_)
            | Statement::Till(_)
            | Statement::As(_)
            | Statement::Offline(_)
            | Statement::Online(_)
            | Statement::Expect(_) => {}
        }
    }

    /// The outline after the last line.
    #[must_use]
    pub fn finish(self, parser: &Parser) -> Self {
        Self { currency: parser.currency().cloned(), ..self }
    }

    fn add_id(&mut self, id: Option<&Id>) {
        let similar = id.filter(|id| id.as_str().starts_with("line"));
        self.similar.extend(similar.cloned());
    }

    /// The prefix of the ids of acts whose lines have none; no id of the day book begins with it.
    pub(crate) fn prefix(&self) -> String {
        let free = |prefix: &String| !self.similar.iter().any(|id| id.as_str().starts_with(prefix.as_str()));
        let mut prefixes = std::iter::once("line-".to_owned()).chain((1..).map(|n| format!("line{n}-")));
        prefixes.find(free).unwrap_or_default()
    }
}
