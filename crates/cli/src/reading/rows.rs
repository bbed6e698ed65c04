//! Where an account's records wait until it is folded: as they are, or as lines that are decoded only then. What a
//! million decoded entries would fill memory with is made one account at a time.

use super::Bad;
use super::kept::{Kept, Texts};
use anyhow::{Context, Result};
use codec::decode::{Decoded, Names, NotDecoded, decode_envelope};
use journal::{Envelope, Line, LineError};
use ledger::entry::{Body, Record, Verdict};
use ledger::id::Id;
use ledger::money::Currency;
use std::fs::File;

/// One account's records.
pub enum Rows {
    /// As they are.
    Decoded(Vec<Record>),
    /// As lines in memory.
    Kept(Vec<Kept>),
    /// As lines of a file.
    InFile(Vec<Row>),
}

/// A line of a file, whose envelope was checked already.
pub struct Row {
    /// Where it begins.
    pub at: u64,
    /// Its number, from 1.
    pub line: u32,
    /// How long it is, without its end.
    pub length: u32,
}

/// What rows point into.
pub enum Source {
    /// Nothing: all is decoded.
    Nothing,
    /// Memory.
    Texts(Texts),
    /// A file that can be read again.
    File(File),
}

/// Decodes lines: what it needs from one to the next.
#[derive(Default)]
pub struct Decoder {
    names: Names,
    buffer: Vec<u8>,
    /// Bodies that could not be read.
    pub bad: Vec<Bad>,
    /// How many were made by a newer version.
    pub newer: u64,
}

impl Decoder {
    /// Decodes the rows of one customer, or of the shop; what cannot be read is left out and remembered. Where a
    /// currency is given, bodies have to be byte for byte what this program writes.
    ///
    /// # Errors
    /// When the file cannot be read again.
    pub fn records(
        &mut self,
        rows: Rows,
        source: &Source,
        customer: Option<&Id>,
        currency: Option<&Currency>,
    ) -> Result<Vec<Record>> {
        match rows {
            Rows::Decoded(records) => Ok(records),
            lines => self.lines(&lines, source, customer, currency),
        }
    }

    /// The same of rows that are lines.
    ///
    /// # Errors
    /// When the file cannot be read again.
    pub fn lines(
        &mut self,
        rows: &Rows,
        source: &Source,
        customer: Option<&Id>,
        currency: Option<&Currency>,
    ) -> Result<Vec<Record>> {
        match (rows, source) {
            (Rows::Kept(kept), Source::Texts(texts)) => {
                let mut records = Vec::with_capacity(kept.len());
                for kept in kept {
                    let (line, before) = texts.envelope(kept);
                    let line = Envelope { account: customer.map(Id::as_str), ..line };
                    let record = record(&line, before, currency, &mut self.names);
                    records.extend(self.good(kept.line, record));
                }
                Ok(records)
            }
            (Rows::InFile(rows), Source::File(file)) => self.in_file(rows, file, currency),
            _ => Ok(Vec::new()),
        }
    }

    fn in_file(&mut self, rows: &[Row], file: &File, currency: Option<&Currency>) -> Result<Vec<Record>> {
        let mut records = Vec::with_capacity(rows.len());
        let mut buffer = std::mem::take(&mut self.buffer);
        for row in rows {
            buffer.resize(row.length as usize, 0);
            read_at(file, &mut buffer, row.at).context("cannot read the book again")?;
            let line = Line::envelope(&buffer).context("the book was changed while it was read")?;
            let before = buffer.len().saturating_sub(line.body.len() + 1);
            let record = record(&line, before, currency, &mut self.names);
            records.extend(self.good(row.line, record));
        }
        self.buffer = buffer;
        Ok(records)
    }

    fn good(&mut self, line: u32, record: Result<Record, NotDecoded>) -> Option<Record> {
        match record {
            Ok(record) => {
                self.newer += u64::from(matches!(record.entry.body, Body::Unknown(_)));
                Some(record)
            }
            Err(error) => {
                self.bad.push(Bad { line: line.into(), message: error.to_string() });
                None
            }
        }
    }
}

fn record(
    line: &Envelope<'_>,
    before: usize,
    currency: Option<&Currency>,
    names: &mut Names,
) -> Result<Record, NotDecoded> {
    let decoded = decode_envelope(line, line.clock, Verdict::Ok, currency, names);
    let was_read = |record: &Record| !matches!(record.entry.body, Body::Unknown(_));
    if !matches!(&decoded, Ok(Decoded::Entry(record)) if was_read(record)) {
        // Where the body is no JSON at all, the line is none.
        line.check_body(before)?;
    }
    match decoded? {
        Decoded::Entry(record) => Ok(*record),
        Decoded::Chain(_) => Err(LineError::Wrong("kind").into()),
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, at)
}

#[cfg(not(unix))]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> std::io::Result<()> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = file.try_clone()?;
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(buffer)
}
