//! Verifies the chains of an open book, step by step.

use super::open::Engine;
use super::verification::{Damage, Verification, Verified};
use crate::store::{ChainPosition, Fault, Store};
use journal::{Hash, Head, Line};

/// The number of lines that one step reads: few, because a press waits while they are read.
const STEP: u32 = 64;

impl Verification {
    /// Verifies the next lines; false when there are no more.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn step<S: Store>(&mut self, engine: &Engine<S>) -> Result<bool, Fault> {
        let place = self.last.as_ref().map(|last| last.at.clone());
        let page = engine.store.after(place.as_ref(), STEP).await?;
        if page.is_empty() {
            return Ok(false);
        }
        let head = own_head(engine);
        self.page(&page, head.as_ref());
        // A changed line may claim a number that was read already: the rest is then not read again and again.
        Ok(self.last.as_ref().map(|last| &last.at) > place.as_ref())
    }
}

impl<S: Store> Engine<S> {
    /// Verifies the last line of the device's own chain against its head.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn verify_head(&self) -> Result<Vec<Damage>, Fault> {
        let Some((at, hash)) = own_head(self) else { return Ok(Vec::new()) };
        let Some(stored) = self.store.at(&at).await? else {
            let ChainPosition { device, chain, branch, seq } = at;
            let (first, last, due) = (seq, seq, Some(hash));
            let (no, account) = (None, None);
            return Ok(vec![Damage { device, chain, first, last, no, account, missing: true, branch, due }]);
        };
        // As if the line before it had been verified.
        let before = ChainPosition { seq: at.seq - 1, ..at.clone() };
        let prev = Line::parse(stored.bytes.as_bytes()).ok().and_then(|line| line.prev);
        let last = prev.map(|hash| Verified { at: before, hash, no: None, account: None });
        let mut verification = Verification { last, ..Verification::default() };
        verification.page(&[stored], Some(&(at, hash)));
        Ok(verification.damages)
    }
}

/// The place and the hash of the last line that this device has written.
pub fn own_head<S: Store>(engine: &Engine<S>) -> Option<(ChainPosition, Hash)> {
    let device = engine.device();
    let Head { seq, hash } = device.head?;
    Some((ChainPosition::new(device.device.as_str(), device.chain, seq), hash))
}
