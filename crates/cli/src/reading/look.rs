//! One line looked at: its envelope read, its bytes hashed. Needs no other line, so all cores look at once.

use journal::{Envelope, Hash, Line, LineError};

/// A line and what its envelope says.
pub struct Looked<'a> {
    /// Where it begins in its block, and its length without its end.
    pub at: usize,
    pub length: usize,
    /// Its envelope.
    pub line: Result<(Envelope<'a>, Hash), LineError>,
}

/// Looks at all lines of a block.
pub fn look(block: &[u8]) -> Vec<Looked<'_>> {
    let mut looked = Vec::with_capacity(block.len() / 256 + 1);
    let mut at = 0;
    for end in memchr::memchr_iter(b'\n', block).chain(unended(block)) {
        let bytes = block.get(at..end).unwrap_or_default();
        let line = Line::envelope(bytes).map(|line| (line, Hash::of(bytes)));
        looked.push(Looked { at, length: bytes.len(), line });
        at = end + 1;
    }
    looked
}

/// Where the last line ends when nothing ends it.
fn unended(block: &[u8]) -> Option<usize> {
    block.last().is_some_and(|last| *last != b'\n').then_some(block.len())
}

#[cfg(test)]
mod tests {
    use super::look;

    #[test]
    fn every_byte_is_in_one_line() {
        for (text, lines) in [("", 0), ("a", 1), ("a\n", 1), ("a\nbb\n\nccc\nd", 5), ("\n\n\n", 3)] {
            let looked = look(text.as_bytes());
            let joined: Vec<&str> = looked.iter().map(|line| &text[line.at..line.at + line.length]).collect();
            assert_eq!(joined.len(), lines, "{text:?}");
            assert_eq!(joined.join("\n"), text.strip_suffix('\n').unwrap_or(text));
        }
    }
}
