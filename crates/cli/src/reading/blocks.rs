//! Cuts a file into blocks of whole lines, which all cores look at; what has to be done in sequence is done in turns.

use super::progress::Progress;
use anyhow::Result;
use std::io::Read;
use std::sync::{Condvar, Mutex, PoisonError};

/// Small enough to stay near the core that looks at it.
const BLOCK: usize = 64 << 10;

/// Whole lines, and where they stand.
pub struct Block {
    number: usize,
    /// Where it begins in the file.
    pub at: u64,
    /// Its lines; the last of the file may have no end.
    pub bytes: Vec<u8>,
}

/// Whoever takes what was looked at, block after block.
pub trait Gather: Send {
    /// What is made of a block by whoever looks at it.
    type Seen<'a>;

    /// Looks at a block; any core, in any sequence.
    fn see(block: &[u8]) -> Self::Seen<'_>;

    /// Takes what was seen of the next block. One core at a time, in the sequence of the file.
    fn take(&mut self, block: &Block, seen: Self::Seen<'_>);
}

/// Reads to the end and has everything gathered. `size` is for telling how far it is; 0 when nobody knows.
///
/// # Errors
/// When it cannot be read.
pub fn gather<G: Gather>(read: impl Read + Send, size: u64, gathered: G) -> Result<G> {
    let feed = Mutex::new(Feed {
        read,
        left: Vec::new(),
        number: 0,
        at: 0,
        progress: Progress::of("reading", size),
    });
    let turns = Mutex::new((0, gathered));
    let turned = Condvar::new();
    let work = || -> Result<()> {
        let mut spare = Vec::new();
        loop {
            let next = feed.lock().unwrap_or_else(PoisonError::into_inner).next(spare)?;
            let Some(block) = next else { return Ok(()) };
            let seen = G::see(&block.bytes);
            let turn = turns.lock().unwrap_or_else(PoisonError::into_inner);
            let mut turn = turned
                .wait_while(turn, |(turn, _)| *turn != block.number)
                .unwrap_or_else(PoisonError::into_inner);
            turn.1.take(&block, seen);
            turn.0 += 1;
            drop(turn);
            spare = block.bytes;
            turned.notify_all();
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..cores).map(|_| scope.spawn(work)).collect();
        let mine = work();
        others.into_iter().filter_map(|other| other.join().ok()).fold(mine, Result::and)
    })?;
    Ok(turns.into_inner().unwrap_or_else(PoisonError::into_inner).1)
}

/// The file as it is handed out.
struct Feed<R> {
    read: R,
    /// The beginning of a line whose end is in the next block.
    left: Vec<u8>,
    number: usize,
    at: u64,
    progress: Progress,
}

impl<R: Read> Feed<R> {
    /// The next block, in memory that is not needed any more; `None` at the end.
    fn next(&mut self, spare: Vec<u8>) -> Result<Option<Block>> {
        let mut bytes = spare;
        bytes.clear();
        bytes.reserve_exact(BLOCK + self.left.len());
        bytes.append(&mut self.left);
        loop {
            let got = self.read.by_ref().take(BLOCK as u64).read_to_end(&mut bytes)?;
            let end = memchr::memrchr(b'\n', &bytes).map_or(0, |end| end + 1);
            if end > 0 && got > 0 {
                self.left.extend_from_slice(bytes.get(end..).unwrap_or_default());
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
            self.progress.tell(self.at);
            return Ok(Some(block));
        }
    }
}
