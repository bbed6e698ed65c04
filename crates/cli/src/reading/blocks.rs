//! Splits a file into blocks of whole lines. All cores parse blocks; the results are consumed in block order.

use super::in_order::InOrder;
use super::progress::Progress;
use super::workers::on_all_cores;
use anyhow::Result;
use std::io::Read;
use std::sync::{Mutex, PoisonError};

/// The size of a block in bytes: small enough for the cache of a core.
const BLOCK: usize = 64 << 10;

/// Whole lines of the file.
pub struct Block {
    number: usize,
    /// The offset of the block in the file.
    pub at: u64,
    /// The lines; the last line of the file may have no line end.
    pub bytes: Vec<u8>,
}

/// Parses blocks on all cores and consumes the results in order.
pub trait BlockReader: Send {
    /// The result of parsing a block.
    type Parsed<'a>;

    /// Parses a block; on any core, in any order.
    fn parse(block: &[u8]) -> Self::Parsed<'_>;

    /// Consumes the result of the next block: one at a time, in the order of the file.
    fn consume(&mut self, block: &Block, parsed: Self::Parsed<'_>);
}

/// Reads the file to its end. `size` is its size for the progress display, or 0 when it is not known.
///
/// # Errors
/// When the file cannot be read, or a worker panics.
pub fn read_blocks<G: BlockReader>(read: impl Read + Send, size: u64, reader: G) -> Result<G> {
    let feed = Mutex::new(Feed {
        read,
        rest: Vec::new(),
        number: 0,
        at: 0,
        progress: Progress::new("reading", size),
    });
    let reader = InOrder::new(reader);
    on_all_cores(|| {
        let worker = reader.worker();
        let mut spare = Vec::new();
        loop {
            let next = feed.lock().unwrap_or_else(PoisonError::into_inner).next(spare)?;
            let Some(block) = next else { return Ok(()) };
            let parsed = G::parse(&block.bytes);
            let consumed = worker.access(block.number, |reader| reader.consume(&block, parsed));
            let Some(()) = consumed else { return Ok(()) };
            spare = block.bytes;
        }
    })?;
    Ok(reader.into_inner())
}

/// Hands out the blocks of the file.
struct Feed<R> {
    read: R,
    /// The beginning of a line that ends in the next block.
    rest: Vec<u8>,
    number: usize,
    at: u64,
    progress: Progress,
}

impl<R: Read> Feed<R> {
    /// The next block, in the memory of an earlier one; `None` at the end of the file.
    fn next(&mut self, spare: Vec<u8>) -> Result<Option<Block>> {
        let mut bytes = spare;
        bytes.clear();
        bytes.reserve_exact(BLOCK + self.rest.len());
        bytes.append(&mut self.rest);
        loop {
            let got = self.read.by_ref().take(BLOCK as u64).read_to_end(&mut bytes)?;
            let end = memchr::memrchr(b'\n', &bytes).map_or(0, |end| end + 1);
            if end > 0 && got > 0 {
                self.rest.extend_from_slice(bytes.get(end..).unwrap_or_default());
                bytes.truncate(end);
            } else if got > 0 {
                continue;
            }
            if bytes.is_empty() {
                return Ok(None);
            }
            let block = Block { number: self.number, at: self.at, bytes };
            self.number += 1;
            self.at += block.bytes.len() as u64;
            self.progress.update(self.at);
            return Ok(Some(block));
        }
    }
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used)]
mod tests {
    use super::{BLOCK, Block, BlockReader, read_blocks};
    use anyhow::Result;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    /// Counts lines, and panics at a line with the word `parse` or `consume`.
    struct Count(usize);

    impl BlockReader for Count {
        type Parsed<'a> = &'a [u8];

        fn parse(block: &[u8]) -> &[u8] {
            assert!(!holds(block, b"parse"), "on purpose");
            block
        }

        fn consume(&mut self, _: &Block, parsed: &[u8]) {
            assert!(!holds(parsed, b"consume"), "on purpose");
            self.0 += parsed.iter().filter(|byte| **byte == b'\n').count();
        }
    }

    fn holds(block: &[u8], word: &[u8]) -> bool {
        memchr::memmem::find(block, word).is_some()
    }

    /// Reads many blocks, with a word in one line. A deadlock fails the test.
    fn counted(word: &str, at: usize) -> Result<usize> {
        let lines = 20 * BLOCK / 8;
        let text: String = (0..lines)
            .map(|line| if line == at { format!("{word}\n") } else { "1234567\n".into() })
            .collect();
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            sender.send(read_blocks(text.as_bytes(), 0, Count(0)).map(|count| count.0))
        });
        receiver.recv_timeout(Duration::from_secs(60)).unwrap()
    }

    #[test]
    fn every_line_is_read_once() {
        assert_eq!(counted("any", 7).unwrap(), 20 * BLOCK / 8);
    }

    #[test]
    fn a_panic_does_not_block_the_other_workers() {
        for word in ["parse", "consume"] {
            for at in [0, 10 * BLOCK / 8, 20 * BLOCK / 8 - 1] {
                assert!(counted(word, at).is_err(), "{word} in line {at}");
            }
        }
    }
}
