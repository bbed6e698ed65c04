//! Where an account's records wait until it is folded: decoded, or in the file.

use super::look::record;
use anyhow::{Context, Result};
use ledger::entry::Record;
use std::fs::File;

/// One account's records.
pub enum Rows {
    /// As they are.
    Decoded(Vec<Record>),
    /// Where their lines stand in the file: what a million entries would fill memory with stays on the disk.
    InFile(Vec<Row>),
}

/// A line in the file, checked already.
pub struct Row {
    /// Where it begins.
    pub at: u64,
    /// How long it is, without its end.
    pub length: u32,
}

/// What rows point into.
pub enum Source {
    /// Nothing: all is decoded.
    Memory,
    /// A file that can be read again.
    File(File),
}

impl Rows {
    /// Decodes them.
    ///
    /// # Errors
    /// When the file cannot be read, or was changed meanwhile.
    pub fn records(self, source: &Source, buffer: &mut Vec<u8>) -> Result<Vec<Record>> {
        let rows = match self {
            Self::Decoded(records) => return Ok(records),
            Self::InFile(rows) => rows,
        };
        let Source::File(file) = source else { return Ok(Vec::new()) };
        let decode = |row: Row| {
            buffer.resize(row.length as usize, 0);
            read_at(file, buffer, row.at).context("cannot read the book again")?;
            record(buffer).context("the book was changed while it was read")
        };
        rows.into_iter().map(decode).collect()
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
