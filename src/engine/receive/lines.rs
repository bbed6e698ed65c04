//! Reads the lines of a file, piece by piece.

use crate::store::Fault;
use journal::{LineError, MAX_LINE, in_file};

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

/// A numbered line of a file, from 1, or why it is none.
pub type NumberedLine = (u64, Result<String, LineError>);

/// The numbered lines of a source.
pub struct Lines<'a, S> {
    source: &'a S,
    read: u64,
    /// The number of the last line returned.
    number: u64,
    /// The beginning of a line whose end has not been read yet.
    rest: Vec<u8>,
    /// The number of bytes of that line that were dropped, because it is too long.
    dropped: usize,
}

impl<'a, S: Source> Lines<'a, S> {
    pub const fn of(source: &'a S) -> Self {
        Self { source, read: 0, number: 0, rest: Vec::new(), dropped: 0 }
    }

    /// The number of bytes read so far.
    pub const fn read(&self) -> u64 {
        self.read
    }

    /// The next lines; `None` after the last line.
    pub async fn next(&mut self) -> Result<Option<Vec<NumberedLine>>, Fault> {
        if self.read >= self.source.size() && self.rest.is_empty() && self.dropped == 0 {
            return Ok(None);
        }
        let piece = self.source.piece(self.read, PIECE).await?;
        self.read += piece.len() as u64;
        let ended = piece.is_empty() || self.read >= self.source.size();
        self.rest.extend(piece);
        let end =
            if ended { self.rest.len() } else { self.rest.iter().rposition(is_end).map_or(0, |at| at + 1) };
        let whole: Vec<u8> = self.rest.drain(..end).collect();
        let mut lines: Vec<_> = whole.split_inclusive(is_end).map(|bytes| self.cut(bytes)).collect();
        if ended && self.dropped > 0 {
            lines.push(self.cut(b""));
        }
        // Nothing of a line that is too long is needed.
        if self.rest.len() > 2 * MAX_LINE {
            self.dropped += self.rest.len();
            self.rest.clear();
        }
        Ok(Some(lines))
    }

    fn cut(&mut self, bytes: &[u8]) -> NumberedLine {
        self.number += 1;
        let (_, line) = in_file(bytes, self.number == 1);
        let length = line.len() + std::mem::take(&mut self.dropped);
        if length > MAX_LINE {
            return (self.number, Err(LineError::TooLong { bytes: length }));
        }
        (self.number, String::from_utf8(line.to_vec()).map_err(|_| LineError::NotText))
    }
}

fn is_end(byte: &u8) -> bool {
    *byte == b'\n'
}
