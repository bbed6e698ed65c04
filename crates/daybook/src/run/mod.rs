//! Records a day book on its counters, line by line, through the same gate as the app.

mod command;
mod look;
pub(crate) use look::word;
mod tills;

use crate::ast::{Act, DayBook, Line, Statement};
use crate::parse::OWNER;
use crate::words;
use codec::memory::{Asking, Book};
use command::{Here, command};
use ledger::date::Date;
use ledger::decide::Decision;
use ledger::entry::Entry;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::refusal::Refusal;
use ledger::rules::Command;
use tills::Tills;

/// A line that does not come out as it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Its number.
    pub line: u32,
    /// What it says.
    pub expected: String,
    /// What came out.
    pub found: String,
}

/// Records every line and compares: each `expect`, each `refuse`, and every other act is to be recorded.
#[must_use]
pub fn check(daybook: &DayBook) -> Vec<Failure> {
    let mut runner = Runner::new(daybook);
    daybook.lines.iter().filter_map(|line| runner.line(line).err()).collect()
}

/// Records every line without comparing; gives what the last counter knows at the end.
///
/// # Errors
/// The first act that is refused outside a `refuse` line.
pub fn run(daybook: &DayBook) -> Result<Book, Failure> {
    let mut runner = Runner::new(daybook);
    let compares = |line: &&Line| matches!(line.statement, Statement::Expect(_) | Statement::Refuse { .. });
    for line in daybook.lines.iter().filter(|line| !compares(line)) {
        runner.line(line)?;
    }
    Ok(runner.tills.take(&runner.till))
}

/// A day book on its way: its counters, and where, when and by whom the next line is recorded.
pub struct Runner {
    tills: Tills,
    till: Id,
    actor: Id,
    on: Date,
    today: Date,
    currency: Currency,
    /// What the ids of acts begin with whose lines name none; no id of the day book does.
    prefix: String,
}

impl Runner {
    /// Before the first line.
    #[must_use]
    pub fn new(daybook: &DayBook) -> Self {
        let first = Date(jiff::civil::Date::constant(2026, 1, 1));
        let till = fixed("A");
        let mut tills = Tills::default();
        tills.mention(&till);
        let nothing = Currency { code: String::new(), decimals: 2 };
        let currency = daybook.currency.clone().unwrap_or(nothing);
        let prefix = prefix(daybook);
        Self { tills, till, actor: fixed(OWNER), on: first, today: first, currency, prefix }
    }

    /// What the current counter knows.
    #[must_use]
    pub fn book(&self) -> &Book {
        self.tills.book(&self.till)
    }

    /// The current counter's letter.
    #[must_use]
    pub const fn till(&self) -> &Id {
        &self.till
    }

    /// Does what a line says, and gives the entry that it recorded, if any.
    ///
    /// # Errors
    /// When it does not come out as the line says.
    pub fn line(&mut self, line: &Line) -> Result<Option<Entry>, Failure> {
        match &line.statement {
            Statement::Date(date) => self.turn_to(*date),
            Statement::Till(till) => self.switch_to(till),
            Statement::As(actor) => self.actor = actor.clone(),
            Statement::Offline(till) => self.tills.go_offline(till),
            Statement::Online(till) => self.tills.go_online(till),
            Statement::Act(act) => return self.act(line.number, act),
            Statement::Expect(expected) => {
                look::compare(self.book(), &self.currency, expected)
                    .map_err(|(expected, found)| Failure { line: line.number, expected, found })?;
            }
            Statement::Refuse { refusal, act } => self.refuse(line.number, refusal, act)?,
        }
        Ok(None)
    }

    fn turn_to(&mut self, date: Date) {
        self.on = date;
        self.today = self.today.max(date);
    }

    fn switch_to(&mut self, till: &Id) {
        self.tills.mention(till);
        self.till = till.clone();
    }

    fn act(&mut self, number: u32, act: &Act) -> Result<Option<Entry>, Failure> {
        match self.decide(number, act) {
            Ok(Decision::Already) => Ok(None),
            Ok(Decision::Record(entry)) => {
                self.tills.record(&self.till, number.into(), entry.clone());
                Ok(Some(entry))
            }
            Err(refusal) => {
                let found = format!("refused {}", words::sentence(&refusal, &self.currency));
                Err(Failure { line: number, expected: "recorded".into(), found })
            }
        }
    }

    fn refuse(&self, number: u32, expected: &str, act: &Act) -> Result<(), Failure> {
        let found = match self.decide(number, act) {
            Err(refusal) if refusal.name() == expected => return Ok(()),
            Err(refusal) => format!("refused {}", words::sentence(&refusal, &self.currency)),
            Ok(Decision::Record(_)) => "accepted".into(),
            Ok(Decision::Already) => "recorded already".into(),
        };
        Err(Failure { line: number, expected: format!("refused {expected}"), found })
    }

    fn decide(&self, number: u32, act: &Act) -> Result<Decision, Refusal> {
        let command = self.command(number, act);
        let asking = Asking { actor: &self.actor, counter: self.till.as_str(), today: self.today };
        self.book().decide(asking, &command)
    }

    /// The command that a line stands for, here and now.
    fn command(&self, number: u32, act: &Act) -> Command {
        let id = fixed(&format!("{}{number}", self.prefix));
        let on = (self.on != self.today).then_some(self.on);
        command(Here { book: self.book(), till: &self.till, on, id }, act)
    }
}

fn prefix(daybook: &DayBook) -> String {
    let written = |line: &Line| match &line.statement {
        Statement::Act(act) | Statement::Refuse { act, .. } => act.id.clone(),
        _ => None,
    };
    let ids: Vec<Id> = daybook.lines.iter().filter_map(written).collect();
    let free = |prefix: &String| !ids.iter().any(|id| id.as_str().starts_with(prefix.as_str()));
    let mut prefixes = std::iter::once("line-".to_owned()).chain((1..).map(|n| format!("line{n}-")));
    prefixes.find(free).unwrap_or_default()
}

/// An id that is one because this file says so.
#[expect(clippy::expect_used, reason = "letters, digits and hyphens, and few of them")]
fn fixed(text: &str) -> Id {
    Id::new(text).expect("an id")
}
