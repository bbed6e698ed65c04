//! The network, and what becomes of a request on its way.

use super::bugs::Bug;
use super::checks::Commit;
use super::faults::Fault;
use super::service::{Around, Reply};
use super::world::{Happening, MALICIOUS, TIMEOUT, World};
use std::rc::Rc;
use sync::client::{Send, What};
use sync::wire::{Code, Moved, Problem};

impl World {
    pub fn send(&mut self, who: usize, life: u32, send: Send) {
        let ticket = send.ticket;
        if self.bug == Some(Bug::EarlyAcknowledgement) && send.path.ends_with("/entries") {
            let disk = &mut self.replicas[who].disk;
            for own in &mut disk.saved.chains {
                own.acked = disk.own.get(&own.chain).map_or(own.acked, |own| own.chain.seq);
            }
            let disk = disk.clone();
            self.checks.acknowledged(&disk);
        }
        self.later(TIMEOUT, TIMEOUT, Happening::Event { to: who, life, what: What::NoAnswer { ticket } });
        let front = self.replicas[who].front;
        let is_cut = self.replicas[who].requests_cut_until > self.now;
        if is_cut || self.happens(Fault::RequestLost) {
            return;
        }
        let send = Rc::new(send);
        if self.happens(Fault::RequestDoubled) {
            let again = Happening::Request { from: who, life, send: Rc::clone(&send), front };
            self.later(10, 2_000, again);
        }
        let slow = if self.happens(Fault::RequestLate) { 90_000 } else { 500 };
        self.later(10, slow, Happening::Request { from: who, life, send, front });
    }

    pub fn request(&mut self, from: usize, life: u32, send: &Send, front: usize) {
        let front = front.min(self.fronts.len() - 1);
        let Some(reply) = self.reply(send, front, from) else { return };
        let is_cut = self.replicas[from].answers_cut_until > self.now;
        if is_cut || self.happens(Fault::AnswerLost) {
            return;
        }
        let Reply { status, media, mut body } = reply;
        if self.happens(Fault::AnswerCut) && !body.is_empty() {
            body.truncate(self.random.index(body.len()));
        }
        let what = What::Answered { ticket: send.ticket, status, media: media.into(), body };
        if self.happens(Fault::AnswerDoubled) {
            self.later(10, 3_000, Happening::Event { to: from, life, what: what.clone() });
        }
        let slow = if self.happens(Fault::AnswerLate) { 90_000 } else { 500 };
        self.later(10, slow, Happening::Event { to: from, life, what });
    }

    /// What comes back from an address, if anything does.
    pub fn reply(&mut self, send: &Send, front: usize, from: usize) -> Option<Reply> {
        if self.stopped_until > self.now {
            return None;
        }
        if self.happens(Fault::CaptivePortal) {
            return Some(Reply {
                status: 200,
                media: "text/html",
                body: b"<h1>Welcome to the hotel</h1>".into(),
            });
        }
        let refusals = [
            (Fault::Busy, Code::SlowDown),
            (Fault::InternalError, Code::Internal),
            (Fault::StaleReader, Code::Stale),
            (Fault::EndpointFull, Code::Full),
        ];
        for (fault, code) in refusals {
            if self.happens(fault) {
                return Some(Reply::problem(&Problem::new(code)));
            }
        }
        let at = self.fronts[front];
        if self.happens(Fault::EndpointKilledBeforeCommit) {
            self.services[at].restart();
            return None;
        }
        let device = self.replicas[from].disk.device.to_string();
        let reply = self.ask(at, send, &device);
        if self.happens(Fault::EndpointKilledAfterCommit) {
            self.services[at].restart();
            return None;
        }
        Some(reply)
    }

    /// A service answers, and what it has committed is checked.
    pub fn ask(&mut self, at: usize, send: &Send, device: &str) -> Reply {
        let service = &mut self.services[at];
        let before = service.stored.log.records.len();
        let mut around = Around { registry: &self.registry, now: self.now, random: &mut self.random };
        let reply = service.answer(send, &mut around);
        let is_push = send.path.ends_with("/entries");
        let context = Commit { is_push, now: self.now, malicious: MALICIOUS };
        self.checks.after_commit(&self.services[at].stored, before, &context);
        if is_push && self.registry.revoked.contains(device) {
            self.checks.revoked(&self.services[at].stored, before);
        }
        self.trace = (self.trace ^ u64::from(reply.status) ^ reply.body.len() as u64).rotate_left(7);
        let after = self.services[at].stored.log.records.len();
        if after > before {
            self.announce(at, after);
            if self.random.chance(100) {
                self.backups.push(self.services[0].stored.clone());
            }
        }
        reply
    }

    /// Tells the event streams that the log has grown.
    pub fn announce(&mut self, at: usize, lseq: usize) {
        let moved = Moved { epoch: self.services[at].stored.log.epoch, lseq: lseq as u64 };
        for to in 0..self.replicas.len() {
            let replica = &self.replicas[to];
            let life = replica.life;
            let hears =
                replica.listens && self.fronts[replica.front] == at && replica.answers_cut_until <= self.now;
            if hears && !self.happens(Fault::StreamHintLost) {
                self.later(5, 200, Happening::Event { to, life, what: What::Moved(moved) });
            }
        }
    }
}
