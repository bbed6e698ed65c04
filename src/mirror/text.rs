//! Reads the mirror back: its lines as a backup, chain by chain, without those that do not follow the line before them.

use super::copy::segments;
use super::files::Files;
use super::rows::{self, Row};
use crate::engine::Source;
use crate::store::{ChainPosition, Fault, StoredEntry};
use journal::{Hash, Line, Press, Side};
use std::collections::{BTreeMap, BTreeSet};

/// The lines of a mirror, in the format of a backup; all of it in memory.
#[derive(Debug, Default)]
pub struct MirrorText {
    text: String,
    /// The number of lines, without side records.
    pub lines: u64,
    /// How many lines are left out, because they are damaged or lines before them are missing.
    pub left_out: u64,
}

/// A line, and what an endpoint says about it.
struct Held {
    text: String,
    hash: Hash,
    prev: Option<Hash>,
    press: Option<Press>,
    side: Option<String>,
}

impl Held {
    fn goes_on(&self) -> bool {
        self.press.is_some_and(Press::goes_on)
    }

    fn begins_press(&self) -> bool {
        self.press.is_none_or(|press| press.0 == 1)
    }
}

impl MirrorText {
    /// Reads all segments, also those of earlier generations.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub async fn read(files: &impl Files) -> Result<Self, Fault> {
        Self::with(files, &[]).await
    }

    /// Reads all segments, and adds lines that were read elsewhere.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub async fn with(files: &impl Files, others: &[StoredEntry]) -> Result<Self, Fault> {
        let (mut lines, mut bad) = (Lines::default(), 0);
        for name in segments(files).await? {
            let segment = rows::read(&files.read(&name.to_text()).await?);
            bad += segment.bad;
            segment.rows.into_iter().for_each(|row| lines.take(row));
        }
        for stored in others {
            let StoredEntry { arrival, branch, bytes, .. } = stored.clone();
            lines.take(Row { arrival, branch, text: bytes });
        }
        let mut text = lines.into_text();
        text.left_out += bad;
        Ok(text)
    }

    /// Whether it has no line.
    pub const fn is_empty(&self) -> bool {
        self.lines == 0
    }

    /// The lines and side records.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }
}

impl Source for MirrorText {
    fn size(&self) -> u64 {
        self.text.len() as u64
    }

    async fn piece(&self, from: u64, most: u32) -> Result<Vec<u8>, Fault> {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        Ok(rest.get(..most as usize).unwrap_or(rest).to_vec())
    }
}

/// Lines by their positions. Two lines of one position differ: the store had them in different lives.
#[derive(Default)]
struct Lines {
    by_place: BTreeMap<ChainPosition, Vec<Held>>,
    seen: BTreeSet<Hash>,
}

impl Lines {
    fn take(&mut self, row: Row) {
        let bytes = row.text.as_bytes();
        if Side::is_side(bytes) {
            return self.take_side(&row);
        }
        let Ok(line) = Line::parse(bytes) else { return };
        let hash = Hash::of(bytes);
        if !self.seen.insert(hash) {
            return;
        }
        let (prev, press) = (line.prev, line.press);
        let at =
            ChainPosition { branch: row.branch, ..ChainPosition::new(line.device, line.chain, line.seq) };
        let held = Held { prev, press, hash, side: None, text: row.text };
        self.by_place.entry(at).or_default().push(held);
    }

    /// The last one counts.
    fn take_side(&mut self, row: &Row) {
        let Ok(side) = Side::parse(row.text.as_bytes()) else { return };
        let at = ChainPosition {
            branch: row.branch.clone(),
            ..ChainPosition::new(side.device, side.chain, side.seq)
        };
        let of = self.by_place.get_mut(&at).and_then(|lines| lines.iter_mut().find(|l| l.hash == side.hash));
        of.into_iter().for_each(|line| line.side = Some(row.text.clone()));
    }

    /// The lines that follow those before them, whole presses only.
    fn into_text(self) -> MirrorText {
        let mut text = MirrorText::default();
        // The lines that another one may follow.
        let mut ends = BTreeSet::new();
        let mut press = Vec::<Held>::new();
        for (at, lines) in self.by_place {
            for line in lines {
                let goes_on_press = press.last().is_some_and(|last| line.prev == Some(last.hash));
                if !goes_on_press {
                    text.leave_out(&mut press, &mut ends);
                }
                let follows = match line.prev {
                    Some(prev) => ends.contains(&prev) && (goes_on_press || line.begins_press()),
                    None => at.seq == 1,
                };
                if !follows {
                    text.left_out += 1;
                    continue;
                }
                ends.insert(line.hash);
                let is_last = !line.goes_on();
                press.push(line);
                if is_last {
                    press.drain(..).for_each(|line| text.push(&line));
                }
            }
        }
        text.leave_out(&mut press, &mut ends);
        text
    }
}

impl MirrorText {
    /// Leaves out the lines of a press of which the end is missing.
    fn leave_out(&mut self, press: &mut Vec<Held>, ends: &mut BTreeSet<Hash>) {
        self.left_out += press.len() as u64;
        for line in press.drain(..) {
            ends.remove(&line.hash);
        }
    }

    fn push(&mut self, line: &Held) {
        self.lines += 1;
        for part in [Some(&line.text), line.side.as_ref()].into_iter().flatten() {
            self.text.push_str(part);
            self.text.push('\n');
        }
    }
}
