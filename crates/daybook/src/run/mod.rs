//! Records a day book at its counters, line by line, by the same decisions as the app.

mod command;
mod expect;
pub(crate) use expect::status_word;
mod tills;

use crate::ast::{Act, DayBook, Request, Statement, StatementLine};
use crate::messages;
use crate::outline::Outline;
use crate::parse::OWNER;
use codec::memory::{Book, Caller};
use command::{LineContext, command};
use ledger::date::Date;
use ledger::decide::Decision;
use ledger::entry::Entry;
use ledger::id::Id;
use ledger::money::Currency;
use ledger::preview::Preview;
use ledger::refusal::Refusal;
use ledger::rules::{Command, Rejection};
use tills::Tills;

/// A line whose outcome differs from the expected one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The number of the line.
    pub line: u32,
    /// The expected outcome.
    pub expected: String,
    /// The outcome.
    pub found: String,
}

/// Runs every line and returns the lines that fail: `expect` and `refuse` lines with another outcome, and other acts that
/// are refused.
#[must_use]
pub fn check(daybook: &DayBook) -> Vec<Failure> {
    let mut runner = Runner::new(daybook);
    daybook.lines.iter().filter_map(|line| runner.line(line).err()).collect()
}

/// Records every act, skips `expect` and `refuse` lines, and returns the book of the last counter.
///
/// # Errors
/// The first act that is refused outside a `refuse` line.
pub fn run(daybook: &DayBook) -> Result<Book, Failure> {
    let mut runner = Runner::new(daybook);
    let is_check =
        |line: &&StatementLine| matches!(line.statement, Statement::Expect(_) | Statement::Refuse { .. });
    for line in daybook.lines.iter().filter(|line| !is_check(line)) {
        runner.line(line)?;
    }
    Ok(runner.tills.take(&runner.till))
}

/// Runs a day book: its counters, and the counter, date and staff member of the next line.
pub struct Runner {
    tills: Tills,
    till: Id,
    actor: Id,
    on: Date,
    today: Date,
    currency: Currency,
    /// The prefix of the ids of acts whose lines have none; no id of the day book begins with it.
    prefix: String,
    /// The most accounts that are not packed; `None` packs none.
    unpacked: Option<usize>,
}

impl Runner {
    /// The state before the first line.
    #[must_use]
    pub fn new(daybook: &DayBook) -> Self {
        Self::of(&Outline::of(daybook), None)
    }

    /// The state before the first line, for acts only: accounts that were not used for long are packed if more than this
    /// number are not.
    #[must_use]
    pub fn packing(outline: &Outline, unpacked: usize) -> Self {
        Self::of(outline, Some(unpacked))
    }

    fn of(outline: &Outline, unpacked: Option<usize>) -> Self {
        let first = Date(jiff::civil::Date::constant(2026, 1, 1));
        let till = literal_id("A");
        let mut tills = Tills::default();
        tills.mention(&till);
        let nothing = Currency { code: String::new(), decimals: 2 };
        let currency = outline.currency.clone().unwrap_or(nothing);
        let (actor, prefix) = (literal_id(OWNER), outline.prefix());
        Self { tills, till, actor, on: first, today: first, currency, prefix, unpacked }
    }

    /// The book of the current counter.
    #[must_use]
    pub fn book(&self) -> &Book {
        self.tills.book(&self.till)
    }

    /// The current counter's letter.
    #[must_use]
    pub const fn till(&self) -> &Id {
        &self.till
    }

    /// Runs one line and returns the entries that it recorded: none, one, or the two of a transfer.
    ///
    /// # Errors
    /// When the outcome differs from the expected one.
    pub fn line(&mut self, line: &StatementLine) -> Result<Vec<Entry>, Failure> {
        match &line.statement {
            Statement::Date(date) => self.set_date(*date),
            Statement::Till(till) => self.switch_to(till),
            Statement::As(actor) => self.actor = actor.clone(),
            Statement::Offline(till) => self.tills.go_offline(till),
            Statement::Online(till) => self.tills.go_online(till),
            Statement::Act(act) => return self.act(line.number, act),
            Statement::Expect(expected) => {
                expect::compare(self.book(), &self.currency, expected)
                    .map_err(|(expected, found)| Failure { line: line.number, expected, found })?;
            }
            Statement::Refuse { refusal, act } => self.refuse(line.number, refusal, act)?,
        }
        Ok(Vec::new())
    }

    fn set_date(&mut self, date: Date) {
        self.on = date;
        self.today = self.today.max(date);
    }

    fn switch_to(&mut self, till: &Id) {
        self.tills.mention(till);
        self.till = till.clone();
    }

    fn act(&mut self, number: u32, act: &Act) -> Result<Vec<Entry>, Failure> {
        self.unpack_documents(act);
        let command = self.command(number, act);
        self.unpack_all(command.names());
        match self.book().decide(self.caller(), &command) {
            Ok(decision) => {
                let entries = decision.into_entries();
                self.tills.record(&self.till, number.into(), &entries);
                if let Some(most) = self.unpacked {
                    self.tills.book_mut(&self.till).pack(most);
                }
                Ok(entries)
            }
            Err(refusal) => {
                let found = format!("refused {}", messages::refusal(&refusal, &self.currency));
                Err(Failure { line: number, expected: "recorded".into(), found })
            }
        }
    }

    fn refuse(&self, number: u32, expected: &str, act: &Act) -> Result<(), Failure> {
        let found = match self.decide(number, act) {
            Err(refusal) if refusal.name() == expected => return Ok(()),
            Err(refusal) => format!("refused {}", messages::refusal(&refusal, &self.currency)),
            Ok(Decision::Record(_) | Decision::RecordBoth(_)) => "accepted".into(),
            Ok(Decision::Already) => "recorded already".into(),
        };
        Err(Failure { line: number, expected: format!("refused {expected}"), found })
    }

    fn decide(&self, number: u32, act: &Act) -> Result<Decision, Refusal> {
        self.book().decide(self.caller(), &self.command(number, act))
    }

    /// Unpacks the accounts from which the command of an act is made.
    fn unpack_documents(&mut self, act: &Act) {
        let documents = match &act.request {
            Request::Command(asked) => asked.documents(),
            Request::Reject(Rejection { of, .. }) | Request::Rename { of, .. } => vec![of.clone()],
            Request::Seal(_) | Request::Unseal { .. } | Request::Move { .. } | Request::OpenMoney { .. } => {
                Vec::new()
            }
        };
        self.unpack_all(documents);
    }

    fn unpack_all(&mut self, ids: Vec<Id>) {
        if self.unpacked.is_some() {
            let book = self.tills.book_mut(&self.till);
            ids.iter().for_each(|id| book.unpack(id));
        }
    }

    /// What an act line of another person would be; `None` for a line that is no act. Records nothing.
    #[must_use]
    pub fn decide_as(&self, actor: &Id, line: &StatementLine) -> Option<Result<Decision, Refusal>> {
        let Statement::Act(act) = &line.statement else { return None };
        let caller = Caller { actor, ..self.caller() };
        Some(self.book().decide(caller, &self.command(line.number, act)))
    }

    /// The figures before and after an act line, without recording it; `None` for a line that is no act.
    #[must_use]
    pub fn preview(&self, line: &StatementLine) -> Option<Result<Preview, Refusal>> {
        let Statement::Act(act) = &line.statement else { return None };
        Some(self.book().preview(self.caller(), &self.command(line.number, act)))
    }

    /// The person, the counter and the day of the next line.
    fn caller(&self) -> Caller<'_> {
        Caller { actor: &self.actor, counter: self.till.as_str(), today: self.today }
    }

    /// The command of a line at the current counter and date.
    fn command(&self, number: u32, act: &Act) -> Command {
        let id = literal_id(&format!("{}{number}", self.prefix));
        let on = (self.on != self.today).then_some(self.on);
        command(LineContext { book: self.book(), till: &self.till, on, id }, act)
    }
}

/// An id from text that is valid by construction.
#[expect(clippy::expect_used, reason = "letters, digits and hyphens, and few of them")]
fn literal_id(text: &str) -> Id {
    Id::new(text).expect("an id")
}
