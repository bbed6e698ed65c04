//! Puts the right lines in the place of those that were changed or removed in the store. Which line is the right one, the next
//! line of the chain says: it has its hash.

use super::account;
use super::cache_shape::STALE;
use super::open::Engine;
use super::progress::Progress;
use super::rebuild;
use super::receive::{Lines, NotReceived, Source};
use super::search_words::search_words;
use super::verification::Damage;
use crate::store::{CACHES, Fault, NewEntry, Store, StoredEntry};
use journal::{Hash, Line};
use ledger::date::Date;
use std::collections::BTreeMap;

/// A line that may be the right one, by its device, chain and number.
type Candidates = BTreeMap<(String, u32, u64), Vec<(Hash, String)>>;

/// What could be mended.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Mending {
    /// The number of lines that are as they were recorded again.
    pub lines: u64,
    /// What is still damaged.
    pub left: Vec<Damage>,
}

impl<S: Store> Engine<S> {
    /// Mends what a backup, or the mirror, has the right lines of. The figures are then computed again, and the accounts that are
    /// whole can be used again.
    ///
    /// # Errors
    ///
    /// When the source or the store cannot be read or written.
    pub async fn mend(
        &self,
        damages: Vec<Damage>,
        source: &impl Source,
        (today, now): (Date, u64),
    ) -> Result<Mending, NotReceived> {
        if damages.is_empty() {
            return Ok(Mending::default());
        }
        let candidates = candidates(&damages, source).await?;
        let (mut new, mut left) = (BTreeMap::new(), Vec::new());
        for damage in damages {
            left.extend(right_lines(damage, &candidates, &mut new)?);
        }
        // A line that could not be read has no hash; the gap that it is for the next line has.
        left.retain(|damage| {
            let places = damage.first..=damage.last;
            !places
                .map(|seq| (damage.device.clone(), damage.chain, seq))
                .all(|place| new.contains_key(&place))
        });
        if new.is_empty() {
            return Ok(Mending { lines: 0, left });
        }
        let _turn = self.turn.lock().await;
        let entries: Vec<NewEntry> = new.into_values().collect();
        self.store.mend(&entries, (CACHES, STALE)).await?;
        let mut silent = |_, _| ();
        rebuild::caches(&self.store, today, now, &mut Progress::new(&mut silent)).await?;
        self.read_again(today).await?;
        self.state.borrow_mut().damaged = left.iter().filter_map(|damage| damage.account.clone()).collect();
        Ok(Mending { lines: entries.len() as u64, left })
    }
}

async fn candidates(damages: &[Damage], source: &impl Source) -> Result<Candidates, NotReceived> {
    let is_wanted = |line: &Line<'_>| {
        damages.iter().any(|damage| {
            (damage.device.as_str(), damage.chain) == (line.device, line.chain)
                && (damage.first..=damage.last).contains(&line.seq)
        })
    };
    let (mut found, mut lines) = (Candidates::new(), Lines::of(source));
    while let Some(batch) = lines.next().await? {
        for (_, text) in batch {
            let Ok(text) = text else { continue };
            let Ok(line) = Line::parse(text.as_bytes()) else { continue };
            if is_wanted(&line) {
                let place = (line.device.to_owned(), line.chain, line.seq);
                found.entry(place).or_default().push((Hash::of(text.as_bytes()), text));
            }
        }
    }
    Ok(found)
}

/// Finds the right lines from the last one back, because each has the hash of the one before it. Returns the damage that is
/// left.
fn right_lines(
    damage: Damage,
    candidates: &Candidates,
    new: &mut BTreeMap<(String, u32, u64), NewEntry>,
) -> Result<Option<Damage>, Fault> {
    let (mut due, mut seq) = (damage.due, damage.last);
    while let Some(hash) = due
        && seq >= damage.first
    {
        let place = (damage.device.clone(), damage.chain, seq);
        let found = candidates.get(&place).and_then(|lines| lines.iter().find(|(found, _)| *found == hash));
        let Some((_, text)) = found else { break };
        let line = Line::parse(text.as_bytes()).map_err(|why| Fault::corrupt("a line", why))?;
        let branch = damage.branch.clone();
        let stored = StoredEntry { branch, ..StoredEntry::own(text.clone(), line.clock) };
        let record = account::record(&stored, &mut None);
        let words = record.map(|record| search_words(&record.entry)).unwrap_or_default();
        new.insert(place, NewEntry::of_line(&line, stored, words));
        due = line.prev;
        seq -= 1;
    }
    let is_whole = seq < damage.first;
    Ok((!is_whole).then_some(Damage { last: seq, due, ..damage }))
}
