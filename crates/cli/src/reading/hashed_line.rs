//! Parses the envelopes and hashes the bytes of lines. Needs no other line, so it runs on all cores.

use journal::{Envelope, Hash, Line, LineError, Side, in_file};

/// A line with its envelope and hash, or a side record.
pub struct HashedLine<'a> {
    /// The offset of the line in its block.
    pub at: usize,
    /// Its length, without its line end.
    pub length: usize,
    /// The content.
    pub content: Result<Content<'a>, LineError>,
}

/// What a line of a file can be.
pub enum Content<'a> {
    /// An entry: its envelope and its hash.
    Entry(Envelope<'a>, Hash),
    /// A side record.
    Side(Side<'a>),
}

/// Parses and hashes all lines of a block; `is_first` tells whether it is the beginning of the file.
pub fn hash_lines(block: &[u8], is_first: bool) -> Vec<HashedLine<'_>> {
    let mut lines = Vec::with_capacity(block.len() / 256 + 1);
    let mut at = 0;
    for end in memchr::memchr_iter(b'\n', block).chain(unended(block)) {
        let (before, bytes) = in_file(block.get(at..end).unwrap_or_default(), is_first && at == 0);
        let content = if Side::is_side(bytes) {
            Side::parse(bytes).map(Content::Side)
        } else {
            Line::envelope(bytes).map(|line| Content::Entry(line, Hash::of(bytes)))
        };
        lines.push(HashedLine { at: at + before, length: bytes.len(), content });
        at = end + 1;
    }
    lines
}

/// The end of a last line without a line end.
fn unended(block: &[u8]) -> Option<usize> {
    block.last().is_some_and(|last| *last != b'\n').then_some(block.len())
}

#[cfg(test)]
mod tests {
    use super::hash_lines;

    #[test]
    fn every_byte_is_in_one_line() {
        for (text, lines) in [("", 0), ("a", 1), ("a\n", 1), ("a\nbb\n\nccc\nd", 5), ("\n\n\n", 3)] {
            let hashed = hash_lines(text.as_bytes(), true);
            let joined: Vec<&str> = hashed.iter().map(|line| &text[line.at..line.at + line.length]).collect();
            assert_eq!(joined.len(), lines, "{text:?}");
            assert_eq!(joined.join("\n"), text.strip_suffix('\n').unwrap_or(text));
        }
    }
}
