//! What is remembered of a book outside of its store: how far it had come, and when it was last backed up.
//!
//! A store that is emptied or put back to an earlier state by whatever manages the device does not know it. These
//! marks do, as long as they were not put back with it.

use crate::browser_storage;
use journal::Head;
use ledger::date::Date;
use serde::{Deserialize, Serialize};

/// How far a book had come on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HighWater {
    /// The chain that was written.
    pub chain: u32,
    /// Its last line.
    pub head: Head,
}

/// When a book was last backed up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LastBackup {
    /// The day of the last backup; else the day since which there should have been one.
    pub on: Date,
    /// Whether one was made at all.
    pub made: bool,
    /// How far the own chain had come.
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

/// How far it had come.
pub fn read(store: &str) -> Option<HighWater> {
    browser_storage::get(&mark_key(store))
}

/// It has come so far.
pub fn write(store: &str, to: HighWater) {
    browser_storage::set(&mark_key(store), &to);
}

/// The end of what was lost, and how many entries that were; until it is back.
pub fn losses(store: &str) -> Option<(HighWater, u64)> {
    browser_storage::get(&losses_key(store))
}

/// So many entries up to there were lost; `None`: nothing is, any more.
pub fn set_losses(store: &str, entries: Option<(HighWater, u64)>) {
    match entries {
        Some(entries) => browser_storage::set(&losses_key(store), &entries),
        None => browser_storage::forget(&losses_key(store)),
    }
}

/// When it was last backed up.
pub fn last_backup(store: &str) -> Option<LastBackup> {
    browser_storage::get(&backup_key(store))
}

/// It was backed up, or begins to wait for that.
pub fn note_backup(store: &str, backup: &LastBackup) {
    browser_storage::set(&backup_key(store), backup);
}

/// Forgets everything about a book that is no more.
pub fn forget(store: &str) {
    [mark_key(store), losses_key(store), backup_key(store)]
        .iter()
        .for_each(|name| browser_storage::forget(name));
}
