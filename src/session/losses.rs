//! Compares the book with the mark of this browser: what is missing is named, and the device goes on with a new chain.

use super::handle::Session;
use crate::device::mark::{Loss, Mark};
use crate::device::right::DeviceRight;
use crate::device::{clock, mark_storage, registry};
use crate::engine::{Engine, NewChain};
use crate::store::{Fault, IndexedDb};
use journal::Why;
use leptos::prelude::*;

impl Session {
    /// Moves the mark forward to the end of the book's chain. Called after every commit, when the entries are on the disk.
    pub(super) fn advance_mark(self, name: &str, engine: &Engine<IndexedDb>) {
        if name != registry::EXAMPLE {
            let device = engine.device();
            let mut mark = mark_storage::read(name, Some(&device));
            mark.advance(&device);
            mark_storage::write(name, mark);
        }
    }

    /// Compares the book with the mark. Entries that are missing are reported, and a new chain is started before anything
    /// is recorded, so that no number is used twice; entries that are back are no longer missing.
    pub(super) async fn check_mark(self, name: &str, engine: &Engine<IndexedDb>) -> Result<(), Fault> {
        // The example shop is written again each time it is opened.
        if name == registry::EXAMPLE {
            return Ok(());
        }
        let device = engine.device().clone();
        let mut mark = mark_storage::read(name, Some(&device));
        compare(engine, &mut mark).await?;
        self.report_damages(engine, &engine.verify_head().await?).await?;
        let is_own = mark.device.as_ref() == Some(&device.device);
        let is_behind = mark.losses.iter().any(|loss| loss.chain == device.chain);
        if is_own && (is_behind || device.chain < mark.highest_chain()) {
            // Stored first: a page that is closed meanwhile finds the loss again.
            mark_storage::write(name, mark.clone());
            let new = NewChain { why: Why::Lost, highest: mark.highest_chain(), letters: mark.letters() };
            (self.lazy.start_new_chain)(engine, new, clock::today(), clock::now()).await?;
        }
        mark.advance(&engine.device());
        self.report(&mark);
        mark_storage::write(name, mark);
        Ok(())
    }

    /// Shows the first loss that nobody has accepted; without one, a loss that was shown goes.
    fn report(self, mark: &Mark) {
        match mark.open_losses().next() {
            Some(loss) => drop(self.trouble.try_set(Some(rolled_back(loss)))),
            None => drop(self.trouble.try_update(|trouble| {
                trouble.take_if(|fault| matches!(fault, Fault::RolledBack { .. }));
            })),
        }
    }

    /// An admin knows that entries are missing and that no backup has them: the loss is no longer shown. The mark keeps
    /// who said so. Does nothing for others.
    pub fn accept_loss(self) {
        if !self.has_right(&DeviceRight::AcceptLoss) {
            return;
        }
        let name = self.name();
        let mut mark = mark_storage::read(&name, None);
        mark.accept(&self.author().actor, clock::now());
        self.report(&mark);
        mark_storage::write(&name, mark);
    }
}

fn rolled_back(loss: &Loss) -> Fault {
    let Loss { letter, first, last, since, until, .. } = loss.clone();
    Fault::RolledBack { letter, first, last: last.seq, since, until }
}

/// Notes in the mark which of its chains are not complete in the book.
async fn compare(engine: &Engine<IndexedDb>, mark: &mut Mark) -> Result<(), Fault> {
    let Some(device) = mark.device.clone() else { return Ok(()) };
    let (own, head) = {
        let state = engine.device();
        (state.chain, state.head)
    };
    for marked in mark.chains.clone() {
        // The store knows this line as its last one. If it is not as it was, it is damaged, and the chain goes on.
        if (marked.chain, Some(marked.head)) == (own, head) {
            mark.found(marked.chain);
            continue;
        }
        match engine.missing(&device, marked.chain, marked.head).await? {
            None => mark.found(marked.chain),
            Some(missing) => mark.lose(Loss {
                chain: marked.chain,
                // Version 0.1 did not store the letter.
                letter: match marked.letter {
                    known if !known.is_empty() => known,
                    _ => engine.letters_of(device.as_str(), marked.chain).await?.unwrap_or_default(),
                },
                first: missing.first,
                last: marked.head,
                since: missing.since,
                until: marked.at,
                accepted: None,
            }),
        }
    }
    Ok(())
}
