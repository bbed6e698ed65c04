//! Keeps the lines of a press together until its last line has arrived.

use crate::store::NewEntry;
use std::collections::BTreeMap;

/// Lines of presses whose last line has not arrived yet, by device, chain and branch.
#[derive(Default)]
pub struct WholePresses(BTreeMap<(String, u32, String), Vec<NewEntry>>);

impl WholePresses {
    /// Takes the next line of a chain. Returns the lines of its press with its last one, and nothing before.
    pub fn take(&mut self, entry: NewEntry, goes_on: bool) -> Vec<NewEntry> {
        if !goes_on && self.0.is_empty() {
            return vec![entry];
        }
        let chain = (entry.at.device.clone(), entry.at.chain, entry.at.branch.clone());
        if goes_on {
            self.0.entry(chain).or_default().push(entry);
            return Vec::new();
        }
        let mut press = self.0.remove(&chain).unwrap_or_default();
        press.push(entry);
        press
    }
}
