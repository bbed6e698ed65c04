//! Marks of a shop that are stored outside of its journal: the last entry that was written, and the last backup.
//!
//! A store that was emptied or restored to an earlier state by the browser or the operating system does not contain a
//! trace of that. These marks reveal it, unless they were restored together with the store.

use crate::browser_storage;
use journal::Head;
use ledger::date::Date;
use serde::{Deserialize, Serialize};

/// The last entry that was written to a journal on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HighWater {
    /// The chain that this device writes.
    pub chain: u32,
    /// The head of the chain: its last line.
    pub head: Head,
}

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

fn mark_key(store: &str) -> String {
    format!("{store}-mark")
}

fn losses_key(store: &str) -> String {
    format!("{store}-lost")
}

fn backup_key(store: &str) -> String {
    format!("{store}-backup")
}

/// Reads the high-water mark.
pub fn read(store: &str) -> Option<HighWater> {
    browser_storage::get(&mark_key(store))
}

/// Writes the high-water mark.
pub fn write(store: &str, to: HighWater) {
    browser_storage::set(&mark_key(store), &to);
}

/// The last lost entry and the number of lost entries; `None` when nothing is lost, or everything was restored.
pub fn losses(store: &str) -> Option<(HighWater, u64)> {
    browser_storage::get(&losses_key(store))
}

/// Stores the last lost entry and the number of lost entries; `None` removes the record.
pub fn set_losses(store: &str, entries: Option<(HighWater, u64)>) {
    match entries {
        Some(entries) => browser_storage::set(&losses_key(store), &entries),
        None => browser_storage::forget(&losses_key(store)),
    }
}

/// Reads the record of the last backup.
pub fn last_backup(store: &str) -> Option<LastBackup> {
    browser_storage::get(&backup_key(store))
}

/// Stores the record of a backup, or the day since which one is due.
pub fn note_backup(store: &str, backup: &LastBackup) {
    browser_storage::set(&backup_key(store), backup);
}

/// Removes all marks of a deleted journal.
pub fn forget(store: &str) {
    [mark_key(store), losses_key(store), backup_key(store)]
        .iter()
        .for_each(|name| browser_storage::forget(name));
}
