//! Two workers over one store, and what can happen to them.

use std::collections::{BTreeMap, BTreeSet};

use endpoint::gateway::{Call, Operation, Outcome as Answer, Person, State, Wanted};
use endpoint::store::Mail;

use crate::gateway::{DECLINED, Fault, Gateway, OPEN, failed};
use crate::made::{fresh, link};
use crate::mails::Post;
use crate::mistaken::misread;
use crate::random::Random;
use crate::seen::{Event, Mistake, Outcome, Trouble};

const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;

/// A worker in the middle of a round.
#[derive(Clone)]
struct Busy {
    id: String,
    round: u64,
    call: Call,
    /// The answer, once the gateway has it, and when it arrives.
    answer: Option<(Answer, u64)>,
}

#[derive(Default)]
struct Worker {
    busy: Option<Busy>,
    /// What its clock shows beyond the right time, in milliseconds.
    skew: i64,
    stalled_until: u64,
}

impl Worker {
    fn clock(&self, now: u64) -> u64 {
        now.saturating_add_signed(self.skew)
    }
}

/// What the counters ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Refunds,
    Charges,
    Links,
}

/// A backup of the store: the operations, and the mails.
type Copy = (BTreeMap<String, Operation>, BTreeMap<String, Mail>);

pub struct World {
    what: What,
    /// When counters have asked.
    asked: BTreeMap<String, u64>,
    random: Random,
    mistake: Option<Mistake>,
    now: u64,
    store: BTreeMap<String, Operation>,
    copy: Option<Copy>,
    post: Post,
    workers: [Worker; 2],
    gateway: Gateway,
    late: Vec<(u64, Call)>,
    calm: bool,
    succeeded_once: BTreeMap<String, bool>,
    taken_back: BTreeSet<String>,
    seen: Outcome,
}

impl World {
    pub fn new(what: What, seed: u64, mistake: Option<Mistake>) -> Self {
        Self {
            what,
            asked: BTreeMap::new(),
            random: Random::new(seed),
            mistake,
            now: 20_000 * DAY,
            store: BTreeMap::new(),
            copy: None,
            post: Post::new(seed, mistake),
            workers: <[Worker; 2]>::default(),
            gateway: Gateway::default(),
            late: Vec::new(),
            calm: false,
            succeeded_once: BTreeMap::new(),
            taken_back: BTreeSet::new(),
            seen: Outcome::default(),
        }
    }

    pub fn run(mut self, refunds: usize) -> Outcome {
        let asked_for = 2 * DAY;
        for number in 0..refunds {
            self.ask(number);
            let until = self.now + self.random.below(asked_for / refunds as u64) + 1;
            self.go_until(until);
        }
        self.go_until(self.now + 4 * DAY);
        // Whatever happens then, it ends.
        self.calm = true;
        for worker in &mut self.workers {
            worker.skew = 0;
        }
        self.go_until(self.now + 50 * DAY);
        self.finish(refunds)
    }

    /// A counter issues a refund of a part of a payment. The next one may be of the same payment.
    fn ask(&mut self, number: usize) {
        let payment = format!("pi_{}", number / 2);
        if number.is_multiple_of(2) {
            self.gateway.pay(&payment, 10_000);
        }
        let id = format!("r{number}");
        let of = Wanted { shop: "s".into(), refund: id.clone() };
        let amount = (3_000, "gbp".into());
        let operation = match self.what {
            What::Refunds => Operation::new(of, payment, amount, self.now),
            What::Charges => Operation::charge(of, (payment, "pm_1".into()), amount, (self.now, self.now)),
            What::Links => Operation::link(of, link(self.now), amount, (self.now, self.now)),
        };
        self.asked.insert(id.clone(), self.now);
        self.store.insert(id, operation);
    }

    fn go_until(&mut self, until: u64) {
        while self.now < until {
            let step = self.next_step().max(1_000).min(until - self.now);
            self.now += step;
            if !self.calm {
                self.trouble();
            }
            if self.random.percent(20) {
                self.gateway.go_on(self.now, &mut self.random);
            }
            self.arrive();
            self.post.ask(&self.store, self.now);
            for worker in 0..self.workers.len() {
                self.work(worker);
                self.mail(worker);
            }
        }
    }

    /// How long nothing can happen.
    fn next_step(&mut self) -> u64 {
        let is_busy = self.post.is_busy() || self.workers.iter().any(|worker| worker.busy.is_some());
        let ahead = self.workers.iter().map(|worker| worker.skew).max().unwrap_or_default();
        let due = self.store.values().filter_map(|operation| operation.due).chain(self.post.due(ahead)).min();
        match due {
            _ if is_busy => 1_000 + self.random.below(20_000),
            Some(due) if due > self.now => (due - self.now).min(6 * 60 * MINUTE),
            Some(_) => 1_000,
            None => 6 * 60 * MINUTE,
        }
    }

    fn note(&mut self, event: Event) {
        *self.seen.faults.entry(event).or_default() += 1;
    }

    fn trouble(&mut self) {
        let which = Trouble::ALL[usize::try_from(self.random.below(8)).unwrap()];
        let often = match which {
            Trouble::Crash | Trouble::Stalls => 12,
            Trouble::TakenBack => 8,
            Trouble::ByHand | Trouble::PutBack | Trouble::ClockJumps | Trouble::ArrivesLate => 4,
            Trouble::Away => 2,
        };
        if !self.random.percent(often) {
            return;
        }
        let worker = usize::try_from(self.random.below(2)).unwrap();
        match which {
            Trouble::Crash => self.crash(worker),
            Trouble::ClockJumps => {
                let far = [0, 0, 5, 60, 24 * 60, 72 * 60][usize::try_from(self.random.below(6)).unwrap()];
                let far = i64::try_from(far * MINUTE).unwrap();
                self.workers[worker].skew = if self.random.percent(50) { far } else { -far };
            }
            Trouble::Away => {
                self.crash_all();
                // No request is on its way for days.
                self.now += 10 * MINUTE;
                self.arrive();
                self.now += self.random.below(3 * DAY);
            }
            Trouble::Stalls => self.workers[worker].stalled_until = self.now + self.random.below(10 * MINUTE),
            Trouble::PutBack => match self.copy.take() {
                Some((copy, outbox)) => {
                    self.post.outbox = outbox;
                    // What counters have asked for since is still in their journals.
                    for (id, operation) in &mut self.store {
                        let again = || fresh(operation, (self.asked[id], self.now));
                        let before = copy.get(id).cloned();
                        *operation = before.unwrap_or_else(again);
                        if self.taken_back.contains(id) {
                            operation.cancel(self.now);
                        }
                    }
                    self.crash_all();
                }
                None => {
                    self.copy = Some((self.store.clone(), self.post.outbox.clone()));
                    return;
                }
            },
            Trouble::ArrivesLate => {
                let sending = self.workers[worker].busy.as_ref().filter(|busy| busy.answer.is_none());
                let Some(call) = sending.map(|busy| busy.call.clone()) else { return };
                self.late.push((self.now + self.random.below(10 * MINUTE), call));
                let gives_up = self.now + 30_000;
                let busy = self.workers[worker].busy.as_mut().unwrap();
                busy.answer = Some((failed(&busy.call), gives_up));
            }
            Trouble::ByHand => {
                let payment = format!("pi_{}", self.random.below(20));
                self.gateway.refund_by_hand(&payment, self.now);
                self.gateway.charge_by_hand();
            }
            Trouble::TakenBack => {
                // One of the last ones: older ones are done.
                let id = format!("r{}", self.store.len().saturating_sub(1 + self.small()));
                let Some(operation) = self.store.get_mut(&id) else { return };
                operation.cancel(self.now);
                self.taken_back.insert(id);
            }
        }
        self.note(Event::World(which));
    }

    fn crash(&mut self, worker: usize) {
        self.workers[worker].busy = None;
        self.post.crash(worker);
    }

    fn crash_all(&mut self) {
        (0..self.workers.len()).for_each(|worker| self.crash(worker));
    }

    /// A worker goes on with the mails.
    fn mail(&mut self, index: usize) {
        let worker = &self.workers[index];
        if worker.stalled_until <= self.now {
            let clocks = (worker.clock(self.now), self.now);
            self.post.work(index, clocks, self.calm);
        }
    }

    fn small(&mut self) -> usize {
        usize::try_from(self.random.below(3)).unwrap()
    }

    /// Requests that were long on their way.
    fn arrive(&mut self) {
        let now = self.now;
        let (arrived, late) = self.late.drain(..).partition(|(at, _)| *at <= now);
        self.late = late;
        let arrived: Vec<(u64, Call)> = arrived;
        for (_, call) in arrived {
            self.gateway.answer(&call, None, now, &mut self.random);
        }
    }

    fn fault(&mut self) -> Option<Fault> {
        if self.calm || !self.random.percent(15) {
            return None;
        }
        let fault = Fault::ALL[usize::try_from(self.random.below(7)).unwrap()];
        if fault == Fault::Outage {
            let until = self.now + self.random.below(90 * MINUTE);
            self.gateway.fall_over(until);
        }
        self.note(Event::Gateway(fault));
        Some(fault)
    }

    /// One step of a worker: claims, lets a request arrive, or applies an answer.
    fn work(&mut self, index: usize) {
        if self.workers[index].stalled_until > self.now {
            return;
        }
        let clock = self.workers[index].clock(self.now);
        let Some(mut busy) = self.workers[index].busy.take() else {
            return self.claim(index, clock);
        };
        match busy.answer.take() {
            None => {
                let fault = self.fault();
                let answer = self.gateway.answer(&busy.call, fault, self.now, &mut self.random);
                busy.answer = Some((answer, self.now + self.random.below(30_000)));
                self.workers[index].busy = Some(busy);
            }
            Some((_, at)) if at > self.now => {
                self.workers[index].busy = Some(busy);
            }
            Some((answer, _)) => self.apply(index, busy, answer, clock),
        }
    }

    fn claim(&mut self, index: usize, clock: u64) {
        let due: Vec<String> = self
            .store
            .iter()
            .filter(|(_, operation)| operation.due.is_some_and(|due| due <= clock))
            .map(|(id, _)| id.clone())
            .collect();
        if due.is_empty() {
            return;
        }
        let id = due[usize::try_from(self.random.below(due.len() as u64)).unwrap()].clone();
        let operation = self.store.get_mut(&id).unwrap();
        let Some(round) = operation.claim(clock) else { return };
        let call = operation.call(round, clock);
        self.start(index, id, round, call);
    }

    fn start(&mut self, index: usize, id: String, round: u64, call: Option<Call>) {
        let Some(mut call) = call else { return };
        if let Call::Send(ask) = &mut call
            && self.mistake == Some(Mistake::NewKey)
        {
            ask.key = format!("{} {}", ask.key, self.random.next());
        }
        self.workers[index].busy = Some(Busy { id, round, call, answer: None });
    }

    fn apply(&mut self, index: usize, busy: Busy, answer: Answer, clock: u64) {
        let random = u32::try_from(self.random.below(1_000)).unwrap();
        let answer = misread(self.mistake, &self.taken_back, &busy.call, answer);
        let before = self.store[&busy.id].clone();
        let operation = self.store.get_mut(&busy.id).unwrap();
        operation.answered((busy.round, clock), answer, random);
        let is = operation.state.clone();
        if operation.state == State::Succeeded {
            self.succeeded_once.insert(busy.id.clone(), true);
        }
        let call = operation.call(busy.round, clock);
        if self.mistake == Some(Mistake::RecordAfter) && matches!(call, Some(Call::Send(_))) {
            // What was learned from the list is not stored before the request is made.
            *operation = before.clone();
        }
        let at = (index, clock, self.now);
        self.post.learned(&busy.id, &before.state, &is, at);
        self.start(index, busy.id, busy.round, call);
    }

    fn finish(mut self, refunds: usize) -> Outcome {
        self.seen.refunds = refunds;
        self.post.finish(&self.store, &mut self.seen);
        for (id, operation) in &self.store {
            let made: Vec<_> = self
                .gateway
                .refunds
                .iter()
                .filter(|(_, refund)| refund.of.as_ref().is_some_and(|of| of.refund == *id))
                .map(|(_, refund)| refund.status.as_str())
                .collect();
            let unpaid = ["failed", "canceled", DECLINED, OPEN, "expired"];
            let paid = made.iter().filter(|status| !unpaid.contains(status)).count();
            self.seen.doubled += usize::from(made.len() > 1);
            // What the book calls over can no longer be paid.
            let is_over = matches!(operation.state, State::Failed(_) | State::Canceled);
            self.seen.said_failed += usize::from(is_over && made.contains(&OPEN));
            match &operation.state {
                State::Succeeded => {
                    self.seen.settled += 1;
                    self.seen.said_done += usize::from(paid == 0);
                }
                State::Failed(_) | State::Canceled => {
                    self.seen.failed += 1;
                    let is_canceled = operation.state == State::Canceled && self.taken_back.contains(id);
                    self.seen.canceled += usize::from(is_canceled);
                    self.seen.sent_back += usize::from(self.succeeded_once.contains_key(id));
                    self.seen.said_failed += usize::from(paid > 0);
                }
                State::Person(why) => {
                    self.seen.persons += 1;
                    assert!(matches!(why, Person::TooLate | Person::Twice), "{why:?}");
                }
                State::Queued | State::Sending | State::WithBank => self.seen.open += 1,
            }
        }
        self.seen
    }
}
