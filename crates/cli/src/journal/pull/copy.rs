//! The copy of a book: its lines with what the server says about each.

use anyhow::{Context, Result, bail, ensure};
use journal::{Clock, Hash, Line, Side, SideVerdict};
use std::collections::BTreeMap;
use std::path::Path;
use sync::client::OwnedRecord;
use sync::{Checkpoint, Signature};

/// One line of the copy.
struct Copied {
    /// Device, chain and number.
    at: (String, u32, u64),
    text: String,
    order: Clock,
    verdict: SideVerdict,
    /// Its number in the log; `None` for a line that the server does not have any more.
    lseq: Option<u64>,
    signature: Option<Signature>,
}

/// A copy in memory.
pub struct Copy {
    lines: BTreeMap<Hash, Copied>,
    shop: Option<String>,
}

impl Copy {
    /// Reads the copy; an empty one if there is none.
    ///
    /// # Errors
    /// When it cannot be read, or has a line that is no line of a journal.
    pub fn read(book: &Path) -> Result<Self> {
        let mut copy = Self { lines: BTreeMap::new(), shop: None };
        let bytes = match std::fs::read(book) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(copy),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", book.display())),
        };
        for (number, line) in
            (1..).zip(bytes.split(|byte| *byte == b'\n')).filter(|(_, line)| !line.is_empty())
        {
            copy.take_line(line).with_context(|| format!("{}:{number}", book.display()))?;
        }
        Ok(copy)
    }

    fn take_line(&mut self, bytes: &[u8]) -> Result<()> {
        if Side::is_side(bytes) {
            let side = Side::parse(bytes).context("a damaged side record")?;
            let copied = self.lines.get_mut(&side.hash).context("a side record of no line")?;
            (copied.order, copied.verdict, copied.lseq) = (side.order, side.verdict, side.lseq);
            copied.signature = side.signature.and_then(|text| Signature::parse(text).ok());
            return Ok(());
        }
        let text = String::from_utf8(bytes.to_vec()).context("a line that is not UTF-8")?;
        let line = Line::envelope(bytes).context("a damaged line")?;
        let copied = Copied {
            at: (line.device.to_owned(), line.chain, line.seq),
            order: line.clock,
            verdict: SideVerdict::Ok,
            lseq: None,
            signature: None,
            text,
        };
        self.shop.get_or_insert_with(|| line.shop.to_owned());
        self.lines.insert(Hash::of(bytes), copied);
        Ok(())
    }

    /// The number of lines.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The last line of a kind in the log that counts there.
    pub fn last_of(&self, kind: &str) -> Option<&str> {
        let counts = self.lines.values().filter(|copied| copied.verdict.is_ok());
        let is_it =
            |copied: &&Copied| Line::envelope(copied.text.as_bytes()).is_ok_and(|line| line.kind == kind);
        let numbered = counts.filter_map(|copied| Some((copied.lseq?, copied)));
        let (_, last) = numbered.filter(|(_, copied)| is_it(copied)).max_by_key(|(lseq, _)| *lseq)?;
        Some(&last.text)
    }

    /// Checks that the copy is one of this shop.
    ///
    /// # Errors
    /// When it is one of another shop.
    pub fn check_shop(&self, shop: &str) -> Result<()> {
        match &self.shop {
            Some(known) if known != shop => bail!("the copy is a book of another shop"),
            Some(_) | None => Ok(()),
        }
    }

    /// Adds a record, or what is new about its line.
    ///
    /// # Errors
    /// When the record is no line of this shop's journal.
    pub fn take(&mut self, record: OwnedRecord, shop: &str) -> Result<()> {
        let line = Line::envelope(record.text.as_bytes()).context("the server has sent a damaged line")?;
        ensure!(line.shop == shop, "the server has sent a line of another shop");
        let at = (line.device.to_owned(), line.chain, line.seq);
        let OwnedRecord { lseq, text, hash, signature, order, verdict, .. } = record;
        // A line that came back keeps the signature that it had.
        let signature = signature.or(self.lines.get(&hash).and_then(|known| known.signature));
        self.lines.insert(hash, Copied { at, text, order, verdict, lseq: Some(lseq), signature });
        Ok(())
    }

    /// Takes the numbers from all lines after this one: the log is read again from there.
    pub fn rewind(&mut self, after: u64) {
        for copied in self.lines.values_mut() {
            copied.lseq = copied.lseq.filter(|lseq| *lseq <= after);
        }
    }

    /// The records after a known place, as far as they follow each other.
    pub fn records(&self, from: Checkpoint, after: u64, through: u64) -> Vec<OwnedRecord> {
        let span = from.lseq + 1..=through;
        let of_span = |(hash, copied)| in_span(&span, hash, copied);
        let numbered: BTreeMap<u64, (&Hash, &Copied)> = self.lines.iter().filter_map(of_span).collect();
        let mut at = from;
        let mut records = Vec::new();
        for (lseq, (hash, copied)) in numbered {
            if lseq != at.lseq + 1 {
                break;
            }
            at = Checkpoint { lseq, log_hash: at.log_hash.then(*hash, copied.order, copied.verdict) };
            if lseq > after {
                records.push(OwnedRecord {
                    lseq,
                    text: copied.text.clone(),
                    hash: *hash,
                    signature: copied.signature,
                    order: copied.order,
                    verdict: copied.verdict,
                    received: copied.order.0,
                    log_hash: at.log_hash,
                });
            }
        }
        records
    }

    /// Writes the copy: in the order of the log, and after it what the server does not have any more.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, book: &Path) -> Result<()> {
        let mut lines: Vec<(&Hash, &Copied)> = self.lines.iter().collect();
        lines.sort_by(|(_, a), (_, b)| {
            let key = |copied: &Copied| copied.lseq.unwrap_or(u64::MAX);
            key(a).cmp(&key(b)).then_with(|| a.at.cmp(&b.at))
        });
        let mut text = String::new();
        for (hash, copied) in lines {
            let (device, chain, seq) = &copied.at;
            let signature = copied.signature.map(|signature| signature.to_string());
            let side = Side {
                device,
                chain: *chain,
                seq: *seq,
                hash: *hash,
                order: copied.order,
                verdict: copied.verdict,
                lseq: copied.lseq,
                signature: signature.as_deref(),
            };
            text.push_str(&copied.text);
            text.push('\n');
            text.push_str(&side.write()?);
            text.push('\n');
        }
        crate::link::replace(book, text.as_bytes(), false)
    }
}

fn in_span<'a>(
    span: &std::ops::RangeInclusive<u64>,
    hash: &'a Hash,
    copied: &'a Copied,
) -> Option<(u64, (&'a Hash, &'a Copied))> {
    let lseq = copied.lseq.filter(|lseq| span.contains(lseq))?;
    Some((lseq, (hash, copied)))
}
