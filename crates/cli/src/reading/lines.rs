//! Reads a journal: every line once, in blocks; all cores look at lines, one puts them in their chains.

use super::known::Calendar;
use super::look::{Looked, look};
use super::progress::Progress;
use super::rows::{Row, Rows, Source};
use super::{Asked, Bad, NotRead, Reading};
use crate::source::STANDARD_INPUT;
use anyhow::{Context, Result};
use journal::{Line, Verifier};
use ledger::body::Body;
use ledger::date::Date;
use ledger::entry::Record;
use ledger::id::Id;
use ledger::money::Currency;
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;

/// What all cores look at together; small enough that its memory is used again and again.
const BLOCK: usize = 1 << 20;
/// A larger file is read twice rather than kept decoded.
const KEPT: u64 = 128 << 20;
/// How many bad lines are remembered.
const REMEMBERED: usize = 100_000;

/// Reads and checks it.
pub fn read(asked: &Asked) -> Result<Result<Reading, NotRead>> {
    let path = &asked.book;
    if path.as_os_str() == STANDARD_INPUT {
        let mut gathered = Gathered::new(true, asked);
        gathered.all(std::io::stdin().lock(), 0).context("cannot read standard input")?;
        return Ok(gathered.reading(Source::Memory));
    }
    let cannot = || format!("cannot read {}", path.display());
    let file = File::open(path).with_context(cannot)?;
    let size = file.metadata().with_context(cannot)?.len();
    let mut gathered = Gathered::new(size <= KEPT, asked);
    gathered.all(&file, size).with_context(cannot)?;
    Ok(gathered.reading(if size <= KEPT { Source::Memory } else { Source::File(file) }))
}

/// What was read so far.
struct Gathered {
    keeps: bool,
    /// Whether bodies have to be byte for byte what this program writes.
    strictly: bool,
    known_on: Option<Date>,
    calendar: Calendar,
    currency: Option<Currency>,
    verifier: Verifier,
    bad: Vec<Bad>,
    line: u64,
    /// Where the block begins in the file.
    at: u64,
    entries: u64,
    newer: u64,
    of_shop: Vec<Record>,
    places: HashMap<Id, usize>,
    customers: Vec<(Id, Rows)>,
}

impl Gathered {
    fn new(keeps: bool, asked: &Asked) -> Self {
        Self {
            keeps,
            known_on: asked.known_on,
            strictly: asked.strictly,
            calendar: Calendar::default(),
            currency: None,
            verifier: Verifier::default(),
            bad: Vec::new(),
            line: 0,
            at: 0,
            entries: 0,
            newer: 0,
            of_shop: Vec::new(),
            places: HashMap::new(),
            customers: Vec::new(),
        }
    }

    /// Block by block; what is left of a line goes with the next.
    fn all(&mut self, mut read: impl Read, size: u64) -> std::io::Result<()> {
        let mut progress = Progress::of(size);
        let mut block = Vec::with_capacity(BLOCK + (64 << 10));
        loop {
            let got = read.by_ref().take(BLOCK as u64).read_to_end(&mut block)?;
            let end = block.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            if got == 0 {
                self.block(&block);
                return Ok(());
            }
            self.block(block.get(..end).unwrap_or_default());
            self.at += end as u64;
            block.drain(..end);
            progress.tell(self.at);
        }
    }

    fn block(&mut self, block: &[u8]) {
        if self.strictly && self.currency.is_none() {
            self.currency = currency_in(block);
        }
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let currency = self.currency.as_ref().filter(|_| self.strictly);
        for looked in look(block, currency, cores).into_iter().flatten() {
            self.line += 1;
            self.take(looked);
        }
    }

    fn take(&mut self, looked: Looked<'_>) {
        let (line, hash) = match looked.line {
            Ok(line) => line,
            Err(error) => return self.complain(error.to_string()),
        };
        for problem in self.verifier.place(&line, hash) {
            self.complain(problem.to_string());
        }
        match looked.record {
            Err(error) => self.complain(error.to_string()),
            Ok(Some(record)) if self.is_known(&line) => {
                let row = Row { at: self.at + looked.at as u64, length: looked.length as u32 };
                self.keep(*record, row);
            }
            Ok(_) => {}
        }
    }

    fn is_known(&mut self, line: &Line<'_>) -> bool {
        let Some(known_on) = self.known_on else { return true };
        match self.calendar.day(line) {
            Some(day) => day <= known_on,
            None => {
                self.complain(format!("nobody knows when it was written: no time zone {:?}", line.zone));
                false
            }
        }
    }

    fn keep(&mut self, record: Record, row: Row) {
        self.entries += 1;
        self.newer += u64::from(matches!(record.entry.body, Body::Unknown(_)));
        let Some(customer) = record.entry.customer.as_ref() else { return self.of_shop.push(record) };
        let place = match self.places.get(customer) {
            Some(place) => *place,
            None => {
                let rows = if self.keeps { Rows::Decoded(Vec::new()) } else { Rows::InFile(Vec::new()) };
                self.places.insert(customer.clone(), self.customers.len());
                self.customers.push((customer.clone(), rows));
                self.customers.len() - 1
            }
        };
        match self.customers.get_mut(place) {
            Some((_, Rows::Decoded(records))) => records.push(record),
            Some((_, Rows::InFile(rows))) => rows.push(row),
            None => {}
        }
    }

    fn complain(&mut self, message: String) {
        if self.bad.len() < REMEMBERED {
            self.bad.push(Bad { line: self.line, message });
        }
    }

    fn reading(self, source: Source) -> Result<Reading, NotRead> {
        if !self.bad.is_empty() {
            return Err(NotRead::Bad(self.bad));
        }
        let head = |(device, chain, head): (&str, u32, journal::Head)| {
            format!("{device}/{chain} ends at {} with {}", head.seq, head.hash)
        };
        let heads = self.verifier.heads().map(head).collect();
        let reading = Reading::new(self.of_shop, self.customers, source)?;
        Ok(Reading { entries: self.entries, heads, newer: self.newer, ..reading })
    }
}

/// The currency in which amounts are written, from the first line that opens a shop.
fn currency_in(block: &[u8]) -> Option<Currency> {
    let lines = block.split(|byte| *byte == b'\n').take(1_000).filter_map(|bytes| Line::parse(bytes).ok());
    let mut opened = lines.filter(|line| line.kind == "shop.opened");
    opened.find_map(|line| match Body::decode(line.kind, line.kv, line.body.get()) {
        Ok(Body::ShopOpened(opened)) => Currency::new(&opened.currency).ok(),
        _ => None,
    })
}
