//! The planted mistakes of an endpoint that need code of their own.

use super::service::{Service, Stored};
use journal::{Clock, Hash};
use sync::admit::{AdmittedPush, CheckedLine, Log, NewRecord, PushedLines, Rights};
use sync::wire::{Problem, Push};

impl Service {
    /// Appends what is not here, without a look at what is here under the same numbers.
    pub fn accept_fork(
        &mut self,
        _push: &Push<'_>,
        pushed: &PushedLines<'_>,
        now: u64,
    ) -> Result<AdmittedPush, Problem> {
        let new: Vec<CheckedLine<'_>> = pushed
            .lines()
            .iter()
            .filter(|line| {
                let at = &line.line;
                !self.stored.log.has(at.device, at.chain, at.seq, line.hash)
            })
            .cloned()
            .collect();
        self.append(&new, now);
        let acked_through = pushed.lines().last().map_or(0, |last| last.line.seq);
        let end = self.stored.log.log_end();
        Ok(AdmittedPush { acked_through, refused: Vec::new(), end, appended: new.len() })
    }

    /// Appends lines that are here already.
    pub fn append_again(&mut self, pushed: &PushedLines<'_>, now: u64) {
        self.append(pushed.lines(), now);
    }

    fn append(&mut self, lines: &[CheckedLine<'_>], now: u64) {
        let Stored { log, rights } = &mut self.stored;
        let mut end = log.log_end();
        for line in lines {
            let verdict = rights.judge(std::slice::from_ref(line)).expect("memory");
            rights.admitted(std::slice::from_ref(line), verdict, now).expect("memory");
            let order = sync::admit::clamp(line.line.clock, Clock::default(), now);
            end.lseq += 1;
            end.log_hash = end.log_hash.then(line.hash, order, verdict);
            let record = NewRecord {
                lseq: end.lseq,
                line: line.clone(),
                signature: None,
                order,
                verdict,
                received: now,
                log_hash: end.log_hash,
            };
            log.append(&[record]).expect("memory");
        }
    }

    /// Removes the refused records from the end of the log.
    pub fn drop_refused(&mut self) {
        while self.stored.log.records.last().is_some_and(|last| !last.verdict.is_ok()) {
            self.stored.log.remove_last();
        }
    }

    /// Writes the last records again, as a program does that parses and prints JSON.
    pub fn reserialize(&mut self, count: usize) {
        let records = &mut self.stored.log.records;
        let from = records.len() - count;
        for record in records.iter_mut().skip(from) {
            let value: serde_json::Value = serde_json::from_str(&record.text).expect("a line is JSON");
            let text = value.to_string();
            record.hash = Hash::of(text.as_bytes());
            record.text = text.into();
        }
    }
}
