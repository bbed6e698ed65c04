//! Reads a journal: checks the envelope, hash and chain of every line, and assigns it to its account. Bodies are decoded
//! when accounts are folded.

use super::blocks::read_blocks;
use super::calendar::Calendar;
use super::damaged::MAX_BAD_LINES;
use super::hashed_line::{Content, HashedLine};
use super::rows::{Decoder, FileLine, RowSource, RowTexts, Rows};
use super::signed_log::SideRecords;
use super::stored_lines::LineTexts;
use super::{BadLine, BookArgs, OpenError, Reading, fold};
use crate::source::STANDARD_INPUT;
use anyhow::{Context, Result};
use foldhash::HashMap;
use journal::{Envelope, Hash, OPENED, Problem, Verifier};
use ledger::date::Date;
use ledger::entry::{Body, Record};
use ledger::id::Id;
use ledger::money::Currency;
use std::fs::File;

/// The largest file, in bytes, whose lines are kept in memory; a larger file is read twice.
const MAX_IN_MEMORY: u64 = 128 << 20;

/// What is wrong with a copy that has a link.
const UNSIGNED: &str =
    "the side records are not those that the server signed: make the copy again in another file";

/// Reads and checks a journal.
pub fn read(args: &BookArgs) -> Result<Result<Reading, OpenError>> {
    let path = &args.book;
    if path.as_os_str() == STANDARD_INPUT {
        let mut reader = JournalReader::new(true, args, SideRecords::default());
        let read = read_blocks(std::io::stdin(), 0, |block_at, line| reader.line(block_at, line));
        read.context("cannot read standard input")?;
        return reader.finish(None, args);
    }
    let cannot = || format!("cannot read {}", path.display());
    let file = File::open(path).with_context(cannot)?;
    let size = file.metadata().with_context(cannot)?.len();
    let sides = SideRecords::beside(path)?;
    let mut reader = JournalReader::new(size <= MAX_IN_MEMORY, args, sides);
    read_blocks(&file, size, |block_at, line| reader.line(block_at, line)).with_context(cannot)?;
    reader.finish(Some(file), args)
}

/// The lines that have been read.
struct JournalReader {
    in_memory: bool,
    known_on: Option<Date>,
    calendar: Calendar,
    verifier: Verifier,
    bad: Vec<BadLine>,
    /// The number of the current line, from 1.
    line: u32,
    entries: u64,
    /// The number of side records.
    sides: u64,
    told: SideRecords,
    /// The number of entries more than a day ahead of `now`.
    ahead: u64,
    /// The wall time, in milliseconds since 1970.
    now: u64,
    of_shop: Rows,
    /// The index of each customer in `customers`.
    indexes: HashMap<Box<str>, usize>,
    customers: Vec<(Id, Rows)>,
    texts: LineTexts,
}

impl JournalReader {
    fn new(in_memory: bool, args: &BookArgs, told: SideRecords) -> Self {
        Self {
            in_memory,
            known_on: args.known_on,
            calendar: Calendar::default(),
            verifier: Verifier::default(),
            bad: Vec::new(),
            line: 0,
            entries: 0,
            sides: 0,
            told,
            ahead: 0,
            now: jiff::Timestamp::now().as_millisecond().try_into().unwrap_or_default(),
            of_shop: no_rows(in_memory),
            indexes: HashMap::default(),
            customers: Vec::new(),
            texts: LineTexts::default(),
        }
    }

    /// Checks and stores the next line of the file; `block_at` is the offset of its block.
    fn line(&mut self, block_at: u64, hashed: &HashedLine<'_>) {
        self.line += 1;
        let (line, hash) = match &hashed.content {
            Ok(Content::Entry(line, hash)) => (line, *hash),
            Ok(Content::Side(side)) => {
                self.sides += 1;
                self.told.note(side);
                let problem = self.verifier.check_side(side);
                return problem.into_iter().for_each(|problem| self.report(problem.to_string()));
            }
            Err(error) => return self.report(error.to_string()),
        };
        for problem in self.verifier.check_envelope_position(line, hash) {
            self.report(problem.to_string());
        }
        if line.kind != OPENED && self.is_known(line) {
            self.store(line, &hash, block_at + hashed.at as u64, hashed.length);
        }
    }

    /// Whether the line was written on or before the day of `--known-on`.
    fn is_known(&mut self, line: &Envelope<'_>) -> bool {
        let Some(known_on) = self.known_on else { return true };
        match self.calendar.day(line) {
            Some(day) => day <= known_on,
            None => {
                self.report(format!("cannot tell when it was written: unknown time zone {:?}", line.zone));
                false
            }
        }
    }

    fn store(&mut self, line: &Envelope<'_>, hash: &Hash, at: u64, length: usize) {
        self.entries += 1;
        self.ahead += u64::from(line.clock.is_ahead(self.now));
        let rows = match line.account {
            None => Some(&mut self.of_shop),
            Some(customer) => account(&mut self.indexes, &mut self.customers, customer, self.in_memory),
        };
        match rows {
            Some(Rows::InMemory(lines)) => lines.push(self.texts.store(self.line, length, line, hash)),
            Some(Rows::InFile(lines)) => {
                let branch = hash.first_half().to_be_bytes();
                lines.push(FileLine { at, line: self.line, length: length as u32, branch });
            }
            Some(Rows::Decoded(_)) | None => {}
        }
    }

    fn report(&mut self, message: String) {
        if self.bad.len() < MAX_BAD_LINES {
            self.bad.push(BadLine { line: self.line.into(), message });
        }
    }

    fn finish(mut self, file: Option<File>, args: &BookArgs) -> Result<Result<Reading, OpenError>> {
        let split: Vec<_> = self
            .verifier
            .split_presses()
            .map(|(device, chain, seq)| format!("{device}, chain {chain}, number {seq}"))
            .collect();
        split.into_iter().for_each(|end| self.report(format!("{end}: {}", Problem::SplitPress)));
        let texts = match file {
            Some(file) if !self.in_memory => RowTexts::File(file),
            _ => RowTexts::Memory(std::mem::take(&mut self.texts)),
        };
        let signed = std::mem::take(&mut self.told).signed();
        if signed.is_none() {
            self.report(UNSIGNED.to_owned());
        }
        let source = RowSource { texts, signed: signed.unwrap_or_default() };
        let head = |(device, chain, head): (&str, u32, journal::Head)| {
            format!("{device}/{chain} ends at {} with {}", head.seq, head.hash)
        };
        let heads = self.verifier.heads().map(head).collect();
        let mut decoder = Decoder::default();
        let of_shop = decoder.lines(&self.of_shop, &source, None, None)?;
        let strict_currency = if args.strict { currency(&of_shop) } else { None };
        if strict_currency.is_some() {
            decoder = Decoder::default();
            decoder.lines(&self.of_shop, &source, None, strict_currency.as_ref())?;
        }
        let mut bad = self.bad;
        bad.append(&mut decoder.report.bad);
        if !bad.is_empty() {
            // Every bad line is reported, including those with a bad body only.
            let accounts = fold::UnfoldedAccounts {
                customers: self.customers,
                source: &source,
                currency: strict_currency.as_ref(),
            };
            bad.extend(accounts.each(None, |_| ())?.1.bad);
            bad.sort_by_key(|bad| bad.line);
            bad.truncate(MAX_BAD_LINES);
            return Ok(Err(OpenError::BadLines(bad)));
        }
        let (entries, sides, ahead) = (self.entries, self.sides, self.ahead);
        let signed = source.signed.through;
        let newer = decoder.report.newer;
        let reading = Reading::new(&args.book, of_shop, self.customers, source);
        Ok(reading.map(|reading| Reading {
            entries,
            sides,
            signed,
            ahead,
            heads,
            newer,
            strict_currency,
            ..reading
        }))
    }
}

/// The rows of a customer.
fn account<'a>(
    indexes: &mut HashMap<Box<str>, usize>,
    customers: &'a mut Vec<(Id, Rows)>,
    customer: &str,
    in_memory: bool,
) -> Option<&'a mut Rows> {
    let index = match indexes.get(customer) {
        Some(index) => *index,
        None => {
            // A valid envelope contains a valid id.
            customers.push((Id::new(customer).ok()?, no_rows(in_memory)));
            indexes.insert(customer.into(), customers.len() - 1);
            customers.len() - 1
        }
    };
    customers.get_mut(index).map(|(_, rows)| rows)
}

const fn no_rows(in_memory: bool) -> Rows {
    if in_memory { Rows::InMemory(Vec::new()) } else { Rows::InFile(Vec::new()) }
}

/// The shop's currency.
fn currency(of_shop: &[Record]) -> Option<Currency> {
    of_shop.iter().find_map(|record| {
        let Body::ShopOpened(opened) = &record.entry.body else { return None };
        Currency::new(&opened.currency).ok()
    })
}
