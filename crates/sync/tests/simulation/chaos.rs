//! Faults of the world as a whole, one after another at random times.

use super::faults::Fault;
use super::malicious;
use super::service::{Service, Stored};
use super::world::{HOUR, MINUTE, World};
use std::sync::Arc;
use sync::Epoch;
use sync::client::What;

const KINDS: [Fault; 15] = [
    Fault::RequestsCutOff,
    Fault::AnswersCutOff,
    Fault::NetworkGone,
    Fault::EndpointStopped,
    Fault::EndpointRestored,
    Fault::EndpointRolledBack,
    Fault::SplitBrain,
    Fault::ClockAhead,
    Fault::ClockBehind,
    Fault::Asleep,
    Fault::Wiped,
    Fault::Cloned,
    Fault::StoreRolledBack,
    Fault::DeviceRevoked,
    Fault::Malicious,
];

/// The most counters of a run.
const MOST: usize = 8;

impl World {
    /// One fault of a kind that is drawn, if it happens.
    pub fn chaos(&mut self) {
        let fault = KINDS[self.random.index(KINDS.len())];
        let who = self.random.index(self.replicas.len());
        if !self.is_possible(fault, who) || !self.faults.happens(fault, &mut self.random) {
            return;
        }
        let minutes = self.random.between(1, 40) * MINUTE / 8;
        match fault {
            Fault::RequestsCutOff => self.replicas[who].requests_cut_until = self.now + minutes,
            Fault::AnswersCutOff => self.replicas[who].answers_cut_until = self.now + minutes,
            Fault::NetworkGone => {
                self.replicas[who].requests_cut_until = self.now + minutes;
                self.replicas[who].answers_cut_until = self.now + minutes;
                self.network(who, What::Offline);
                self.network_later(who, minutes);
            }
            Fault::EndpointStopped => {
                self.stopped_until = self.now + minutes;
                self.services.iter_mut().for_each(Service::restart);
            }
            Fault::EndpointRestored => self.restore(true),
            Fault::EndpointRolledBack => self.restore(false),
            Fault::SplitBrain => self.split(),
            Fault::ClockAhead => {
                let days = self.random.between(1, 48) as i64;
                self.replicas[who].clock += days * HOUR as i64 / 2;
            }
            Fault::ClockBehind => {
                let days = self.random.between(1, 48) as i64;
                self.replicas[who].clock -= days * HOUR as i64 / 2;
            }
            Fault::Asleep => self.replicas[who].asleep_until = self.now + minutes,
            Fault::Wiped => {
                let disk = self.new_disk();
                self.replace_disk(who, disk);
            }
            Fault::Cloned => {
                let mut disk = self.replicas[who].disk.clone();
                disk.secret = self.random.next();
                self.add_replica(disk);
            }
            Fault::StoreRolledBack => {
                let old = self.replicas[who].backup.take();
                self.replicas[who].backup = Some(self.replicas[who].disk.clone());
                if let Some(mut old) = old {
                    old.secret = self.random.next();
                    self.replace_disk(who, old);
                }
            }
            Fault::DeviceRevoked => {
                let device = self.replicas[who].disk.device.to_string();
                self.registry.revoked.insert(device);
                let lines = self.replicas[who].disk.lines.values();
                let ids: Vec<Arc<str>> = lines.map(|line| Arc::clone(&line.id)).collect();
                self.excuse(&ids);
            }
            Fault::Malicious => malicious::attack(self),
            Fault::RequestLost
            | Fault::RequestDoubled
            | Fault::RequestLate
            | Fault::AnswerLost
            | Fault::AnswerDoubled
            | Fault::AnswerLate
            | Fault::AnswerCut
            | Fault::CaptivePortal
            | Fault::Busy
            | Fault::InternalError
            | Fault::StaleReader
            | Fault::EndpointFull
            | Fault::EndpointKilledBeforeCommit
            | Fault::EndpointKilledAfterCommit
            | Fault::ClientKilledBeforeEffect
            | Fault::ClientKilledAfterEffect
            | Fault::QuotaExceeded
            | Fault::NoticeLost
            | Fault::StreamHintLost
            | Fault::UnknownKind
            | Fault::AskedAgain => {}
        }
    }

    fn is_possible(&self, fault: Fault, who: usize) -> bool {
        let of_device =
            |device: &str| self.replicas.iter().filter(|other| &*other.disk.device == device).count();
        match fault {
            Fault::Cloned => self.replicas.len() < MOST,
            Fault::SplitBrain => self.services.len() == 1 && self.fronts.len() > 1,
            // One device is left that sees everything.
            Fault::DeviceRevoked => {
                let device = &self.replicas[who].disk.device;
                let others = self.replicas.iter().filter(|other| {
                    other.disk.device != *device && !self.registry.revoked.contains(&*other.disk.device)
                });
                others.count() > 0 && of_device(device) == 1
            }
            _ => true,
        }
    }

    /// A replica loses its disk for another one.
    fn replace_disk(&mut self, who: usize, disk: super::disk::Disk) {
        let gone = std::mem::replace(&mut self.replicas[who].disk, disk);
        self.kill(who);
        let ids: Vec<Arc<str>> = gone.lines.values().map(|line| Arc::clone(&line.id)).collect();
        self.excuse(&ids);
    }

    /// The endpoint loses its log for an older one. It knows that if a person has restored it, and then begins an epoch.
    fn restore(&mut self, is_known: bool) {
        let at = self.random.index(self.backups.len());
        let mut old = self.backups[at].clone();
        self.backups.truncate(at + 1);
        let epoch = self.services[0].stored.log.epoch;
        if is_known {
            let fresh = Epoch(self.random.bytes());
            old.log.epoch = if self.bug == Some(super::bugs::Bug::KeptEpoch) { epoch } else { fresh };
        } else {
            self.checks.compromised.extend([epoch, old.log.epoch]);
        }
        let gone = std::mem::replace(&mut self.services[0].stored, old);
        self.services[0].restart();
        let ids: Vec<Arc<str>> = gone.log.records.iter().map(|record| Arc::clone(&record.id)).collect();
        self.excuse(&ids);
    }

    /// Some addresses lead to a copy of the endpoint, which nobody knows to be one.
    fn split(&mut self) {
        let at = self.random.index(self.backups.len());
        let copy =
            if self.random.chance(500) { self.backups[at].clone() } else { self.services[0].stored.clone() };
        self.checks.compromised.extend([copy.log.epoch, self.services[0].stored.log.epoch]);
        self.services.push(Service::new(copy, self.bug));
        for front in self.fronts.iter_mut().skip(1) {
            *front = 1;
        }
    }

    /// The copy of the endpoint is found and removed.
    pub fn unite(&mut self) {
        self.fronts.fill(0);
        if self.services.len() > 1
            && let Some(Service { stored: Stored { log, .. }, .. }) = self.services.pop()
        {
            let ids: Vec<Arc<str>> = log.records.iter().map(|record| Arc::clone(&record.id)).collect();
            self.excuse(&ids);
        }
    }

    fn excuse(&mut self, gone: &[Arc<str>]) {
        // A device that was revoked reads no more: what only it has comes back when it has something to send, or never.
        let disks = self.replicas.iter().map(|replica| &replica.disk);
        let disks: Vec<_> = disks.filter(|disk| !self.registry.revoked.contains(&*disk.device)).collect();
        let logs: Vec<_> = self.services.iter().map(|service| &service.stored).collect();
        self.checks.excuse(gone.iter(), &disks, &logs);
    }
}
