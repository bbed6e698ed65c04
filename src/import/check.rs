//! Checks the rows of a file, piece by piece, before anything of it is recorded.

use super::cells::Cells;
use super::column::{Kind, Matching};
use super::customer::add_customer;
use super::flaw::{Flaw, LineFlaw};
use super::item::set_item;
use super::known::Known;
use super::open_amount::{grant_credit, place_order};
use super::reading::Reading;
use super::row_id::row_id;
use super::rules::Rules;
use super::table::Row;
use ledger::id::Id;
use ledger::rules::Command;
use std::collections::{BTreeSet, HashMap};

/// A row that can be recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Ready {
    /// Its line.
    pub line: usize,
    /// What it records first.
    pub command: Command,
    /// What it records together with it.
    pub more: Option<Command>,
}

impl Ready {
    /// What it records, in one press.
    pub fn commands(&self) -> impl Iterator<Item = &Command> {
        std::iter::once(&self.command).chain(&self.more)
    }
}

/// What was found so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The rows that can be recorded.
    pub ready: Vec<Ready>,
    /// How many rows are recorded already.
    pub here: usize,
    /// The lines that cannot be, in their order.
    pub flaws: Vec<LineFlaw>,
    /// The rows of customers who look like ones that are here; they are left out.
    pub alike: Vec<LineFlaw>,
}

impl Found {
    /// Takes out the rows whose documents are recorded already.
    pub fn leave_out(&mut self, recorded: &BTreeSet<Id>) {
        let before = self.ready.len();
        self.ready.retain(|ready| !recorded.contains(&ready.command.id));
        self.here += before - self.ready.len();
    }
}

/// The check of one file.
pub struct Check<'a> {
    kind: Kind,
    headings: usize,
    matching: &'a Matching,
    reading: Reading,
    known: &'a Known,
    rules: &'a Rules,
    /// The line of each document, and what else the row says.
    seen: HashMap<Id, (usize, Id)>,
    found: Found,
}

impl<'a> Check<'a> {
    /// Of a file with this number of headings; `flaws` are its lines that are no rows.
    #[must_use]
    pub fn new(
        kind: Kind,
        (headings, flaws): (usize, &[LineFlaw]),
        (matching, reading): (&'a Matching, Reading),
        known: &'a Known,
        rules: &'a Rules,
    ) -> Self {
        let found = Found { flaws: flaws.to_vec(), ..Found::default() };
        Self { kind, headings, matching, reading, known, rules, seen: HashMap::new(), found }
    }

    /// Checks more rows.
    pub fn take(&mut self, rows: &[Row]) {
        for row in rows {
            if let Err(flaws) = self.row(row) {
                let line = row.line;
                self.found.flaws.extend(flaws.into_iter().map(|flaw| LineFlaw { line, flaw }));
            }
        }
    }

    /// All that was found, the flaws by line.
    #[must_use]
    pub fn found(mut self) -> Found {
        self.found.flaws.sort_by_key(|found| found.line);
        self.found
    }

    fn row(&mut self, row: &Row) -> Result<(), Vec<Flaw>> {
        let more = row.fields.get(self.headings..).unwrap_or_default();
        if row.fields.len() < self.headings || more.iter().any(|field| !field.trim().is_empty()) {
            return Err(vec![Flaw::Fields { found: row.fields.len(), of: self.headings }]);
        }
        let cells = Cells { row, matching: self.matching, reading: self.reading };
        let mut commands = match self.kind {
            Kind::Customers => add_customer(&cells, &self.rules.words)?,
            Kind::Orders => vec![place_order(&cells, self.known, self.rules)?],
            Kind::Credits => vec![grant_credit(&cells, self.known, self.rules)?],
            Kind::Items => vec![set_item(&cells, self.rules)?],
        }
        .into_iter();
        let Some(command) = commands.next() else { return Ok(()) };
        let more = commands.next();
        self.only_once(row, &command.id).map_err(|flaw| vec![flaw])?;
        let is_here = match self.kind {
            Kind::Customers => self.known.has(&command.id),
            Kind::Items => self.rules.items.has(&command.id),
            // The journal knows them; it is asked once for all rows.
            Kind::Orders | Kind::Credits => false,
        };
        if is_here {
            self.found.here += 1;
        } else if let Some(flaw) = self.alike(&cells) {
            self.found.alike.push(LineFlaw { line: row.line, flaw });
        } else {
            self.found.ready.push(Ready { line: row.line, command, more });
        }
        Ok(())
    }

    fn only_once(&mut self, row: &Row, id: &Id) -> Result<(), Flaw> {
        let says = row_id("row", &row.fields.iter().map(String::as_str).collect::<Vec<_>>());
        match self.seen.get(id) {
            Some((line, same)) if *same == says => Err(Flaw::Doubled { line: *line }),
            Some((line, _)) => Err(Flaw::NumberTwice { line: *line }),
            None => {
                self.seen.insert(id.clone(), (row.line, says));
                Ok(())
            }
        }
    }

    fn alike(&self, cells: &Cells<'_>) -> Option<Flaw> {
        let asks = self.kind == Kind::Customers && !self.rules.adds_alike;
        cells.naming().ok().filter(|_| asks).and_then(|naming| self.known.alike(&naming))
    }
}
