//! Where the mark of a shop is stored: in local storage, beside the record of the last backup.

use super::mark::{Mark, MarkedChain};
use crate::browser_storage;
use codec::DeviceState;
use journal::Head;
use ledger::date::Date;
use serde::{Deserialize, Serialize};

/// The last backup of a journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LastBackup {
    /// The day of the last backup; without one, the day since which a backup is due.
    pub on: Date,
    /// Whether a backup was ever made.
    pub made: bool,
    /// The last number of this device's own chain in the backup.
    pub seq: u64,
}

/// The mark of version 0.1: the last line of the last chain, or of a chain of which entries were lost.
#[derive(Deserialize)]
struct First {
    chain: u32,
    head: Head,
}

fn chains_key(store: &str) -> String {
    format!("{store}-chains")
}

fn first_key(store: &str) -> String {
    format!("{store}-mark")
}

/// Where version 0.1 stored what was lost: the last line, and how many.
fn first_losses_key(store: &str) -> String {
    format!("{store}-lost")
}

fn backup_key(store: &str) -> String {
    format!("{store}-backup")
}

/// Reads the mark. `device` is the state of the store, which a mark of version 0.1 needs to be understood.
pub fn read(store: &str, device: Option<&DeviceState>) -> Mark {
    if let Some(mark) = browser_storage::get(&chains_key(store)) {
        return mark;
    }
    let Some(device) = device else { return Mark::default() };
    let last: Option<First> = browser_storage::get(&first_key(store));
    let lost: Option<(First, u64)> = browser_storage::get(&first_losses_key(store));
    let chains = lost.map(|(lost, _)| lost).into_iter().chain(last).map(|First { chain, head }| Mark {
        chains: vec![MarkedChain { chain, letter: String::new(), head, at: device.clock.0 }],
        ..Mark::default()
    });
    let mut mark =
        Mark { device: Some(device.device.clone()), drawer: device.drawer.clone(), ..Mark::default() };
    chains.for_each(|known| mark.join(known));
    mark
}

/// Whether a mark is stored, of this version or of version 0.1.
pub fn is_stored(store: &str) -> bool {
    [chains_key(store), first_key(store)].iter().any(|key| browser_storage::text(key).is_some())
}

/// What is known of the mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mirrored {
    /// It was not complete yet, or was given up.
    No,
    /// It was complete once.
    Whole,
    /// The store is another one than it was: the next copy is begun anew.
    Anew,
}

fn mirrored_key(store: &str) -> String {
    format!("{store}-mirrored")
}

/// Reads what is known of the mirror.
pub fn mirrored(store: &str) -> Mirrored {
    match browser_storage::text(&mirrored_key(store)).as_deref() {
        Some("yes") => Mirrored::Whole,
        Some("anew") => Mirrored::Anew,
        _ => Mirrored::No,
    }
}

/// Stores what is known of the mirror.
pub fn note_mirrored(store: &str, mirrored: Mirrored) {
    let text = match mirrored {
        Mirrored::No => None,
        Mirrored::Whole => Some("yes"),
        Mirrored::Anew => Some("anew"),
    };
    browser_storage::put(&mirrored_key(store), text.map(str::to_owned));
}

/// Writes the mark. Chains that another tab has written meanwhile stay in it.
pub fn write(store: &str, mut mark: Mark) {
    if let Some(stored) = browser_storage::get::<Mark>(&chains_key(store)) {
        mark.join(Mark { losses: Vec::new(), ..stored });
    }
    browser_storage::set(&chains_key(store), &mark);
}

/// Reads the record of the last backup.
pub fn last_backup(store: &str) -> Option<LastBackup> {
    browser_storage::get(&backup_key(store))
}

/// Stores the record of a backup, or the day since which one is due.
pub fn note_backup(store: &str, backup: &LastBackup) {
    browser_storage::set(&backup_key(store), backup);
}

/// Removes the record of the last backup: a restored book has not been saved on this device.
pub fn forget_backup(store: &str) {
    browser_storage::forget(&backup_key(store));
}
