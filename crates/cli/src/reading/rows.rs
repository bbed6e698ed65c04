//! The records of an account body_at it is folded: decoded, or as lines that are decoded when the account is folded. A
//! large book is never decoded as a whole, which would need too much memory.

use super::BadLine;
use super::signed_log::Signed;
use super::stored_lines::{LineTexts, StoredLine};
use anyhow::{Context, Result};
use codec::Opening;
use codec::decode::{DecodeError, Decoded, SharedIds, decode_envelope};
use journal::{Envelope, Line, LineError};
use ledger::entry::{Body, Record};
use ledger::id::Id;
use ledger::money::Currency;
use std::fs::File;

/// One account's records.
pub enum Rows {
    /// Decoded records.
    Decoded(Vec<Record>),
    /// Lines in memory.
    InMemory(Vec<StoredLine>),
    /// Lines of a file.
    InFile(Vec<FileLine>),
}

/// A line of a file whose envelope has been checked.
pub struct FileLine {
    /// Its offset in the file.
    pub at: u64,
    /// Its line number, from 1.
    pub line: u32,
    /// Its length, without its line end.
    pub length: u32,
    /// The branch, big-endian: as a number it would be aligned to 16 bytes.
    pub branch: [u8; 16],
}

/// Where the texts of rows are, and what the server has signed about them.
pub struct RowSource {
    /// The texts.
    pub texts: RowTexts,
    /// Orders and verdicts.
    pub signed: Signed,
}

/// The texts of rows.
pub enum RowTexts {
    /// None: all rows are decoded.
    Decoded,
    /// Texts in memory.
    Memory(LineTexts),
    /// A file that is read a second time.
    File(File),
}

impl RowSource {
    /// Of rows that are decoded.
    pub fn decoded() -> Self {
        Self { texts: RowTexts::Decoded, signed: Signed::default() }
    }
}

/// Decodes lines, and collects errors.
#[derive(Default)]
pub struct Decoder {
    names: SharedIds,
    opening: Opening,
    buffer: Vec<u8>,
    /// What was found since the report was last taken.
    pub report: DecodeReport,
}

/// What decoding finds.
#[derive(Default)]
pub struct DecodeReport {
    /// Lines whose bodies cannot be decoded.
    pub bad: Vec<BadLine>,
    /// The number of entries of kinds that only a newer version knows.
    pub newer: u64,
}

impl Decoder {
    /// Decodes the rows of one customer or of the shop. Lines that cannot be decoded are collected in the report. With a
    /// currency, bodies must be byte for byte what this program writes.
    ///
    /// # Errors
    /// When the file cannot be read again.
    pub fn records(
        &mut self,
        rows: Rows,
        source: &RowSource,
        customer: Option<&Id>,
        currency: Option<&Currency>,
    ) -> Result<Vec<Record>> {
        match rows {
            Rows::Decoded(records) => Ok(records),
            lines => self.lines(&lines, source, customer, currency),
        }
    }

    /// As [`Decoder::records`], for rows that are lines.
    ///
    /// # Errors
    /// When the file cannot be read again.
    pub fn lines(
        &mut self,
        rows: &Rows,
        source: &RowSource,
        customer: Option<&Id>,
        currency: Option<&Currency>,
    ) -> Result<Vec<Record>> {
        match (rows, &source.texts) {
            (Rows::InMemory(lines), RowTexts::Memory(texts)) => {
                let mut records = Vec::with_capacity(lines.len());
                for stored in lines {
                    let (line, body_at) = texts.envelope(stored);
                    let line = Envelope { account: customer.map(Id::as_str), ..line };
                    let record = self.record(&line, stored.branch(), body_at, &source.signed, currency);
                    records.extend(self.accept(stored.line, record));
                }
                Ok(records)
            }
            (Rows::InFile(rows), RowTexts::File(file)) => self.in_file(rows, file, &source.signed, currency),
            _ => Ok(Vec::new()),
        }
    }

    fn in_file(
        &mut self,
        rows: &[FileLine],
        file: &File,
        signed: &Signed,
        currency: Option<&Currency>,
    ) -> Result<Vec<Record>> {
        let mut records = Vec::with_capacity(rows.len());
        let mut buffer = std::mem::take(&mut self.buffer);
        for row in rows {
            buffer.resize(row.length as usize, 0);
            read_at(file, &mut buffer, row.at).context("cannot read the book again")?;
            let line = Line::envelope(&buffer).context("the book was changed while it was read")?;
            let body_at = buffer.len().saturating_sub(line.body.len() + 1);
            let branch = u128::from_be_bytes(row.branch);
            let record = self.record(&line, branch, body_at, signed, currency);
            records.extend(self.accept(row.line, record));
        }
        self.buffer = buffer;
        Ok(records)
    }

    fn record(
        &mut self,
        line: &Envelope<'_>,
        branch: u128,
        body_at: usize,
        signed: &Signed,
        currency: Option<&Currency>,
    ) -> Result<Record, DecodeError> {
        let (order, verdict) = signed.of(branch, line.clock);
        let decoded = decode_envelope(line, order, verdict, currency, &mut self.names);
        let is_known = |record: &Record| !matches!(record.entry.body, Body::Unknown(_));
        if !matches!(&decoded, Ok(Decoded::Entry(record)) if is_known(record)) {
            // A body that is not JSON is an error of the line.
            line.check_body(body_at)?;
        }
        match decoded? {
            Decoded::Entry(mut record) => {
                record.place.branch = branch;
                Ok(*record)
            }
            Decoded::Chain(_) => Err(LineError::Wrong("kind").into()),
        }
    }

    fn accept(&mut self, line: u32, record: Result<Record, DecodeError>) -> Option<Record> {
        match record {
            Ok(record) => {
                if let Err(flaw) = self.opening.note(&record.entry) {
                    self.report.bad.push(BadLine { line: line.into(), message: flaw.to_string() });
                }
                self.report.newer += u64::from(matches!(record.entry.body, Body::Unknown(_)));
                Some(record)
            }
            Err(error) => {
                self.report.bad.push(BadLine { line: line.into(), message: error.to_string() });
                None
            }
        }
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
