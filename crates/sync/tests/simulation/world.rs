//! Counters, endpoints and the network between them, in one thread and from one seed.

use super::bugs::Bug;
use super::checks::Checks;
use super::disk::Disk;
use super::faults::{Fault, Faults};
use super::random::Random;
use super::service::{Registry, Service, Stored, device_key};
use journal::Why;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;
use sync::Epoch;
use sync::client::{Client, Send, Status, What};

pub const BEGIN: u64 = 1_772_442_000_000;
pub const MINUTE: u64 = 60_000;
pub const HOUR: u64 = 60 * MINUTE;
/// How long a day is: only what happens matters, not the time in between.
const DAY: u64 = 8 * MINUTE;
/// A client gives up after this time.
pub const TIMEOUT: u64 = 30_000;
/// The device of the attacker.
pub const MALICIOUS: &str = "mallory";

/// A counter.
pub struct Replica {
    pub disk: Disk,
    pub client: Option<Client>,
    /// Counts the clients of this replica: what was meant for an earlier one is gone.
    pub life: u32,
    pub wake: u32,
    /// Which endpoint it talks to.
    pub front: usize,
    /// How far its clock is ahead, in milliseconds.
    pub clock: i64,
    pub status: Option<Status>,
    pub listens: bool,
    /// Whether the client was told of all that was written.
    pub knows_all: bool,
    pub asleep_until: u64,
    pub requests_cut_until: u64,
    pub answers_cut_until: u64,
    /// An older copy of the disk.
    pub backup: Option<Disk>,
}

/// What happens at some time.
pub enum Happening {
    /// A person records something.
    Act(usize),
    Request {
        from: usize,
        life: u32,
        send: Rc<Send>,
        front: usize,
    },
    Event {
        to: usize,
        life: u32,
        what: What,
    },
    Wake {
        to: usize,
        life: u32,
        number: u32,
    },
    Restart(usize),
    Chaos,
    /// Many hours pass in which most devices sleep; this many nights are to come.
    Night(u64),
}

struct Queued {
    at: u64,
    order: u64,
    what: Happening,
}

impl PartialEq for Queued {
    fn eq(&self, other: &Self) -> bool {
        (self.at, self.order) == (other.at, other.order)
    }
}

impl Eq for Queued {}

impl PartialOrd for Queued {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Queued {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.order).cmp(&(other.at, other.order))
    }
}

/// Everything.
pub struct World {
    pub random: Random,
    pub now: u64,
    queue: BinaryHeap<Reverse<Queued>>,
    queued: u64,
    /// When the last act, fault or restart is due.
    pub last_cause: u64,
    pub replicas: Vec<Replica>,
    /// The first is the real one; another is a copy that some talk to.
    pub services: Vec<Service>,
    /// Which service each address leads to.
    pub fronts: Vec<usize>,
    pub stopped_until: u64,
    pub backups: Vec<Stored>,
    pub registry: Registry,
    pub faults: Faults,
    pub checks: Checks,
    pub bug: Option<Bug>,
    /// A hash over all that happened.
    pub trace: u64,
    pub steps: u64,
    pub acts: u64,
    pub documents: u64,
    pub devices: u64,
    /// Whether everything is printed.
    pub prints: bool,
}

impl World {
    pub fn new(seed: u64, bug: Option<Bug>) -> Self {
        let mut random = Random::new(seed);
        let faults = Faults::new(&mut random);
        let service = Service::new(Stored::new(Epoch(random.bytes())), bug);
        let fronts = vec![0; random.between(1, 3) as usize];
        let mut world = Self {
            random,
            now: BEGIN,
            queue: BinaryHeap::new(),
            queued: 0,
            last_cause: BEGIN,
            replicas: Vec::new(),
            services: vec![service],
            fronts,
            stopped_until: 0,
            backups: Vec::new(),
            registry: Registry::default(),
            faults,
            checks: Checks::default(),
            bug,
            trace: 0,
            steps: 0,
            acts: 0,
            documents: 0,
            devices: 0,
            prints: std::env::var_os("SIMULATION_SEED").is_some(),
        };
        world.registry.keys.insert(MALICIOUS.into(), device_key(MALICIOUS));
        for _ in 0..world.random.between(2, 5) {
            let disk = world.new_disk();
            world.add_replica(disk);
        }
        let first = world.services[0].stored.clone();
        world.backups.push(first);
        for _ in 0..world.random.between(4, 12) {
            let at = BEGIN + world.random.below(DAY);
            let who = world.random.index(world.replicas.len());
            world.schedule(at, Happening::Act(who));
        }
        let (faults, nights) = (world.random.between(0, 10), world.random.between(1, 3));
        world.more_chaos(faults);
        world.later(0, DAY, Happening::Night(nights));
        world
    }

    /// The disk of a new counter that has enrolled and opened its first chain.
    pub fn new_disk(&mut self) -> Disk {
        self.devices += 1;
        let device = format!("dev{}", self.devices);
        self.registry.keys.insert(device.clone(), device_key(&device));
        let mut disk = Disk::new(&device, self.random.next());
        disk.open(1, Why::New, None, self.now);
        self.wrote(&disk);
        disk
    }

    /// Notes the lines that a disk has written.
    pub fn wrote(&mut self, disk: &Disk) {
        let lines = disk.own.values().flat_map(|own| own.lines.iter().copied());
        self.checks.written.extend(lines);
    }

    pub fn add_replica(&mut self, disk: Disk) -> usize {
        let front = self.random.index(self.fronts.len());
        self.replicas.push(Replica {
            disk,
            client: None,
            life: 0,
            wake: 0,
            front,
            clock: 0,
            status: None,
            listens: false,
            knows_all: true,
            asleep_until: 0,
            requests_cut_until: 0,
            answers_cut_until: 0,
            backup: None,
        });
        let who = self.replicas.len() - 1;
        self.later(0, 1_000, Happening::Restart(who));
        who
    }

    pub fn schedule(&mut self, at: u64, what: Happening) {
        self.queued += 1;
        match what {
            Happening::Act(_) | Happening::Chaos | Happening::Restart(_) | Happening::Night(_) => {
                self.last_cause = at.max(self.last_cause)
            }
            Happening::Request { .. } | Happening::Event { .. } | Happening::Wake { .. } => {}
        }
        self.queue.push(Reverse(Queued { at, order: self.queued, what }));
    }

    pub fn later(&mut self, low: u64, high: u64, what: Happening) {
        let at = self.now + self.random.between(low, high);
        self.schedule(at, what);
    }

    pub fn happens(&mut self, fault: Fault) -> bool {
        self.faults.happens(fault, &mut self.random)
    }

    /// The time on the clock of a replica.
    pub fn clock_of(&self, who: usize) -> u64 {
        self.now.saturating_add_signed(self.replicas[who].clock)
    }

    /// Does the next thing; false when there is none before `until`.
    pub fn step(&mut self, until: u64) -> bool {
        if self.queue.peek().is_none_or(|Reverse(next)| next.at > until) {
            return false;
        }
        let Some(Reverse(Queued { at, order, what })) = self.queue.pop() else { return false };
        self.now = self.now.max(at);
        self.steps += 1;
        self.trace = (self.trace ^ at ^ order.rotate_left(32)).wrapping_mul(0x0000_0100_0000_01b3);
        match what {
            Happening::Act(who) => self.act(who),
            Happening::Request { from, life, send, front } => self.request(from, life, &send, front),
            Happening::Event { to, life, what } => self.event(to, life, what),
            Happening::Wake { to, life, number } => {
                if self.replicas[to].wake == number {
                    self.event(to, life, What::Woke);
                }
            }
            Happening::Restart(who) => self.start(who),
            Happening::Chaos => self.chaos(),
            Happening::Night(nights) => self.night(nights),
        }
        true
    }

    /// Tells a client something about its network.
    pub fn network(&mut self, who: usize, what: What) {
        let life = self.replicas[who].life;
        self.event(who, life, what);
    }

    /// Comes back later with the network.
    pub fn network_later(&mut self, who: usize, after: u64) {
        let life = self.replicas[who].life;
        self.later(after, after, Happening::Event { to: who, life, what: What::Online });
    }

    /// The next day has acts and faults of its own.
    fn night(&mut self, nights: u64) {
        self.now += self.random.between(15, 90) * HOUR;
        if self.random.chance(500) {
            self.unite();
        }
        let (acts, faults) = (self.random.between(1, 6), self.random.between(0, 6));
        self.more_acts(acts);
        self.more_chaos(faults);
        if nights > 1 {
            self.later(DAY / 2, DAY, Happening::Night(nights - 1));
        }
    }

    fn more_acts(&mut self, count: u64) {
        for _ in 0..count {
            let who = self.random.index(self.replicas.len());
            self.later(0, DAY, Happening::Act(who));
        }
    }

    fn more_chaos(&mut self, count: u64) {
        for _ in 0..count {
            self.later(0, DAY, Happening::Chaos);
        }
    }
}
