//! Reads the lines of a file, piece by piece.

use super::not_received::{Flaw, NotReceived};
use crate::store::Fault;
use journal::{LineError, MAX_LINE};

/// The number of bytes read at once: small enough that reading a piece does not delay the page.
const PIECE: u32 = 256 * 1_024;

/// Bytes that can be read from any offset, any number of times.
#[allow(async_fn_in_trait)] // All futures run on one thread, so none has to be `Send`.
pub trait Source {
    /// The number of bytes.
    fn size(&self) -> u64;

    /// Reads at most `most` bytes from the offset `from`; fewer only at the end.
    async fn piece(&self, from: u64, most: u32) -> Result<Vec<u8>, Fault>;
}

/// The numbered lines of a source.
pub struct Lines<'a, S> {
    source: &'a S,
    read: u64,
    /// The number of the last line returned.
    number: u64,
    /// The beginning of a line whose end has not been read yet.
    rest: Vec<u8>,
}

impl<'a, S: Source> Lines<'a, S> {
    pub const fn of(source: &'a S) -> Self {
        Self { source, read: 0, number: 0, rest: Vec::new() }
    }

    /// The number of bytes read so far.
    pub const fn read(&self) -> u64 {
        self.read
    }

    /// The next lines with their numbers, counted from 1; `None` after the last line.
    pub async fn next(&mut self) -> Result<Option<Vec<(u64, String)>>, NotReceived> {
        if self.read >= self.source.size() && self.rest.is_empty() {
            return Ok(None);
        }
        let piece = self.source.piece(self.read, PIECE).await?;
        self.read += piece.len() as u64;
        let ended = piece.is_empty() || self.read >= self.source.size();
        self.rest.extend(piece);
        let end =
            if ended { self.rest.len() } else { self.rest.iter().rposition(is_end).map_or(0, |at| at + 1) };
        let whole: Vec<u8> = self.rest.drain(..end).collect();
        let lines = self.cut(&whole)?;
        if self.rest.len() > MAX_LINE {
            return Err(NotReceived::shape(self.number + 1, LineError::TooLong { bytes: self.rest.len() }));
        }
        Ok(Some(lines))
    }

    fn cut(&mut self, whole: &[u8]) -> Result<Vec<(u64, String)>, NotReceived> {
        let mut lines = Vec::new();
        for bytes in whole.split_inclusive(is_end) {
            self.number += 1;
            let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
            let text = String::from_utf8(bytes.to_vec());
            let text = text.map_err(|_| NotReceived::Line(self.number, Flaw::Shape(LineError::NotText)))?;
            lines.push((self.number, text));
        }
        Ok(lines)
    }
}

fn is_end(byte: &u8) -> bool {
    *byte == b'\n'
}
