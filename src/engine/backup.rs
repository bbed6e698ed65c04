//! Exports a backup: the lines of the journal, verbatim. `counterfoil journal verify` can check it without other data.

use super::cache_text::parse;
use super::open::Engine;
use super::verification::{Damage, Verification};
use super::verify_book::own_head;
use crate::store::{ChainPosition, DEVICE, Fault, Store, StoredEntry};
use codec::DeviceState;
use journal::{Line, Problem, Verifier};

/// The number of entries that one read returns.
const PAGE: u32 = 1_024;

impl<S: Store> Engine<S> {
    /// Passes every line on this device to `each`, one page at a time: chain by chain, in the order of the line
    /// numbers, each line with its line end, and after it what an endpoint says about it. Verifies them on the way. Returns
    /// the number of lines, without side records, and what is wrong with them.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn export_pages(&self, mut each: impl FnMut(String)) -> Result<(u64, Vec<Damage>), Fault> {
        let (mut place, mut verification) = (None, Verification::default());
        loop {
            let page = self.store.after(place.as_ref(), PAGE).await?;
            let Some(last) = page.iter().rev().find_map(position) else {
                return Ok((verification.lines, verification.damages));
            };
            verification.page(&page, own_head(self).as_ref());
            place = Some(last);
            let mut text = String::new();
            for stored in &page {
                for line in [Some(&stored.bytes), stored.side().as_ref()].into_iter().flatten() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
            each(text);
        }
    }

    /// Returns every line of a backup, without line ends.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn backup(&self) -> Result<Vec<String>, Fault> {
        let mut lines = Vec::new();
        self.export_pages(|page| lines.extend(page.lines().map(String::from))).await?;
        Ok(lines)
    }

    /// Checks every chain on this device from its first line to the head, which is stored separately from the lines.
    /// Returns the number of each wrong line, counted from 1 in the order of a backup, and what is wrong with it.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn verify(&self) -> Result<Vec<(usize, Problem)>, Fault> {
        let lines = self.backup().await?;
        let mut verifier = Verifier::default();
        let check = |(at, line): (usize, &String)| {
            let found = verifier.check(line.as_bytes());
            found.into_iter().map(move |problem| (at + 1, problem)).collect::<Vec<_>>()
        };
        let mut problems: Vec<_> = lines.iter().enumerate().flat_map(check).collect();
        let text = self.store.meta(DEVICE).await?.ok_or(Fault::Emptied)?;
        let device: DeviceState = parse(DEVICE, &text)?;
        let own = |(id, chain, _): &(&str, u32, _)| *id == device.device.as_str() && *chain == device.chain;
        // A chain with branches has several heads; the device continues one of them.
        let found: Vec<_> = verifier.heads().filter(own).map(|(_, _, head)| head.hash).collect();
        if let Some(due) = device.head.filter(|due| !found.contains(&due.hash)) {
            let prev = Problem::Prev { due: Some(due.hash), found: found.first().copied() };
            problems.push((lines.len(), prev));
        }
        Ok(problems)
    }
}

fn position(stored: &StoredEntry) -> Option<ChainPosition> {
    let line = Line::parse(stored.bytes.as_bytes()).ok()?;
    let branch = stored.branch.clone();
    Some(ChainPosition { branch, ..ChainPosition::new(line.device, line.chain, line.seq) })
}
