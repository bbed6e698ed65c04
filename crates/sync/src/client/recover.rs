//! When the endpoint's log is not the one that this client knows: it was restored from a backup, or is another one. The
//! client finds the last place where both agree, hands back what comes after it, and reads on from there.

use crate::admit::whole_presses;
use crate::client::doing::{Doing, Handing, Moment, Pending, Search};
use crate::client::effect::{Effect, Method, OwnedRecord, Save};
use crate::client::machine::Client;
use crate::client::pull::follow;
use crate::client::saved::Cursor;
use crate::client::status::State;
use crate::head::Checkpoint;
use crate::wire::limits::{MAX_CHECKPOINTS, MAX_PAGE, MAX_PAGE_BYTES};
use crate::wire::{AskHeads, Heads, Record, Reoffer, Reoffered};
use journal::{Line, Press};

impl Client {
    /// Asks for the endpoint's hashes at the places that are kept here.
    pub(super) fn search(&mut self) -> Vec<Effect> {
        let beginning = crate::client::saved::Saved::new(&self.start.shop).cursor.checkpoint();
        let cursor = self.saved.cursor.checkpoint();
        let kept = self.kept.iter().map(|kept| kept.head.checkpoint());
        let mut open: Vec<Checkpoint> = kept.filter(|at| 0 < at.lseq && at.lseq < cursor.lseq).collect();
        if cursor.lseq > 0 {
            open.push(cursor);
        }
        self.ask_heads(beginning, open)
    }

    fn ask_heads(&mut self, low: Checkpoint, open: Vec<Checkpoint>) -> Vec<Effect> {
        let step = open.len().div_ceil(MAX_CHECKPOINTS).max(1);
        // Counted from the end, so that the cursor itself is among them.
        let mut asked: Vec<Checkpoint> = open.iter().rev().step_by(step).copied().collect();
        asked.reverse();
        let places: Vec<u64> = asked.iter().map(|at| at.lseq).collect();
        let path = format!("/v1/shops/{}/heads?{}", self.start.shop, AskHeads::at(&places).query());
        self.send(Method::Get, path, String::new(), Doing::AskingHeads(Search { low, open, asked }))
    }

    pub(super) fn heard(&mut self, heads: &Heads) -> Vec<Effect> {
        let Doing::AskingHeads(ref search) = self.doing else { return Vec::new() };
        let Search { low, open, asked } = search.clone();
        self.is_well();
        // A log that has a place has all places before it.
        let is_common = |at: &&Checkpoint| heads.checkpoints.contains(at);
        let low = asked.iter().rfind(is_common).copied().unwrap_or(low);
        let high = asked.iter().find(|at| at.lseq > low.lseq).map_or(u64::MAX, |at| at.lseq);
        let between: Vec<Checkpoint> =
            open.into_iter().filter(|at| low.lseq < at.lseq && at.lseq < high).collect();
        if !between.is_empty() {
            return self.ask_heads(low, between);
        }
        self.hear_of_own(&heads.chains);
        let handing =
            Handing { epoch: heads.epoch, common: low, at: low, head: None, to: low, verbatim: true };
        self.hand_back(handing)
    }

    /// Reads the next records that are handed back, or ends when there are no more.
    fn hand_back(&mut self, handing: Handing) -> Vec<Effect> {
        let cursor = self.saved.cursor;
        if handing.at.lseq >= cursor.lseq {
            return self.handed_back(&handing);
        }
        let after = handing.at.lseq;
        let most = after + MAX_PAGE as u64;
        let proof =
            self.kept.iter().map(|kept| kept.head).find(|head| head.lseq > after && head.lseq <= most);
        let through = proof.map_or(cursor.lseq.min(most), |head| head.lseq);
        let ticket = self.opens(Doing::ReadingRecords(Handing { head: proof, ..handing }));
        vec![Effect::ReadRecords { ticket, after, through }]
    }

    pub(super) fn records(&mut self, records: &[OwnedRecord], moment: Moment) -> Vec<Effect> {
        let Doing::ReadingRecords(ref handing) = self.doing else { return Vec::new() };
        let handing = handing.clone();
        let records = fitting(records);
        let end = follow(handing.at, records).filter(|end| end.lseq > handing.at.lseq);
        let items: Option<Vec<Record<'_>>> = records.iter().map(OwnedRecord::to_wire).collect();
        let (Some(to), Some(items)) = (end, items) else {
            // They are not here as they were: there is nothing to hand back from here on.
            return self.handed_back(&Handing { verbatim: false, ..handing });
        };
        let head = handing.head.filter(|head| head.checkpoint() == to);
        let reoffer =
            Reoffer { epoch: handing.epoch, after: handing.at.lseq, h: handing.at.log_hash, items, head };
        let Ok(body) = serde_json::to_string(&reoffer) else {
            return self.fails(State::NotAnswering, moment);
        };
        let path = format!("/v1/shops/{}/reoffer", self.start.shop);
        self.send(Method::Post, path, body, Doing::Reoffering(Handing { to, head, ..handing }))
    }

    pub(super) fn reoffered(&mut self, answer: &Reoffered) -> Vec<Effect> {
        let Doing::Reoffering(ref handing) = self.doing else { return Vec::new() };
        let handing = handing.clone();
        self.is_well();
        let (epoch, verbatim) = (answer.epoch, answer.verbatim && handing.verbatim);
        self.hand_back(Handing { epoch, at: handing.to, verbatim, ..handing })
    }

    /// The endpoint does not take these records: the next ones are handed back, and all are read again.
    pub(super) fn not_reoffered(&mut self) -> Vec<Effect> {
        let Doing::Reoffering(ref handing) = self.doing else { return Vec::new() };
        let handing = handing.clone();
        self.hand_back(Handing { at: handing.to, verbatim: false, ..handing })
    }

    /// Everything was handed back: stays at the cursor if the endpoint has it again, else goes back to the common place.
    fn handed_back(&mut self, handing: &Handing) -> Vec<Effect> {
        self.astray = false;
        let mut saved = self.saved.clone();
        let at = if handing.verbatim { saved.cursor.checkpoint() } else { handing.common };
        let rewound_to = (at != saved.cursor.checkpoint()).then_some(at.lseq);
        saved.cursor = Cursor { epoch: Some(handing.epoch), lseq: at.lseq, log_hash: at.log_hash };
        let gone = self.kept.iter().map(|kept| kept.head.lseq).filter(|lseq| *lseq > at.lseq);
        let forget: Vec<u64> = gone.collect();
        let pending = Pending { saved: saved.clone(), keep: None, forget, caught_up: false };
        self.save(pending, Save { rewound_to, ..Save::of(saved) })
    }
}

/// The first records that fit in one request: whole presses, at least one.
fn fitting(records: &[OwnedRecord]) -> &[OwnedRecord] {
    let goes_on = |record: &OwnedRecord| press_of(record).is_some_and(Press::goes_on);
    let sizes = records.iter().map(|record| (record.text.len(), goes_on(record)));
    let count = whole_presses(sizes, MAX_PAGE, MAX_PAGE_BYTES);
    records.get(..count).unwrap_or(records)
}

fn press_of(record: &OwnedRecord) -> Option<Press> {
    Line::envelope(record.text.as_bytes()).ok()?.press
}
