//! Taking in what others have written, and what the endpoint says about one's own lines.

use crate::client::doing::{Doing, Moment, Pending};
use crate::client::effect::{Effect, Method, OwnedRecord, Save};
use crate::client::keep::keep;
use crate::client::machine::Client;
use crate::client::saved::Cursor;
use crate::client::status::State;
use crate::head::Checkpoint;
use crate::wire::limits::MAX_PAGE;
use crate::wire::{Page, Pull};

impl Client {
    pub(super) fn pull(&mut self) -> Vec<Effect> {
        let Cursor { epoch, lseq, log_hash } = self.saved.cursor;
        let pull = Pull { epoch, after: lseq, h: log_hash, limit: MAX_PAGE };
        let path = format!("/v1/shops/{}/entries?{}", self.start.shop, pull.query());
        self.send(Method::Get, path, String::new(), Doing::Pulling)
    }

    pub(super) fn pulled(&mut self, page: &Page<'_>, moment: Moment) -> Vec<Effect> {
        let cursor = self.saved.cursor;
        if cursor.epoch.is_some_and(|known| known != page.epoch) {
            self.astray = true;
            return self.next(moment);
        }
        let records: Vec<OwnedRecord> = page.items.iter().map(OwnedRecord::from).collect();
        let Some(end) = follow(cursor.checkpoint(), &records) else {
            return self.fails(State::NotAnswering, moment);
        };
        if end != page.head.checkpoint() || page.head.epoch != page.epoch || (records.is_empty() && page.more)
        {
            return self.fails(State::NotAnswering, moment);
        }
        self.is_well();
        self.refunds = Some(page.refunds);
        self.hear_of_own(&page.chains);
        let mut saved = self.saved.clone();
        saved.cursor = Cursor { epoch: Some(page.epoch), lseq: end.lseq, log_hash: end.log_hash };
        if records.is_empty() && saved == self.saved {
            self.caught_up = true;
            return self.next(moment);
        }
        let bytes: usize = records.iter().map(|record| record.text.len()).sum();
        let end = if records.is_empty() { 0 } else { page.end };
        let (kept, forget) = if records.is_empty() {
            (None, Vec::new())
        } else {
            let (kept, forget) = keep(&self.kept, page.head, bytes);
            (Some(kept), forget)
        };
        let pending = Pending { saved: saved.clone(), keep: kept, forget, caught_up: !page.more };
        self.save(pending, Save { records, end, ..Save::of(saved) })
    }
}

/// The place after these records, if each follows the one before it: number and hash of the log.
pub(super) fn follow(from: Checkpoint, records: &[OwnedRecord]) -> Option<Checkpoint> {
    records.iter().try_fold(from, |at, record| {
        let log_hash = at.log_hash.then(record.hash, record.order, record.verdict);
        let lseq = at.lseq + 1;
        (record.lseq == lseq && record.log_hash == log_hash).then_some(Checkpoint { lseq, log_hash })
    })
}
