//! What a client does when nothing is open, and when it tries again.

use crate::client::doing::{Doing, Moment};
use crate::client::effect::{Effect, StartChain};
use crate::client::machine::{Client, add_chain};
use crate::client::status::State;
use crate::wire::limits::RETRY_MILLIS;
use journal::Why;

/// How often a client that is caught up looks anyway, in milliseconds: a hint of the event stream may be lost.
const LOOK_MILLIS: u64 = 60_000;

impl Client {
    /// Begins the next effect, unless there is no network.
    pub(super) fn next(&mut self, moment: Moment) -> Vec<Effect> {
        if self.offline {
            self.doing = Doing::Waiting;
            return vec![Effect::Wake(LOOK_MILLIS)];
        }
        self.next_anyway(moment)
    }

    /// Begins the next effect: in this order, so that what only this device has is safe first.
    pub(super) fn next_anyway(&mut self, moment: Moment) -> Vec<Effect> {
        if self.stopped.is_some() {
            self.doing = Doing::Idle;
            return Vec::new();
        }
        let reads = !self.saved.revoked;
        if self.session.is_none() {
            return self.ask_session();
        }
        if let Some((old, highest)) = self.lost {
            return self.start_chain(Why::Lost, old, u64::MAX, highest + 1);
        }
        if self.astray && reads {
            return self.search();
        }
        let pull_first = std::mem::take(&mut self.pull_first) && reads && !self.caught_up;
        if !pull_first
            && self.push_stopped.is_none()
            && let Some((chain, from, through)) = self.outbox()
        {
            let ticket = self.opens(Doing::ReadingLines { chain });
            return vec![Effect::ReadLines { ticket, chain, from, through }];
        }
        if reads && !self.caught_up {
            return self.pull();
        }
        self.doing = Doing::Idle;
        if !reads {
            return Vec::new();
        }
        let token = self.session.as_ref().and_then(|session| session.token.clone());
        vec![Effect::Listen(token), Effect::Wake(LOOK_MILLIS / 2 + moment.random % (LOOK_MILLIS / 2))]
    }

    /// Starts a chain with at least this number; of the old chain, lines after `after` are recorded again.
    pub(super) fn start_chain(&mut self, why: Why, old: u32, after: u64, free: u32) -> Vec<Effect> {
        let highest = self.saved.chains.last().map_or(0, |own| own.chain);
        let Some(next) = highest.checked_add(1) else { return Vec::new() };
        let chain = free.max(next);
        let mut saved = self.saved.clone();
        add_chain(&mut saved, chain);
        if why == Why::Fork {
            for own in saved.chains.iter_mut().filter(|own| own.chain == old) {
                own.acked = own.acked.min(after);
                own.end = Some(after);
            }
        }
        let doing = Doing::StartingChain { chain, saved: Box::new(saved.clone()) };
        let ticket = self.opens(doing);
        vec![Effect::StartChain(StartChain { ticket, chain, why, old, after, saved })]
    }

    /// Something failed: says so, and tries again later.
    pub(super) fn fails(&mut self, why: State, moment: Moment) -> Vec<Effect> {
        self.trouble = Some(why);
        self.waits(0, moment)
    }

    /// Tries again after a random time up to a limit that doubles with every attempt, and at least `seconds`.
    pub(super) fn waits(&mut self, seconds: u32, moment: Moment) -> Vec<Effect> {
        let (first, longest) = RETRY_MILLIS;
        let limit = first.checked_shl(self.attempt.min(16)).map_or(longest, |limit| limit.min(longest));
        self.attempt = self.attempt.saturating_add(1);
        self.doing = Doing::Waiting;
        let drawn = moment.random % (limit + 1);
        vec![Effect::Wake(drawn.max(u64::from(seconds) * 1_000))]
    }

    /// Sends nothing more until the next start.
    pub(super) fn stops(&mut self, why: State) -> Vec<Effect> {
        self.stopped = Some(why);
        self.doing = Doing::Idle;
        Vec::new()
    }
}
