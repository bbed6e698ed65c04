//! Sending what this device has written.

use crate::client::doing::{Doing, Moment, Pending};
use crate::client::effect::{Effect, Method, Save};
use crate::client::event::OwnLine;
use crate::client::machine::Client;
use crate::client::saved::Saved;
use crate::client::status::State;
use crate::head::Checkpoint;
use crate::wire::{Code, Item, Push, Pushed};
use journal::Line;
use serde_json::value::RawValue;

impl Client {
    /// Sends lines that were read from the store.
    pub(super) fn push_lines(&mut self, chain: u32, lines: &[OwnLine], moment: Moment) -> Vec<Effect> {
        let places: Option<Vec<(u64, u64)>> = lines
            .iter()
            .map(|line| Line::envelope(line.text.as_bytes()).ok().map(|line| (line.seq, line.clock.0)))
            .collect();
        let items: Option<Vec<Item<'_>>> = lines.iter().map(item).collect();
        let (Some(clocks), Some(items)) = (places, items) else {
            self.push_stopped = Some(Code::WrongEntry);
            return self.next(moment);
        };
        let (Some(&(from, _)), Some(&(last, _))) = (clocks.first(), clocks.last()) else {
            // The store holds less than this client was told; the next start tells what it holds.
            self.push_stopped = Some(Code::Gap);
            return self.next(moment);
        };
        let push = Push { epoch: self.push_epoch(), after: self.push_after(), from_seq: from, items };
        let Ok(body) = serde_json::to_string(&push) else { return self.fails(State::NotAnswering, moment) };
        let path = format!("/v1/shops/{}/entries", self.start.shop);
        self.send(Method::Post, path, body, Doing::Pushing { chain, from, last, clocks })
    }

    /// A device that was revoked does not read, so it cannot find its place in a log that has changed: it names the
    /// beginning, which every log has.
    fn push_after(&self) -> Checkpoint {
        let at = if self.saved.revoked { Saved::new(&self.start.shop).cursor } else { self.saved.cursor };
        at.checkpoint()
    }

    fn push_epoch(&self) -> Option<crate::epoch::Epoch> {
        self.saved.cursor.epoch.filter(|_| !self.saved.revoked)
    }

    pub(super) fn pushed(&mut self, pushed: Pushed, moment: Moment) -> Vec<Effect> {
        let Doing::Pushing { chain, from, last, ref clocks } = self.doing else { return Vec::new() };
        // Lines after the last one that was sent may be those of another copy of this device.
        let acked = pushed.acked_through.min(last);
        if pushed.chain != chain || acked < from {
            return self.fails(State::NotAnswering, moment);
        }
        let written_at = clocks.iter().find(|(seq, _)| *seq == acked).map(|(_, millis)| *millis);
        let mut saved = self.saved.clone();
        for own in saved.chains.iter_mut().filter(|own| own.chain == chain) {
            own.acked = acked;
        }
        self.is_well();
        // The next line is not older than the one before it.
        self.oldest = written_at.or(self.oldest);
        let refused = pushed.refused.iter().map(|line| (chain, *line)).collect();
        let pending = Pending { saved: saved.clone(), keep: None, forget: Vec::new(), caught_up: false };
        self.save(pending, Save { refused, ..Save::of(saved) })
    }
}

fn item(line: &OwnLine) -> Option<Item<'_>> {
    let entry: &RawValue = serde_json::from_str(&line.text).ok()?;
    Some(Item { entry, signature: line.signature })
}
