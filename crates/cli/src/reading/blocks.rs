//! Cuts a file into blocks of whole lines, which all cores look at; what has to be done in sequence is done in turns.

use super::cores::on_all;
use super::progress::Progress;
use super::turns::Turns;
use anyhow::Result;
use std::io::Read;
use std::sync::{Mutex, PoisonError};

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
/// When it cannot be read, or whoever gathers panics.
pub fn gather<G: Gather>(read: impl Read + Send, size: u64, gathered: G) -> Result<G> {
    let feed = Mutex::new(Feed {
        read,
        left: Vec::new(),
        number: 0,
        at: 0,
        progress: Progress::of("reading", size),
    });
    let turns = Turns::of(gathered);
    on_all(|| {
        let part = turns.part();
        let mut spare = Vec::new();
        loop {
            let next = feed.lock().unwrap_or_else(PoisonError::into_inner).next(spare)?;
            let Some(block) = next else { return Ok(()) };
            let seen = G::see(&block.bytes);
            let taken = part.take(block.number, |gathered| gathered.take(&block, seen));
            let Some(()) = taken else { return Ok(()) };
            spare = block.bytes;
        }
    })?;
    Ok(turns.end())
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

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used)]
mod tests {
    use super::{BLOCK, Block, Gather, gather};
    use anyhow::Result;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    /// Counts lines, and panics where it sees or takes one that says so.
    struct Count(usize);

    impl Gather for Count {
        type Seen<'a> = &'a [u8];

        fn see(block: &[u8]) -> &[u8] {
            assert!(!holds(block, b"see"), "on purpose");
            block
        }

        fn take(&mut self, _: &Block, seen: &[u8]) {
            assert!(!holds(seen, b"take"), "on purpose");
            self.0 += seen.iter().filter(|byte| **byte == b'\n').count();
        }
    }

    fn holds(block: &[u8], word: &[u8]) -> bool {
        memchr::memmem::find(block, word).is_some()
    }

    /// Many blocks, and a word in one of them. Whoever waits for ever is found out.
    fn counted(word: &str, at: usize) -> Result<usize> {
        let lines = 20 * BLOCK / 8;
        let text: String = (0..lines)
            .map(|line| if line == at { format!("{word}\n") } else { "1234567\n".into() })
            .collect();
        let (told, tells) = channel();
        std::thread::spawn(move || told.send(gather(text.as_bytes(), 0, Count(0)).map(|count| count.0)));
        tells.recv_timeout(Duration::from_secs(60)).unwrap()
    }

    #[test]
    fn every_line_is_gathered_once() {
        assert_eq!(counted("any", 7).unwrap(), 20 * BLOCK / 8);
    }

    #[test]
    fn whoever_panics_keeps_nobody_waiting() {
        for word in ["see", "take"] {
            for at in [0, 10 * BLOCK / 8, 20 * BLOCK / 8 - 1] {
                assert!(counted(word, at).is_err(), "{word} in line {at}");
            }
        }
    }
}
