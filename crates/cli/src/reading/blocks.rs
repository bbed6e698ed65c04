//! Splits a file into blocks of whole lines. All cores parse blocks; their lines are consumed in the order of the file,
//! while the next blocks are read and parsed.

use super::hashed_line::{HashedLine, hash_lines};
use super::progress::Progress;
use anyhow::Result;
use rayon::prelude::*;
use self_cell::self_cell;
use std::io::Read;

/// The size of a block in bytes: small enough for the cache of a core.
const BLOCK: usize = 64 << 10;
/// The number of blocks that are parsed together, for each core.
const BLOCKS_A_CORE: usize = 8;

/// Whole lines of the file.
struct Block {
    /// The offset of the block in the file.
    at: u64,
    /// The lines; the last line of the file may have no line end.
    bytes: Vec<u8>,
}

type Parsed<'a> = Vec<Vec<HashedLine<'a>>>;

self_cell!(
    /// Blocks that follow each other, and the lines of each.
    struct Batch {
        owner: Vec<Block>,
        #[covariant]
        dependent: Parsed,
    }
);

/// Reads the file to its end and passes each line to `consume`, with the offset of its block. `size` is the size of the file
/// for the progress display, or 0 when it is not known.
///
/// # Errors
/// When the file cannot be read.
pub fn read_blocks(
    read: impl Read + Send,
    size: u64,
    mut consume: impl FnMut(u64, &HashedLine<'_>) + Send,
) -> Result<()> {
    let progress = Progress::new("reading", size);
    let mut file = Blocks { read, rest: Vec::new(), at: 0, spare: Vec::new() };
    let mut batch = file.parse_next()?;
    while !batch.borrow_owner().is_empty() {
        let lines = || {
            batch.with_dependent(|blocks, parsed| {
                for (block, lines) in blocks.iter().zip(parsed) {
                    lines.iter().for_each(|line| consume(block.at, line));
                    progress.add(block.bytes.len() as u64);
                }
            });
        };
        let ((), next) = rayon::join(lines, || file.parse_next());
        file.spare.extend(batch.into_owner());
        batch = next?;
    }
    Ok(())
}

/// The blocks of a file.
struct Blocks<R> {
    read: R,
    /// The beginning of a line that ends in the next block.
    rest: Vec<u8>,
    at: u64,
    /// Blocks whose memory is free.
    spare: Vec<Block>,
}

impl<R: Read> Blocks<R> {
    /// Reads and parses the next blocks; none at the end of the file.
    fn parse_next(&mut self) -> Result<Batch> {
        let mut blocks = Vec::new();
        while blocks.len() < BLOCKS_A_CORE * rayon::current_num_threads()
            && let Some(block) = self.next()?
        {
            blocks.push(block);
        }
        Ok(Batch::new(blocks, |blocks| {
            blocks.par_iter().map(|block| hash_lines(&block.bytes, block.at == 0)).collect()
        }))
    }

    /// The next block, in the memory of an earlier one; `None` at the end of the file.
    fn next(&mut self) -> Result<Option<Block>> {
        let mut bytes = self.spare.pop().map(|block| block.bytes).unwrap_or_default();
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
            let block = Block { at: self.at, bytes };
            self.at += block.bytes.len() as u64;
            return Ok(Some(block));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, read_blocks};

    #[test]
    fn every_line_is_consumed_once_in_the_order_of_the_file() {
        let count = 40 * BLOCK / 8;
        let text: String = (0..count).map(|line| format!("{line:07}\n")).collect();
        let mut consumed = Vec::new();
        let all = read_blocks(text.as_bytes(), 0, |block_at, line| {
            consumed.push((block_at as usize + line.at, line.length));
        });
        assert!(all.is_ok());
        assert!(consumed.into_iter().eq((0..count).map(|line| (line * 8, 7))));
    }
}
