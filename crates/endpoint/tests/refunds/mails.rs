//! The mails about refunds and charges: counters confirm what has succeeded, and a refund that comes back is corrected. The outbox is a part
//! of the store, and is put back with it; the mail server loses connections before and after it has taken a mail.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use endpoint::gateway::{Operation, State};
use endpoint::mailing::{Outcome as Came, claimed, id_of, recorded};
use endpoint::store::Mail;
use sync::wire::{MailState, correction_of};

use crate::random::Random;
use crate::seen::{Mistake, Outcome};

const SECOND: u64 = 1_000;

/// How long an attempt may last.
const DEADLINE: Duration = Duration::from_secs(60);

const TO: &str = "mira@example.net";

/// An attempt to send a mail.
struct Attempt {
    mail: Mail,
    /// What came of it, and when the worker learns that.
    answer: Option<(Came, u64)>,
}

/// The outbox, two workers that send, and what has come to the customer.
pub struct Post {
    /// The mails by their documents, as the store has them.
    pub outbox: BTreeMap<String, Mail>,
    random: Random,
    mistake: Option<Mistake>,
    busy: [Option<Attempt>; 2],
    /// Corrections that a mistaken program puts into the outbox after the transaction: by whom, when, and of which refund.
    later: Vec<(usize, u64, String)>,
    /// What counters are going to confirm, and when.
    confirming: Vec<(u64, String)>,
    /// The ids of the mails that have come, by their documents.
    delivered: BTreeMap<String, BTreeSet<[u8; 16]>>,
}

const fn has_failed(state: &State) -> bool {
    matches!(state, State::Failed(_))
}

impl Post {
    pub fn new(seed: u64, mistake: Option<Mistake>) -> Self {
        Self {
            outbox: BTreeMap::new(),
            random: Random::new(seed ^ 0x6d61_696c),
            mistake,
            busy: [None, None],
            later: Vec::new(),
            confirming: Vec::new(),
            delivered: BTreeMap::new(),
        }
    }

    /// A worker has learned of an operation, in a transaction: `clock` is what its clock shows, `now` the right time.
    pub fn learned(&mut self, id: &str, was: &State, is: &State, (worker, clock, now): (usize, u64, u64)) {
        if *is == State::Succeeded && *was != State::Succeeded && self.random.percent(80) {
            self.confirming.push((now + self.random.below(7_200 * SECOND), id.to_owned()));
        }
        if !has_failed(is) || has_failed(was) || !self.outbox.contains_key(id) {
            return;
        }
        if self.mistake == Some(Mistake::CorrectsLater) {
            let at = now + self.random.below(600 * SECOND);
            self.later.push((worker, at, id.to_owned()));
        } else {
            self.put(&correction_of(id), clock);
        }
    }

    /// Counters ask for what they wanted to confirm, if it still says so on their screens.
    pub fn ask(&mut self, store: &BTreeMap<String, Operation>, now: u64) {
        let (due, later) = self.confirming.drain(..).partition(|(at, _)| *at <= now);
        self.confirming = later;
        let due: Vec<(u64, String)> = due;
        for (_, id) in due {
            if store[&id].state == State::Succeeded {
                self.put(&id, now);
            }
        }
    }

    fn put(&mut self, document: &str, now: u64) {
        let mail = Mail::queued(id_of("s", document, 0, TO), ("mira", document, 0, TO), now, vec![1]);
        self.outbox.entry(document.to_owned()).or_insert(mail);
    }

    /// When the next mail is due, for the worker whose clock is `ahead` of the right time by most.
    pub fn due(&self, ahead: i64) -> Option<u64> {
        let asked = self.confirming.iter().map(|(at, _)| *at);
        let due = self.outbox.values().filter_map(|mail| mail.due);
        due.map(|due| due.saturating_add_signed(-ahead)).chain(asked).min()
    }

    pub fn is_busy(&self) -> bool {
        self.busy.iter().any(Option::is_some)
    }

    /// A worker ends.
    pub fn crash(&mut self, worker: usize) {
        self.busy[worker] = None;
        self.later.retain(|(by, ..)| *by != worker);
    }

    /// One step of a worker.
    pub fn work(&mut self, worker: usize, (clock, now): (u64, u64), calm: bool) {
        let is_due = |(by, at, _): &(usize, u64, String)| *by == worker && *at <= now;
        for (_, _, refund) in self.later.extract_if(.., |later| is_due(later)).collect::<Vec<_>>() {
            self.put(&correction_of(&refund), clock);
        }
        match self.busy[worker].take() {
            None => self.claim(worker, clock),
            Some(Attempt { mail, answer: None }) => {
                let came = self.deliver(&mail, calm);
                let answer = Some((came, now + self.random.below(30 * SECOND)));
                self.busy[worker] = Some(Attempt { mail, answer });
            }
            Some(Attempt { mail, answer: Some((came, at)) }) if at > now => {
                self.busy[worker] = Some(Attempt { mail, answer: Some((came, at)) });
            }
            Some(Attempt { mail, answer: Some((came, _)) }) => self.record(&mail, came, clock),
        }
    }

    fn claim(&mut self, worker: usize, clock: u64) {
        let is_due = |mail: &&Mail| mail.due.is_some_and(|due| due <= clock);
        let due: Vec<&Mail> = self.outbox.values().filter(is_due).collect();
        if due.is_empty() {
            return;
        }
        let mail = due[usize::try_from(self.random.below(due.len() as u64)).unwrap()].clone();
        let Some(mail) = claimed(mail, clock, DEADLINE) else { return };
        self.outbox.insert(mail.document.clone(), mail.clone());
        if mail.state == MailState::GivenUp {
            return;
        }
        if self.mistake == Some(Mistake::SaysSentBefore) {
            self.record(&mail, Came::Sent, clock);
        }
        self.busy[worker] = Some(Attempt { mail, answer: None });
    }

    fn record(&mut self, mail: &Mail, came: Came, clock: u64) {
        let Some(kept) = self.outbox.get(&mail.document).cloned() else { return };
        if let Some(mail) = recorded(kept, mail.tries, came, clock) {
            self.outbox.insert(mail.document.clone(), mail);
        }
    }

    /// The mail server takes a mail, or does not; and it is known or not.
    fn deliver(&mut self, mail: &Mail, calm: bool) -> Came {
        let (taken, came) = match self.random.below(if calm { 60 } else { 100 }) {
            0..60 => (true, Came::Sent),
            60..75 => (false, Came::Later(None)),
            75..85 => (false, Came::Later(Some("451 later".into()))),
            85..87 => (false, Came::Refused("550 no".into())),
            _ => (true, Came::Later(None)),
        };
        if taken {
            let mut id = mail.id;
            if self.mistake == Some(Mistake::NewMessageId) {
                id[0] = id[0].wrapping_add(u8::try_from(mail.tries % 250).unwrap());
            }
            self.delivered.entry(mail.document.clone()).or_default().insert(id);
        }
        came
    }

    /// What is wrong in the end.
    pub fn finish(&self, store: &BTreeMap<String, Operation>, seen: &mut Outcome) {
        let has_come = |document: &str| self.delivered.contains_key(document);
        seen.mails += self.outbox.len();
        for mail in self.outbox.values() {
            seen.said_sent += usize::from(mail.state == MailState::Sent && !has_come(&mail.document));
            seen.mails_open += usize::from(mail.state == MailState::Queued);
        }
        seen.several_ids += self.delivered.values().filter(|ids| ids.len() > 1).count();
        for (id, operation) in store {
            let correction = correction_of(id);
            let has_failed = has_failed(&operation.state);
            let is_corrected = self.outbox.contains_key(&correction);
            seen.corrected += usize::from(is_corrected);
            // A store that was put back may have forgotten the mail itself: then nothing says to whom it went.
            let is_told = self.outbox.contains_key(id) && has_come(id);
            seen.uncorrected += usize::from(has_failed && is_told && !is_corrected);
            seen.wrong_mails += usize::from(has_come(&correction) && !has_failed);
        }
    }
}
