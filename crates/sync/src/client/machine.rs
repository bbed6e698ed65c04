//! The state of a client, and what each event does to it.

use crate::client::doing::{Doing, Moment, Pending, Session};
use crate::client::effect::{Effect, Method, Save, Send};
use crate::client::event::{Event, OwnLine, Start, What};
use crate::client::saved::{Kept, OwnChain, Saved};
use crate::client::status::{State, Status};
use crate::epoch::Epoch;
use crate::wire::Code;
use std::collections::BTreeMap;

/// A client of one shop at one endpoint.
#[derive(Debug, Clone)]
pub struct Client {
    pub(super) start: Start,
    /// What is on the disk, except for `acked` numbers that the endpoint has lowered since.
    pub(super) saved: Saved,
    pub(super) kept: Vec<Kept>,
    /// The last line of every own chain.
    pub(super) written: BTreeMap<u32, u64>,
    pub(super) oldest: Option<u64>,
    pub(super) doing: Doing,
    /// The ticket of the open effect.
    pub(super) ticket: u64,
    pub(super) session: Option<Session>,
    /// Whether everything that the endpoint had at its last answer is here.
    pub(super) caught_up: bool,
    /// Whether the log of the endpoint is not the one that the cursor belongs to.
    pub(super) astray: bool,
    /// The own chain of which the endpoint has lines that are not here, and the highest chain number it knows.
    pub(super) lost: Option<(u32, u32)>,
    /// Whether the next pull comes before the next push.
    pub(super) pull_first: bool,
    pub(super) offline: bool,
    pub(super) trouble: Option<State>,
    pub(super) stopped: Option<State>,
    pub(super) push_stopped: Option<Code>,
    pub(super) attempt: u32,
    pub(super) skew: Option<i64>,
    /// Whether the endpoint sends online refunds, as it said last.
    pub(super) refunds: Option<bool>,
    shown: Option<Status>,
}

impl Client {
    /// A client that has not begun: its first event is [`What::Started`].
    #[must_use]
    pub fn new(start: Start) -> Self {
        let mut saved = start.saved.clone();
        let written: BTreeMap<u32, u64> = start.written.iter().copied().collect();
        for chain in written.keys() {
            add_chain(&mut saved, *chain);
        }
        Self {
            saved,
            kept: start.kept.clone(),
            written,
            oldest: start.oldest,
            start,
            doing: Doing::Idle,
            ticket: 0,
            session: None,
            caught_up: false,
            astray: false,
            lost: None,
            pull_first: false,
            offline: false,
            trouble: None,
            stopped: None,
            push_stopped: None,
            attempt: 0,
            skew: None,
            refunds: None,
            shown: None,
        }
    }

    /// What is stored, and what the endpoint has lowered since.
    #[must_use]
    pub const fn saved(&self) -> &Saved {
        &self.saved
    }

    /// Takes what happened and returns what is to be done, in this order.
    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        let Event { now, random, what } = event;
        let moment = Moment { now, random };
        let mut effects = self.take(what, moment);
        let status = self.status();
        if self.shown != Some(status) {
            self.shown = Some(status);
            effects.push(Effect::Show(status));
        }
        effects
    }

    fn take(&mut self, what: What, moment: Moment) -> Vec<Effect> {
        match what {
            What::Started => self.started(moment),
            What::Wrote { chain, seq } => self.wrote(chain, seq, moment),
            What::Online => self.online(moment),
            What::Offline => {
                self.offline = true;
                Vec::new()
            }
            What::Woke => self.woke(moment),
            What::Moved(moved) => self.moved(moved.epoch, moved.lseq, moment),
            What::StreamEnded => self.stream_ended(moment),
            What::Answered { ticket, status, media, body } if self.is_open(ticket) => {
                self.answered(status, &media, &body, moment)
            }
            What::NoAnswer { ticket } if self.is_open(ticket) => self.fails(State::NotAnswering, moment),
            What::Signed { ticket, signature } if self.is_open(ticket) => self.signed(signature, moment),
            What::Lines { ticket, lines } if self.is_open(ticket) => self.lines(&lines, moment),
            What::Records { ticket, records } if self.is_open(ticket) => self.records(&records, moment),
            What::Saved { ticket } if self.is_open(ticket) => self.is_saved(moment),
            What::NotSaved { ticket } if self.is_open(ticket) => self.fails(State::DeviceFull, moment),
            What::ChainStarted { ticket, written } if self.is_open(ticket) => {
                self.chain_started(written, moment)
            }
            // Late or doubled.
            What::Answered { .. }
            | What::NoAnswer { .. }
            | What::Signed { .. }
            | What::Lines { .. }
            | What::Records { .. }
            | What::Saved { .. }
            | What::NotSaved { .. }
            | What::ChainStarted { .. } => Vec::new(),
        }
    }

    fn is_open(&self, ticket: u64) -> bool {
        self.ticket == ticket && !self.is_free()
    }

    /// Whether no effect is open that will be answered.
    pub(super) fn is_free(&self) -> bool {
        match self.doing {
            Doing::Idle | Doing::Waiting => true,
            Doing::Challenge
            | Doing::Signing(_)
            | Doing::Proving
            | Doing::ReadingLines { .. }
            | Doing::Pushing { .. }
            | Doing::Pulling
            | Doing::AskingHeads(_)
            | Doing::ReadingRecords(_)
            | Doing::Reoffering(_)
            | Doing::Saving(_)
            | Doing::StartingChain { .. } => false,
        }
    }

    fn started(&mut self, moment: Moment) -> Vec<Effect> {
        if self.is_free() {
            // Tickets of an earlier client of this page are not those of this one.
            self.ticket = self.ticket.max(moment.random >> 1);
        }
        self.attempt = 0;
        self.stopped = None;
        self.push_stopped = None;
        self.go(moment)
    }

    fn wrote(&mut self, chain: u32, seq: u64, moment: Moment) -> Vec<Effect> {
        let before = self.unsent();
        add_chain(&mut self.saved, chain);
        let written = self.written.entry(chain).or_default();
        *written = seq.max(*written);
        if before == 0 && self.unsent() > 0 {
            self.oldest = Some(moment.now);
        }
        // After a failure the next attempt comes in its time: a press must not become a retry.
        match self.doing {
            Doing::Idle => self.next(moment),
            Doing::Waiting
            | Doing::Challenge
            | Doing::Signing(_)
            | Doing::Proving
            | Doing::ReadingLines { .. }
            | Doing::Pushing { .. }
            | Doing::Pulling
            | Doing::AskingHeads(_)
            | Doing::ReadingRecords(_)
            | Doing::Reoffering(_)
            | Doing::Saving(_)
            | Doing::StartingChain { .. } => Vec::new(),
        }
    }

    fn online(&mut self, moment: Moment) -> Vec<Effect> {
        self.offline = false;
        self.attempt = 0;
        self.go(moment)
    }

    /// Begins at once if nothing is open.
    fn go(&mut self, moment: Moment) -> Vec<Effect> {
        if !self.is_free() {
            return Vec::new();
        }
        self.caught_up = false;
        self.next(moment)
    }

    fn woke(&mut self, moment: Moment) -> Vec<Effect> {
        if !self.is_free() {
            return Vec::new();
        }
        self.caught_up = false;
        // The browser may be wrong about the network.
        self.next_anyway(moment)
    }

    fn moved(&mut self, epoch: Epoch, lseq: u64, moment: Moment) -> Vec<Effect> {
        let cursor = self.saved.cursor;
        if cursor.epoch == Some(epoch) && lseq <= cursor.lseq {
            return Vec::new();
        }
        match self.doing {
            Doing::Idle => self.go(moment),
            Doing::Waiting => Vec::new(),
            Doing::Challenge
            | Doing::Signing(_)
            | Doing::Proving
            | Doing::ReadingLines { .. }
            | Doing::Pushing { .. }
            | Doing::Pulling
            | Doing::AskingHeads(_)
            | Doing::ReadingRecords(_)
            | Doing::Reoffering(_)
            | Doing::StartingChain { .. } => {
                self.caught_up = false;
                Vec::new()
            }
            Doing::Saving(ref mut pending) => {
                // The page that is being stored may be older than this.
                pending.caught_up = false;
                self.caught_up = false;
                Vec::new()
            }
        }
    }

    fn stream_ended(&mut self, moment: Moment) -> Vec<Effect> {
        if self.is_free() && self.trouble.is_none() {
            return self.waits(0, moment);
        }
        Vec::new()
    }

    fn is_saved(&mut self, moment: Moment) -> Vec<Effect> {
        let Doing::Saving(pending) = std::mem::replace(&mut self.doing, Doing::Idle) else {
            return Vec::new();
        };
        let Pending { mut saved, keep, forget, caught_up } = *pending;
        // Lines that were written meanwhile.
        for chain in self.written.keys() {
            add_chain(&mut saved, *chain);
        }
        self.saved = saved;
        self.kept.retain(|kept| !forget.contains(&kept.head.lseq));
        self.kept.extend(keep);
        self.caught_up = caught_up;
        self.is_well();
        self.next(moment)
    }

    fn chain_started(&mut self, written: u64, moment: Moment) -> Vec<Effect> {
        let Doing::StartingChain { chain, saved } = std::mem::replace(&mut self.doing, Doing::Idle) else {
            return Vec::new();
        };
        self.saved = *saved;
        // A press may have been written to the new chain before this was told.
        let known = self.written.entry(chain).or_default();
        *known = written.max(*known);
        self.lost = None;
        self.next(moment)
    }

    /// After an answer of the endpoint that made sense.
    pub(super) fn is_well(&mut self) {
        self.attempt = 0;
        self.trouble = None;
        if let Some(session) = &mut self.session {
            session.used = true;
        }
    }

    pub(super) fn send(&mut self, method: Method, path: String, body: String, doing: Doing) -> Vec<Effect> {
        let bearer = self.session.as_ref().and_then(|session| session.token.clone());
        vec![Effect::Send(Send { ticket: self.opens(doing), method, path, body, bearer })]
    }

    /// Stores `pending`, and with it what is passed.
    pub(super) fn save(&mut self, pending: Pending, save: Save) -> Vec<Effect> {
        let Pending { saved, keep, forget, .. } = pending.clone();
        let ticket = self.opens(Doing::Saving(Box::new(pending)));
        vec![Effect::Save(Box::new(Save { ticket, saved, keep, forget, ..save }))]
    }

    /// Opens an effect and returns its ticket.
    pub(super) fn opens(&mut self, doing: Doing) -> u64 {
        self.doing = doing;
        self.ticket += 1;
        self.ticket
    }

    /// The first line of the outbox: chain, first and last number.
    pub(super) fn outbox(&self) -> Option<(u32, u64, u64)> {
        self.saved.chains.iter().find_map(|own| {
            let last = self.last_to_send(own);
            (last > own.acked).then_some((own.chain, own.acked + 1, last))
        })
    }

    /// The number of lines in the outbox.
    pub(super) fn unsent(&self) -> u64 {
        self.saved.chains.iter().map(|own| self.last_to_send(own).saturating_sub(own.acked)).sum()
    }

    fn last_to_send(&self, own: &OwnChain) -> u64 {
        let written = self.written.get(&own.chain).copied().unwrap_or_default();
        own.end.map_or(written, |end| end.min(written))
    }

    fn status(&self) -> Status {
        let unsent = self.unsent();
        let oldest = self.oldest.filter(|_| unsent > 0);
        Status { state: self.state(unsent), unsent, oldest, skew: self.skew, refunds: self.refunds }
    }

    fn state(&self, unsent: u64) -> State {
        let is_idle = matches!(self.doing, Doing::Idle);
        let is_synced = self.caught_up && unsent == 0 && is_idle && self.session.is_some() && !self.astray;
        let refused = self.stopped.or(self.push_stopped.map(State::Stopped));
        if let Some(refused) = refused {
            refused
        } else if self.saved.revoked {
            State::Revoked
        } else if self.offline {
            State::Offline
        } else if let Some(trouble) = self.trouble {
            trouble
        } else if is_synced && self.saved.cursor.epoch.is_some() {
            State::Synced
        } else {
            State::Busy
        }
    }

    /// The lines that an effect has read; see `push`.
    fn lines(&mut self, lines: &[OwnLine], moment: Moment) -> Vec<Effect> {
        let Doing::ReadingLines { chain } = self.doing else { return Vec::new() };
        self.push_lines(chain, lines, moment)
    }
}

/// Adds a chain of which nothing is acknowledged, in its place, unless it is there.
pub(super) fn add_chain(saved: &mut Saved, chain: u32) {
    if let Err(at) = saved.chains.binary_search_by_key(&chain, |own| own.chain) {
        saved.chains.insert(at, OwnChain { chain, acked: 0, end: None });
    }
}
