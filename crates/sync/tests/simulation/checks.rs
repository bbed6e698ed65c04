//! What must hold at every step, and when everything is quiet.

use super::disk::{Disk, Kind};
use super::service::Stored;
use journal::{Clock, Hash, Line, SideVerdict};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use sync::client::{Save, State, Status};
use sync::wire::limits::MAX_AHEAD_MILLIS;
use sync::{Epoch, LogHash};

/// What is known about a run from outside, and the first thing that was wrong.
#[derive(Debug, Default)]
pub struct Checks {
    /// Documents that a person was told are recorded.
    pub recorded: BTreeSet<Arc<str>>,
    /// Those of them of which no disk has a copy any more.
    pub excused: BTreeSet<Arc<str>>,
    /// Every line that an honest device has written.
    pub written: HashSet<Hash>,
    /// Every line that an endpoint has committed.
    pub committed: HashSet<Hash>,
    /// What each number of an epoch means.
    meaning: HashMap<(Epoch, u64), LogHash>,
    /// Epochs in which a log was lost or copied without anybody's knowledge: numbers may mean two things until the
    /// endpoint learns of it.
    pub compromised: BTreeSet<Epoch>,
    pub wrong: Option<String>,
}

impl Checks {
    pub fn require(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds && self.wrong.is_none() {
            self.wrong = Some(what());
        }
    }

    /// After a request that may have changed a log of `before` records.
    pub fn after_commit(&mut self, stored: &Stored, before: usize, context: &Commit<'_>) {
        let log = &stored.log;
        let from = before.min(log.records.len());
        self.require(before <= log.records.len(), || "the log became shorter".into());
        let mut previous = log.place(from as u64);
        for (lseq, record) in (from as u64 + 1..).zip(log.records.iter().skip(from)) {
            let hash = Hash::of(record.text.as_bytes());
            self.require(hash == record.hash, || format!("record {lseq}: the bytes of the entry changed"));
            let log_hash = previous.map(|before| before.then(record.hash, record.order, record.verdict));
            self.require(log_hash == Some(record.log_hash), || {
                format!("record {lseq}: the hash of the log is wrong")
            });
            previous = log_hash;
            let held = log.count(&record.device, record.chain, record.seq);
            self.require(held.0 == held.1, || format!("record {lseq}: the same line twice"));
            self.require(!context.is_push || held.0 == 1, || {
                format!("record {lseq}: two lines under {} {} {}", record.device, record.chain, record.seq)
            });
            let is_genuine = self.written.contains(&hash) || &*record.device == context.malicious;
            self.require(is_genuine, || format!("record {lseq}: a line that {} never wrote", record.device));
            let most = Clock(context.now + MAX_AHEAD_MILLIS, 0);
            self.require(!context.is_push || record.order <= most, || {
                format!("record {lseq}: its order {:?} is more than five minutes ahead", record.order)
            });
            self.committed.insert(hash);
            self.means(log.epoch, lseq, record.log_hash);
        }
        self.presses(stored, from);
    }

    /// The presses of the new records are whole, and each has one verdict.
    fn presses(&mut self, stored: &Stored, from: usize) {
        let new = stored.log.records.get(from..).unwrap_or_default();
        for pair in new.windows(2) {
            let [one, next] = pair else { continue };
            let is_same =
                (&one.device, one.chain) == (&next.device, next.chain) && one.verdict == next.verdict;
            self.require(!one.goes_on || is_same, || "a press is split, or has two verdicts".into());
        }
        let is_whole = new.last().is_none_or(|last| !last.goes_on);
        self.require(is_whole, || "the log ends inside a press".into());
    }

    fn means(&mut self, epoch: Epoch, lseq: u64, log_hash: LogHash) {
        let known = *self.meaning.entry((epoch, lseq)).or_insert(log_hash);
        let is_fine = known == log_hash || self.compromised.contains(&epoch);
        self.require(is_fine, || format!("number {lseq} of epoch {epoch} means two records"));
    }

    /// The lines of a device that a push brought while it was revoked.
    pub fn revoked(&mut self, stored: &Stored, before: usize) {
        for record in stored.log.records.iter().skip(before) {
            let is_refused = record.verdict == SideVerdict::RefusedRevoked;
            self.require(is_refused, || format!("{} counts for a revoked device", record.id));
        }
    }

    /// After a device has stored something.
    pub fn after_save(&mut self, disk: &Disk, save: &Save) {
        let cursor = disk.saved.cursor;
        let last = disk.by_lseq.last_key_value().map(|(lseq, hash)| (*lseq, disk.lines[hash].log_hash));
        let at_cursor = last.is_none_or(|(lseq, hash)| (lseq, hash) == (cursor.lseq, Some(cursor.log_hash)));
        self.require(at_cursor && disk.by_lseq.len() as u64 == cursor.lseq, || {
            format!(
                "{}: the cursor is at {}, and {} records are here",
                disk.device,
                cursor.lseq,
                disk.by_lseq.len()
            )
        });
        let ends_whole = save.records.last().is_none_or(|last| {
            Line::parse(last.text.as_bytes())
                .is_ok_and(|line| !line.press.is_some_and(journal::Press::goes_on))
        });
        self.require(ends_whole, || format!("{}: a page ends inside a press", disk.device));
        self.acknowledged(disk);
    }

    /// Every line that counts as acknowledged was committed by an endpoint.
    pub fn acknowledged(&mut self, disk: &Disk) {
        for known in &disk.saved.chains {
            let Some(own) = disk.own.get(&known.chain) else { continue };
            let acked = known.acked as usize;
            self.require(acked <= own.lines.len(), || {
                format!("{}: more acknowledged than written", disk.device)
            });
            let last = acked.checked_sub(1).and_then(|at| own.lines.get(at));
            let is_committed = last.is_none_or(|hash| self.committed.contains(hash));
            self.require(is_committed, || {
                format!(
                    "{}: line {} of chain {} counts as acknowledged and was not committed",
                    disk.device, acked, known.chain
                )
            });
        }
    }

    /// What the header shows. `knows_all` says that the client was told of every line that was written.
    pub fn shown(&mut self, disk: &Disk, status: &Status, knows_all: bool) {
        let (says, is) = (status.unsent, disk.unsent());
        let is_lie = status.state == State::Synced && (says > 0 || (knows_all && is > 0));
        self.require(!is_lie, || format!("{}: says that all is sent, and {is} lines are not", disk.device));
        if status.state == State::Synced && knows_all {
            let sent =
                disk.own.values().flat_map(|own| &own.lines).filter(|hash| !self.committed.contains(*hash));
            // Lines of a forked chain are recorded again under the same ids.
            let missing = sent.map(|hash| &disk.lines[hash]).find(|line| {
                let again = |other: &&super::disk::DiskLine| other.id == line.id && other.lseq.is_some();
                line.kind != Kind::Opened && !disk.lines.values().any(|other| again(&other))
            });
            let missing = missing.map(|line| line.id.clone());
            self.require(missing.is_none(), || {
                format!("{}: synced, but no endpoint had {missing:?}", disk.device)
            });
        }
    }

    /// Documents that nobody can bring back are excused: `gone` had them, the others are all that is left. A device brings
    /// back what it has written, and what the log it knows contains. Lines of other devices that it has only left over, because
    /// it went back in the log and has not read them again, come back from their own devices.
    pub fn excuse<'a>(
        &mut self,
        gone: impl Iterator<Item = &'a Arc<str>>,
        disks: &[&Disk],
        logs: &[&Stored],
    ) {
        let mut lost: BTreeSet<Arc<str>> = gone.filter(|id| self.recorded.contains(*id)).cloned().collect();
        for disk in disks {
            let own = disk.own.values().flat_map(|own| &own.lines).chain(disk.by_lseq.values());
            own.filter_map(|hash| disk.lines.get(hash)).for_each(|line| {
                lost.remove(&line.id);
            });
        }
        for stored in logs {
            stored.log.records.iter().for_each(|record| {
                lost.remove(&record.id);
            });
        }
        self.excused.extend(lost);
    }

    /// When everything is quiet.
    pub fn at_rest(
        &mut self,
        stored: &Stored,
        (who, disk): (usize, &Disk),
        status: Option<Status>,
        is_revoked: bool,
    ) {
        let log = &stored.log;
        let name = format!("{} ({who})", disk.device);
        self.require(disk.unsent() == 0, || format!("{name}: {} lines are still not sent", disk.unsent()));
        let state = status.map(|status| status.state);
        if is_revoked {
            self.require(state == Some(State::Revoked), || format!("{name} is revoked and shows {state:?}"));
            return;
        }
        let end = log.log_end();
        let cursor = disk.saved.cursor;
        let is_same = (cursor.epoch, cursor.checkpoint()) == (Some(end.epoch), end.checkpoint());
        self.require(is_same, || format!("{name}: the cursor is {cursor:?}, the log ends at {end:?}"));
        for (lseq, record) in (1..).zip(&log.records) {
            let here = disk.by_lseq.get(&lseq).and_then(|hash| disk.lines.get(hash));
            let is_same = here.is_some_and(|here| {
                (&here.text, here.order, here.verdict) == (&record.text, record.order, record.verdict)
            });
            self.require(is_same, || format!("{name}: record {lseq} differs"));
        }
        // It may be looking for news again.
        let is_fine = matches!(state, Some(State::Synced | State::Busy));
        self.require(is_fine, || format!("{name}: at rest it shows {state:?}"));
    }

    /// Every document that was recorded is in the log, once for each line that says so, and no other.
    pub fn documents(&mut self, stored: &Stored, malicious: &str) {
        let mut bodies: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        for record in stored.log.records.iter().filter(|record| &*record.device != malicious) {
            if record.id.starts_with("open-") {
                continue;
            }
            *bodies.entry(Arc::clone(&record.id)).or_default() += 1;
        }
        let missing =
            self.recorded.iter().find(|id| !bodies.contains_key(*id) && !self.excused.contains(*id));
        let missing = missing.cloned();
        self.require(missing.is_none(), || format!("{missing:?} was recorded and is in no log"));
        let invented = bodies.keys().find(|id| !self.recorded.contains(*id)).cloned();
        self.require(invented.is_none(), || format!("{invented:?} was never recorded"));
    }
}

/// What is known about a request.
pub struct Commit<'a> {
    pub is_push: bool,
    pub now: u64,
    pub malicious: &'a str,
}
