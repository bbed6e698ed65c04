//! One line looked at: parsed, hashed and decoded. Needs no other line, so all cores look at once.

use book::decode::{Decoded, NotDecoded, decode_parsed};
use journal::{Hash, Line, LineError};
use ledger::entry::{Record, Verdict};
use ledger::money::Currency;

/// A line and what it holds.
pub struct Looked<'a> {
    /// Where it begins in its block, and its length.
    pub at: usize,
    pub length: usize,
    /// Its envelope.
    pub line: Result<(Line<'a>, Hash), LineError>,
    /// What it holds; nothing where it only opens a chain.
    pub record: Result<Option<Box<Record>>, NotDecoded>,
}

/// Looks at all lines of a block, in two or more parts at once.
pub fn look<'a>(block: &'a [u8], currency: Option<&Currency>, parts: usize) -> Vec<Vec<Looked<'a>>> {
    let starts = split(block, parts);
    let look = |(from, to): (usize, usize)| part(block, from, to, currency);
    let Some(((from, to), others)) = starts.split_first() else { return Vec::new() };
    std::thread::scope(|scope| {
        let others: Vec<_> = others.iter().map(|each| scope.spawn(move || look(*each))).collect();
        let mut looked = vec![look((*from, *to))];
        looked.extend(others.into_iter().map(|other| other.join().unwrap_or_default()));
        looked
    })
}

/// Decodes a line that was looked at before.
pub fn record(bytes: &[u8]) -> Result<Record, NotDecoded> {
    let line = Line::parse(bytes)?;
    match decode_parsed(&line, line.clock, Verdict::Ok, None)? {
        Decoded::Entry(record) => Ok(*record),
        Decoded::Chain(_) => Err(LineError::Wrong("kind").into()),
    }
}

fn part<'a>(block: &'a [u8], from: usize, to: usize, currency: Option<&Currency>) -> Vec<Looked<'a>> {
    let mut looked = Vec::with_capacity((to - from) / 512 + 1);
    let mut at = from;
    let text = block.get(from..to).unwrap_or_default();
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    if from == to {
        return looked;
    }
    for bytes in text.split(|byte| *byte == b'\n') {
        looked.push(one(bytes, at, currency));
        at += bytes.len() + 1;
    }
    looked
}

fn one<'a>(bytes: &'a [u8], at: usize, currency: Option<&Currency>) -> Looked<'a> {
    let line = Line::parse(bytes);
    let record = match &line {
        Ok(line) => decode_parsed(line, line.clock, Verdict::Ok, currency).map(|decoded| match decoded {
            Decoded::Entry(record) => Some(record),
            Decoded::Chain(_) => None,
        }),
        Err(error) => Err(error.clone().into()),
    };
    let line = line.map(|line| (line, Hash::of(bytes)));
    Looked { at, length: bytes.len(), line, record }
}

/// Cuts a block at line ends into parts of about the same size.
fn split(block: &[u8], parts: usize) -> Vec<(usize, usize)> {
    let (mut cuts, mut from) = (Vec::new(), 0);
    for part in 1..=parts {
        let about = block.len() * part / parts;
        let rest = block.get(about.max(from)..).unwrap_or_default();
        let end = rest.iter().position(|byte| *byte == b'\n');
        let to = if part == parts {
            block.len()
        } else {
            end.map_or(block.len(), |end| about.max(from) + end + 1)
        };
        if to > from {
            cuts.push((from, to));
            from = to;
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn every_byte_is_in_one_part_and_parts_end_with_a_line() {
        for text in ["", "a", "a\n", "a\nbb\n\nccc\nd", "\n\n\n", "aaaaaaaaaaaaaaaaaaaaaaaa\nb\n"] {
            for parts in 1..6 {
                let cuts = split(text.as_bytes(), parts);
                let joined: String = cuts.iter().map(|(from, to)| &text[*from..*to]).collect();
                assert_eq!(joined, text);
                let whole = |(_, to): &(usize, usize)| *to == text.len() || text.as_bytes()[*to - 1] == b'\n';
                assert!(cuts.iter().all(whole), "{text:?} in {parts}");
            }
        }
    }
}
