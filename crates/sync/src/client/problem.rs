//! What a client does about each problem.

use crate::client::doing::{Doing, Moment};
use crate::client::effect::Effect;
use crate::client::machine::Client;
use crate::client::status::State;
use crate::wire::limits::MAX_BATCH;
use crate::wire::{Problem, Reaction};
use journal::Why;

impl Client {
    pub(super) fn problem(&mut self, problem: &Problem, moment: Moment) -> Vec<Effect> {
        match problem.code.reaction(problem.status) {
            Reaction::Stop => self.refused(problem, moment),
            Reaction::SignIn => self.signed_out(moment),
            Reaction::Revoked => self.is_revoked(moment),
            Reaction::Resend => self.resend(problem, moment),
            Reaction::NewChain => self.forked(problem, moment),
            Reaction::FindCommon => self.is_astray(moment),
            Reaction::Update => self.stops(State::PleaseUpdate),
            Reaction::Retry => {
                self.trouble = Some(State::NotAnswering);
                self.waits(problem.retry_after.unwrap_or_default(), moment)
            }
            Reaction::Full => {
                // What others have recorded still comes.
                self.pull_first = true;
                self.trouble = Some(State::EndpointFull);
                self.waits(problem.retry_after.unwrap_or_default(), moment)
            }
        }
    }

    fn refused(&mut self, problem: &Problem, moment: Moment) -> Vec<Effect> {
        match self.doing {
            Doing::Pushing { .. } => {
                self.push_stopped = Some(problem.code);
                self.next(moment)
            }
            Doing::Reoffering(_) => self.not_reoffered(),
            Doing::Idle
            | Doing::Waiting
            | Doing::Challenge
            | Doing::Signing(_)
            | Doing::Proving
            | Doing::ReadingLines { .. }
            | Doing::Pulling
            | Doing::AskingHeads(_)
            | Doing::ReadingRecords(_)
            | Doing::Saving(_)
            | Doing::StartingChain { .. } => self.stops(State::Stopped(problem.code)),
        }
    }

    fn signed_out(&mut self, moment: Moment) -> Vec<Effect> {
        let had = self.session.take();
        if had.is_some_and(|session| session.used) {
            return self.next(moment);
        }
        // A wrong proof, or a new session that does not count: again, but not at once.
        self.fails(State::NotAnswering, moment)
    }

    fn is_revoked(&mut self, moment: Moment) -> Vec<Effect> {
        let is_push = matches!(self.doing, Doing::Pushing { .. });
        if is_push || self.saved.revoked {
            return self.fails(State::NotAnswering, moment);
        }
        self.is_well();
        self.saved.revoked = true;
        self.next(moment)
    }

    fn resend(&mut self, problem: &Problem, moment: Moment) -> Vec<Effect> {
        let Doing::Pushing { chain, from, .. } = self.doing else {
            return self.fails(State::NotAnswering, moment);
        };
        let due = problem.due.filter(|due| 1 <= *due && *due < from && problem.chain == Some(chain));
        let Some(due) = due else { return self.fails(State::NotAnswering, moment) };
        self.is_well();
        self.set_acked(chain, due - 1);
        self.next(moment)
    }

    /// Another line is known under a number of this device: another copy of it exists.
    fn forked(&mut self, problem: &Problem, moment: Moment) -> Vec<Effect> {
        let Doing::Pushing { chain, from, .. } = self.doing else {
            return self.fails(State::NotAnswering, moment);
        };
        let Some(seq) = problem.seq.filter(|seq| *seq >= 1 && problem.chain == Some(chain)) else {
            return self.fails(State::NotAnswering, moment);
        };
        self.is_well();
        if seq < from {
            // The lines differ before those that were sent: sends earlier ones until the first that differs is found.
            self.set_acked(chain, (seq - 1).saturating_sub(MAX_BATCH as u64 - 1));
            return self.next(moment);
        }
        self.start_chain(Why::Fork, chain, seq - 1, problem.free_chain.unwrap_or_default())
    }

    fn is_astray(&mut self, moment: Moment) -> Vec<Effect> {
        self.astray = true;
        match self.doing {
            Doing::Pushing { .. } | Doing::Pulling => self.next(moment),
            // The log changes while it is compared: again, but not at once.
            Doing::Idle
            | Doing::Waiting
            | Doing::Challenge
            | Doing::Signing(_)
            | Doing::Proving
            | Doing::ReadingLines { .. }
            | Doing::AskingHeads(_)
            | Doing::ReadingRecords(_)
            | Doing::Reoffering(_)
            | Doing::Saving(_)
            | Doing::StartingChain { .. } => self.waits(0, moment),
        }
    }

    fn set_acked(&mut self, chain: u32, acked: u64) {
        for own in self.saved.chains.iter_mut().filter(|own| own.chain == chain) {
            own.acked = acked;
        }
    }
}
