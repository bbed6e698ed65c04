//! What happens at a counter: a person records, a client takes events, and its effects are done.

use super::bugs::Bug;
use super::common::keys::sign;
use super::common::lines::SHOP;
use super::disk::Kind;
use super::faults::Fault;
use super::service::{ORIGIN, device_key};
use super::world::{BEGIN, Happening, MINUTE, World};
use sync::client::{Client, Effect, Event, Save, Start, What};

impl World {
    /// A person records a press of one to three documents.
    pub fn act(&mut self, who: usize) {
        // Whoever records something has the device awake.
        self.replicas[who].asleep_until = 0;
        let now = self.clock_of(who);
        let mut ids = Vec::new();
        let count = if self.random.chance(200) { self.random.between(2, 3) } else { 1 };
        for _ in 0..count {
            self.documents += 1;
            let kind = if self.happens(Fault::UnknownKind) { Kind::Newer } else { Kind::Note };
            ids.push((format!("doc-{}", self.documents), kind));
        }
        let hashes = self.replicas[who].disk.press(&ids, now);
        self.acts += 1;
        self.checks.written.extend(hashes);
        self.checks.recorded.extend(ids.iter().map(|(id, _)| id.as_str().into()));
        if self.happens(Fault::NoticeLost) {
            self.replicas[who].knows_all = false;
            return;
        }
        let (chain, seq) = self.replicas[who].disk.current();
        let life = self.replicas[who].life;
        self.event(who, life, What::Wrote { chain, seq });
    }

    /// A client starts from what is on the disk.
    pub fn start(&mut self, who: usize) {
        if self.replicas[who].client.is_some() {
            return;
        }
        let asleep_until = self.replicas[who].asleep_until;
        if asleep_until > self.now {
            self.schedule(asleep_until, Happening::Restart(who));
            return;
        }
        let replica = &mut self.replicas[who];
        replica.life += 1;
        replica.status = None;
        replica.listens = false;
        replica.knows_all = true;
        let disk = &replica.disk;
        let mut saved = disk.saved.clone();
        if self.bug == Some(Bug::ForgottenOutbox) {
            for own in &mut saved.chains {
                own.acked = disk.own.get(&own.chain).map_or(own.acked, |own| own.chain.seq);
            }
        }
        let start = Start {
            origin: ORIGIN.into(),
            shop: SHOP.into(),
            device: disk.device.to_string(),
            bearer: true,
            saved,
            kept: disk.kept.values().copied().collect(),
            written: disk.written(),
            oldest: disk.oldest(),
        };
        replica.client = Some(Client::new(start));
        let life = replica.life;
        self.event(who, life, What::Started);
    }

    /// The tab or the device is gone; it comes back later.
    pub fn kill(&mut self, who: usize) {
        let replica = &mut self.replicas[who];
        replica.client = None;
        replica.listens = false;
        replica.life += 1;
        self.later(100, 5 * MINUTE, Happening::Restart(who));
    }

    pub fn event(&mut self, to: usize, life: u32, what: What) {
        let replica = &self.replicas[to];
        if replica.life != life {
            return;
        }
        if replica.asleep_until > self.now {
            let at = replica.asleep_until;
            self.schedule(at, Happening::Event { to, life, what });
            return;
        }
        let (now, random) = (self.clock_of(to), self.random.next());
        let Some(client) = &mut self.replicas[to].client else { return };
        if self.prints {
            println!("{:>9} {to} {}", self.now - BEGIN, short(&what));
        }
        let effects = client.step(Event { now, random, what });
        for effect in effects {
            if self.happens(Fault::ClientKilledBeforeEffect) {
                self.kill(to);
                return;
            }
            if self.prints {
                println!("          {to}   → {}", short(&effect));
            }
            self.effect(to, effect);
            if self.happens(Fault::ClientKilledAfterEffect) {
                self.kill(to);
                return;
            }
        }
    }

    pub fn effect(&mut self, who: usize, effect: Effect) {
        let life = self.replicas[who].life;
        match effect {
            Effect::Send(send) => self.send(who, life, send),
            Effect::Sign { ticket, statement } => {
                let signature = sign(&device_key(&self.replicas[who].disk.device), &statement);
                self.soon(who, life, What::Signed { ticket, signature: Some(signature) });
            }
            Effect::ReadLines { ticket, chain, from, through } => {
                let most = self.random.between(1, 8) as usize;
                let lines = self.replicas[who].disk.read_lines(chain, from, through, most);
                self.soon(who, life, What::Lines { ticket, lines });
            }
            Effect::ReadRecords { ticket, after, through } => {
                let records = self.replicas[who].disk.read_records(after, through);
                self.soon(who, life, What::Records { ticket, records });
            }
            Effect::Save(save) => {
                let what = self.save(who, &save);
                self.soon(who, life, what);
            }
            Effect::StartChain(start) => {
                if self.happens(Fault::QuotaExceeded) {
                    self.soon(who, life, What::NotSaved { ticket: start.ticket });
                    return;
                }
                let now = self.clock_of(who);
                let disk = &mut self.replicas[who].disk;
                let is_new = !disk.own.contains_key(&start.chain);
                self.checks.require(is_new, || format!("{}: chain {} exists", disk.device, start.chain));
                if !is_new {
                    return;
                }
                disk.start_chain(&start, now, self.bug);
                let written = disk.own.get(&start.chain).map_or(0, |own| own.chain.seq);
                let disk = disk.clone();
                self.wrote(&disk);
                self.soon(who, life, What::ChainStarted { ticket: start.ticket, written });
            }
            Effect::Listen(_) => self.replicas[who].listens = true,
            Effect::Wake(millis) => {
                self.replicas[who].wake += 1;
                let number = self.replicas[who].wake;
                let at = self.now + millis;
                self.schedule(at, Happening::Wake { to: who, life, number });
            }
            Effect::Show(status) => {
                if self.happens(Fault::AskedAgain) {
                    self.soon(who, life, What::Started);
                }
                let replica = &mut self.replicas[who];
                replica.status = Some(status);
                self.checks.shown(&replica.disk, &status, replica.knows_all);
            }
        }
    }

    pub fn soon(&mut self, to: usize, life: u32, what: What) {
        self.later(1, 20, Happening::Event { to, life, what });
    }

    pub fn save(&mut self, who: usize, save: &Save) -> What {
        let ticket = save.ticket;
        if self.happens(Fault::QuotaExceeded) && self.bug != Some(Bug::IgnoredQuota) {
            return What::NotSaved { ticket };
        }
        let is_dropped = self.bug == Some(Bug::IgnoredQuota) && self.random.chance(20);
        if is_dropped {
            return What::Saved { ticket };
        }
        let disk = &mut self.replicas[who].disk;
        if self.bug == Some(Bug::CursorBeforePage) && self.random.chance(50) {
            disk.saved = save.saved.clone();
            self.kill(who);
            return What::Saved { ticket };
        }
        disk.save(save, self.bug);
        self.checks.after_save(&self.replicas[who].disk, save);
        What::Saved { ticket }
    }
}

fn short(what: &impl std::fmt::Debug) -> String {
    format!("{what:?}").chars().take(420).collect()
}
