//! Reads a journal: every line's envelope and hash, each line in its chain, and which account it belongs to. Bodies are
//! left for the folding of accounts.

use super::blocks::{Block, Gather, gather};
use super::damaged::MAX_BAD_LINES;
use super::kept::Texts;
use super::known::Calendar;
use super::look::{Looked, look};
use super::rows::{Decoder, Row, Rows, Source};
use super::{Asked, Bad, NotRead, Reading, fold};
use crate::source::STANDARD_INPUT;
use anyhow::{Context, Result};
use foldhash::HashMap;
use journal::{Envelope, OPENED, Verifier};
use ledger::date::Date;
use ledger::entry::{Body, Record};
use ledger::id::Id;
use ledger::money::Currency;
use std::fs::File;

/// A larger file is read twice rather than kept in memory.
const KEPT: u64 = 128 << 20;

/// Reads and checks it.
pub fn read(asked: &Asked) -> Result<Result<Reading, NotRead>> {
    let path = &asked.book;
    if path.as_os_str() == STANDARD_INPUT {
        let gathered = gather(std::io::stdin(), 0, Gathered::new(true, asked));
        return gathered.context("cannot read standard input")?.reading(None, asked);
    }
    let cannot = || format!("cannot read {}", path.display());
    let file = File::open(path).with_context(cannot)?;
    let size = file.metadata().with_context(cannot)?.len();
    let gathered = gather(&file, size, Gathered::new(size <= KEPT, asked)).with_context(cannot)?;
    gathered.reading(Some(file), asked)
}

/// What was read so far.
struct Gathered {
    keeps: bool,
    known_on: Option<Date>,
    calendar: Calendar,
    verifier: Verifier,
    bad: Vec<Bad>,
    line: u32,
    entries: u64,
    of_shop: Rows,
    places: HashMap<Box<str>, usize>,
    customers: Vec<(Id, Rows)>,
    texts: Texts,
}

impl Gather for Gathered {
    type Seen<'a> = Vec<Looked<'a>>;

    fn see(block: &[u8]) -> Self::Seen<'_> {
        look(block)
    }

    fn take(&mut self, block: &Block, seen: Self::Seen<'_>) {
        for looked in seen {
            self.line += 1;
            self.line(block.at, &looked);
        }
    }
}

impl Gathered {
    fn new(keeps: bool, asked: &Asked) -> Self {
        Self {
            keeps,
            known_on: asked.known_on,
            calendar: Calendar::default(),
            verifier: Verifier::default(),
            bad: Vec::new(),
            line: 0,
            entries: 0,
            of_shop: no_rows(keeps),
            places: HashMap::default(),
            customers: Vec::new(),
            texts: Texts::default(),
        }
    }

    fn line(&mut self, from: u64, looked: &Looked<'_>) {
        let (line, hash) = match &looked.line {
            Ok((line, hash)) => (line, *hash),
            Err(error) => return self.complain(error.to_string()),
        };
        for problem in self.verifier.place_envelope(line, hash) {
            self.complain(problem.to_string());
        }
        if line.kind != OPENED && self.is_known(line) {
            self.keep(line, from + looked.at as u64, looked.length);
        }
    }

    fn is_known(&mut self, line: &Envelope<'_>) -> bool {
        let Some(known_on) = self.known_on else { return true };
        match self.calendar.day(line) {
            Some(day) => day <= known_on,
            None => {
                self.complain(format!("nobody knows when it was written: no time zone {:?}", line.zone));
                false
            }
        }
    }

    fn keep(&mut self, line: &Envelope<'_>, at: u64, length: usize) {
        self.entries += 1;
        let rows = match line.account {
            None => Some(&mut self.of_shop),
            Some(customer) => account(&mut self.places, &mut self.customers, customer, self.keeps),
        };
        match rows {
            Some(Rows::Kept(kept)) => kept.push(self.texts.keep(self.line, length, line)),
            Some(Rows::InFile(rows)) => rows.push(Row { at, line: self.line, length: length as u32 }),
            _ => {}
        }
    }

    fn complain(&mut self, message: String) {
        if self.bad.len() < MAX_BAD_LINES {
            self.bad.push(Bad { line: self.line.into(), message });
        }
    }

    fn reading(self, file: Option<File>, asked: &Asked) -> Result<Result<Reading, NotRead>> {
        let source = match file {
            Some(file) if !self.keeps => Source::File(file),
            _ => Source::Texts(self.texts),
        };
        let head = |(device, chain, head): (&str, u32, journal::Head)| {
            format!("{device}/{chain} ends at {} with {}", head.seq, head.hash)
        };
        let heads = self.verifier.heads().map(head).collect();
        let mut decoder = Decoder::default();
        let of_shop = decoder.lines(&self.of_shop, &source, None, None)?;
        let strictly = if asked.strictly { currency(&of_shop) } else { None };
        if strictly.is_some() {
            decoder = Decoder::default();
            decoder.lines(&self.of_shop, &source, None, strictly.as_ref())?;
        }
        let mut bad = self.bad;
        bad.append(&mut decoder.bad);
        if !bad.is_empty() {
            // Every bad line is named: also those whose body alone is bad.
            let waiting =
                fold::Waiting { customers: self.customers, source: &source, currency: strictly.as_ref() };
            bad.extend(waiting.each(None, |_| ())?.1.bad);
            bad.sort_by_key(|bad| bad.line);
            bad.truncate(MAX_BAD_LINES);
            return Ok(Err(NotRead::Bad(bad)));
        }
        let (entries, newer) = (self.entries, decoder.newer);
        let reading = Reading::new(&asked.book, of_shop, self.customers, source);
        Ok(reading.map(|reading| Reading { entries, heads, newer, strictly, ..reading }))
    }
}

/// Where a customer's rows are gathered.
fn account<'a>(
    places: &mut HashMap<Box<str>, usize>,
    customers: &'a mut Vec<(Id, Rows)>,
    customer: &str,
    keeps: bool,
) -> Option<&'a mut Rows> {
    let place = match places.get(customer) {
        Some(place) => *place,
        None => {
            // The reader of envelopes lets nothing through that is no id.
            customers.push((Id::new(customer).ok()?, no_rows(keeps)));
            places.insert(customer.into(), customers.len() - 1);
            customers.len() - 1
        }
    };
    customers.get_mut(place).map(|(_, rows)| rows)
}

const fn no_rows(keeps: bool) -> Rows {
    if keeps { Rows::Kept(Vec::new()) } else { Rows::InFile(Vec::new()) }
}

/// The currency in which amounts are written.
fn currency(of_shop: &[Record]) -> Option<Currency> {
    of_shop.iter().find_map(|record| {
        let Body::ShopOpened(opened) = &record.entry.body else { return None };
        Currency::new(&opened.currency).ok()
    })
}
