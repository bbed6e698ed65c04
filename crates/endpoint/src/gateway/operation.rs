//! One refund or one charge at a gateway: what is known of it, and what is asked next.
//!
//! ```text
//! claim ──► payment ──► list ──┬─ it is there ──────────────► adopt ──► look again, until it is final
//!                              ├─ it is not, first or within 23 h ──► send, always with the same key
//!                              └─ it is not, later ─────────► a person looks after it
//! ```
//!
//! A charge begins with the list, and differs at its end: one that is declined is canceled at the gateway before the journal says so, so
//! that it cannot be paid there later, beside another payment. A charge that was asked for long ago and never sent is given up. A payment
//! link is as a charge, and is over at the latest when it has expired.
//!
//! Each answer is applied in a transaction before the next call is made, so a crash at any place forgets nothing that was asked. The list
//! is read before every request, also the first: a store that was put back from a backup may have forgotten that it asked. What time it is
//! at the gateway is taken from the gateway's answers; a wrong clock here changes only when something is done.

mod charge;
mod link;
mod rank;
mod wishes;

use serde::{Deserialize, Serialize};

use super::call::{Ask, Call, Deed, LinkAt, Outcome, Wanted};
use super::schedule::{
    ASKED_FOR, CALL, DAY, LATE_FAILURE, LEASE, LOOKED_FOR, LOOKS_EVERY, RUNS_BACK, SAME_KEY, UNDER_WAY,
    after_failure, open, under_way,
};
use super::state::{Person, Progress, State};
use super::{CallError, Listed, Refund};
use rank::{rank, refunded};
use wishes::Cancel;

/// The gateway's word for a charge that the customer has to approve.
pub const APPROVE: &str = "authentication_required";

pub use link::EXPIRED;

/// What is known of one refund or charge at a gateway. A store keeps it as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// The refund or the charge of the book.
    pub of: Wanted,
    /// Which of them.
    #[serde(default, skip_serializing_if = "Deed::is_refund")]
    pub deed: Deed,
    /// The payment that is refunded, by its number at the gateway, the customer who is charged, or the name of a payment link.
    pub payment: String,
    /// The amount in the smallest unit of the currency.
    pub amount: u64,
    /// The currency by ISO 4217, in small letters.
    pub currency: String,
    /// How far it is.
    pub state: State,
    /// Its id at the gateway, once it is known.
    pub gateway_id: Option<String>,
    /// Of a payment link, where and until when it can be paid, once it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkAt>,
    /// When it is to be looked at, in milliseconds since 1970 of the endpoint's clock; `None` for never.
    pub due: Option<u64>,
    /// What the journal says already.
    #[serde(default)]
    pub told: Option<Progress>,
    stage: Stage,
    /// The number of the last claim.
    round: u64,
    /// Until when that claim holds.
    lease: u64,
    /// Counts the keys: a person who says that it was not refunded begins the next one.
    generation: u32,
    /// When it was first and last sent with this key, by the gateway's clock.
    first_sent: Option<u64>,
    last_sent: Option<u64>,
    /// How often it was sent with this key.
    sent: u32,
    /// The code with which the gateway refused the first request. It counts once the list was read again without it.
    refused: Option<String>,
    /// The gateway's word for why a charge was declined, until it is canceled there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    declined: Option<String>,
    /// When the list was first read without a charge that is too old to be sent, by the gateway's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    missed: Option<u64>,
    /// How many rounds have failed since something was learned.
    failures: u32,
    /// How often it was looked at in this state, and since when it is in it.
    looks: u32,
    since: u64,
    /// Whether the gateway said during a round that something has changed: its answer may be older.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    hinted: bool,
    /// Whether it is to be canceled, as far as that is still possible.
    #[serde(default, skip_serializing_if = "Cancel::is_not_asked")]
    cancel: Cancel,
}

/// Which call comes next in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Stage {
    Rest,
    Payment,
    List,
    Send,
    Look,
    Cancel,
}

impl Operation {
    /// A refund that is to be sent. `now` is the endpoint's time in milliseconds since 1970, as everywhere here.
    #[must_use]
    pub fn new(of: Wanted, payment: String, (amount, currency): (u64, String), now: u64) -> Self {
        Self {
            of,
            deed: Deed::Refund,
            payment,
            amount,
            currency,
            state: State::Queued,
            gateway_id: None,
            link: None,
            due: Some(now),
            told: None,
            stage: Stage::Rest,
            round: 0,
            lease: 0,
            generation: 1,
            first_sent: None,
            last_sent: None,
            sent: 0,
            refused: None,
            declined: None,
            missed: None,
            failures: 0,
            looks: 0,
            since: now,
            hinted: false,
            cancel: Cancel::NotAsked,
        }
    }

    /// What cannot be sent, for a person to look after.
    #[must_use]
    pub fn for_a_person(of: Wanted, why: Person, amount: (u64, String), now: u64) -> Self {
        let mut operation = Self::new(of, String::new(), amount, now);
        operation.hand_over(why, now);
        operation.due = None;
        operation
    }

    /// Takes the operation for a round of calls, if it is due and no other worker has it. The number of the round goes with each answer.
    pub fn claim(&mut self, now: u64) -> Option<u64> {
        if self.due.is_none_or(|due| due > now) {
            return None;
        }
        self.round += 1;
        self.refused = None;
        self.lease = now.saturating_add(LEASE);
        // Another worker takes it if this one ends.
        self.due = Some(self.lease);
        self.stage = match (&self.gateway_id, self.sent) {
            (Some(_), _) => Stage::Look,
            (None, 0) if self.deed.is_refund() => Stage::Payment,
            (None, _) => Stage::List,
        };
        Some(self.round)
    }

    /// The next call of a round; `None` when it is done, or when another worker may have the operation before an answer is here.
    #[must_use]
    pub fn call(&self, round: u64, now: u64) -> Option<Call> {
        if round != self.round || now.saturating_add(CALL) > self.lease {
            return None;
        }
        let (of, id) = (|| self.payment.clone(), || self.gateway_id.clone());
        match (self.stage, &self.deed) {
            (Stage::Rest, _) => None,
            (Stage::Payment, _) => Some(Call::Payment(of())),
            (Stage::List, Deed::Refund) => Some(Call::List(of())),
            (Stage::List, Deed::Charge(_)) => Some(Call::Charges(of())),
            (Stage::List, Deed::Link(link)) => Some(Call::Links(link.asked.saturating_sub(DAY))),
            (Stage::Send, _) => Some(Call::Send(self.ask())),
            (Stage::Look, Deed::Refund) => id().map(Call::Look),
            (Stage::Look, Deed::Charge(_)) => id().map(Call::LookAtCharge),
            (Stage::Look, Deed::Link(_)) => id().map(Call::LookAtLink),
            (Stage::Cancel, Deed::Refund) => id().map(Call::Cancel),
            (Stage::Cancel, Deed::Charge(_)) => id().map(Call::CancelCharge),
            (Stage::Cancel, Deed::Link(_)) => id().map(Call::ExpireLink),
        }
    }

    /// Applies what came of a call. What the gateway has done counts whenever it is learned; that nothing was learned counts only in the
    /// present round. `random` is any number.
    pub fn answered(&mut self, (round, now): (u64, u64), outcome: Outcome, random: u32) {
        let is_current = round == self.round;
        match outcome {
            Outcome::Sent(Ok(refund)) | Outcome::Looked(Ok(refund)) | Outcome::Canceled(Ok(refund)) => {
                self.adopt(&refund, is_current, now);
            }
            Outcome::Listed(Ok(listed)) => self.listed(&listed, is_current, now),
            _ if !is_current => {}
            Outcome::Payment(Ok(payment)) if payment.currency == self.currency => self.stage = Stage::List,
            Outcome::Payment(Ok(_)) => self.hand_over(Person::Currency, now),
            Outcome::Payment(Err(CallError::NotThere)) => self.hand_over(Person::NoPayment, now),
            Outcome::Listed(Err(CallError::NotThere)) if self.deed.is_charge() => {
                self.hand_over(Person::NoCustomer, now);
            }
            // Nothing was asked for before, as far as this store knows. The list has the last word.
            Outcome::Sent(Err(CallError::Refused(code))) if self.sent == 1 => {
                (self.refused, self.stage) = (Some(code), Stage::List);
            }
            // It is too late for that. The gateway is asked what it is now.
            Outcome::Canceled(Err(CallError::Refused(_) | CallError::NotThere)) => {
                (self.cancel, self.stage) = (Cancel::Refused, Stage::Look);
            }
            Outcome::Payment(Err(_))
            | Outcome::Listed(Err(_))
            | Outcome::Sent(Err(_))
            | Outcome::Looked(Err(_))
            | Outcome::Canceled(Err(_)) => self.fail(now, random),
        }
    }

    /// Looks at it now instead of later, unless a worker has it or nothing more is to come.
    pub fn hurry(&mut self, now: u64) {
        if self.lease <= now && self.due.is_some() {
            self.due = self.due.min(Some(now));
        }
    }

    /// A person has looked at the gateway and found no refund: it is sent under a new key, after the list was read once more.
    pub fn send_again(&mut self, now: u64) {
        if self.state == State::Person(Person::TooLate) {
            self.generation += 1;
            (self.first_sent, self.last_sent, self.sent, self.failures) = (None, None, 0, 0);
            self.enter(State::Queued, now);
            self.rest(Some(now));
        }
    }

    /// Whether nothing more is known to come.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        matches!(self.state, State::Failed(_) | State::Canceled)
    }

    fn ask(&self) -> Ask {
        let Wanted { shop, refund } = &self.of;
        let what = if self.deed.is_refund() { "refund" } else { "charge" };
        Ask {
            of: self.of.clone(),
            deed: self.deed.clone(),
            payment: self.payment.clone(),
            amount: self.amount,
            currency: self.currency.clone(),
            key: format!("{what}:{shop}:{refund}:{}", self.generation),
        }
    }

    fn listed(&mut self, listed: &Listed, is_current: bool, now: u64) {
        let ours: Vec<_> =
            listed.refunds.iter().filter(|refund| refund.of.as_ref() == Some(&self.of)).collect();
        match ours.as_slice() {
            [refund] => self.adopt(refund, is_current, now),
            [] if is_current => self.not_there(listed.now, now),
            [] => {}
            _ => self.hand_over(Person::Twice, now),
        }
    }

    /// The list has none of ours. `at` is the gateway's time.
    fn not_there(&mut self, at: u64, now: u64) {
        if matches!(self.state, State::Person(_)) {
            self.looks += 1;
            let goes_on = now.saturating_sub(self.since) < LOOKED_FOR;
            return self.rest(goes_on.then(|| now.saturating_add(LOOKS_EVERY)));
        }
        if let Some(code) = self.refused.take() {
            self.enter(State::Failed(code), now);
            return self.rest(None);
        }
        if self.is_past(at) {
            self.enter(self.ended(), now);
            return self.rest(None);
        }
        if self.cancel == Cancel::Asked && self.sent == 0 {
            self.enter(State::Canceled, now);
            return self.rest(None);
        }
        let is_old = now.saturating_sub(self.since) > ASKED_FOR;
        if !self.deed.is_refund() && self.state == State::Queued && is_old {
            return self.give_up(at, now);
        }
        let runs_back = self.last_sent.is_some_and(|last| at.saturating_add(RUNS_BACK) < last);
        let is_late = self.first_sent.is_some_and(|first| at.saturating_sub(first) >= SAME_KEY);
        if runs_back || is_late {
            return self.hand_over(Person::TooLate, now);
        }
        self.first_sent.get_or_insert(at);
        self.expire_after(at);
        self.last_sent = self.last_sent.max(Some(at));
        self.sent += 1;
        if self.state == State::Queued {
            self.enter(State::Sending, now);
        }
        self.stage = Stage::Send;
    }

    /// The gateway has it.
    fn adopt(&mut self, refund: &Refund, is_current: bool, now: u64) {
        if self.gateway_id.as_ref().is_some_and(|id| *id != refund.id) {
            return self.hand_over(Person::Twice, now);
        }
        self.gateway_id = Some(refund.id.clone());
        self.failures = 0;
        let is_ours = refund.amount == self.amount
            && refund.currency == self.currency
            && refund.payments.contains(&self.payment);
        if !is_ours {
            return self.hand_over(Person::Differs, now);
        }
        let state = match self.deed {
            Deed::Refund => refunded(refund),
            Deed::Charge(_) => match self.charged(refund, is_current) {
                Some(state) => state,
                None => return,
            },
            Deed::Link(_) => self.linked(refund),
        };
        // An answer that was long on its way does not take back what is known.
        if rank(&state) > rank(&self.state) {
            self.enter(state, now);
        }
        if is_current
            && self.state == State::WithBank
            && self.cancel == Cancel::Asked
            && self.stage != Stage::Cancel
        {
            self.stage = Stage::Cancel;
        } else if is_current {
            self.wait(now);
        }
    }

    /// Ends the round: looks again when the gateway may know more.
    fn wait(&mut self, now: u64) {
        let age = now.saturating_sub(self.since);
        let looks = self.looks;
        self.looks = looks.saturating_add(1);
        match self.state {
            State::WithBank if age >= UNDER_WAY => self.hand_over(Person::TooLong, now),
            State::WithBank => {
                let wait = if matches!(self.deed, Deed::Link(_)) { open(age) } else { under_way(looks, age) };
                self.rest(Some(now.saturating_add(wait)));
            }
            State::Succeeded if age < LATE_FAILURE && self.deed.is_refund() => {
                self.rest(Some(now.saturating_add(DAY)))
            }
            _ => self.rest(None),
        }
    }

    fn fail(&mut self, now: u64, random: u32) {
        self.failures = self.failures.saturating_add(1);
        self.rest(Some(now.saturating_add(after_failure(self.failures, random))));
    }

    fn hand_over(&mut self, why: Person, now: u64) {
        if !self.is_final() {
            self.enter(State::Person(why), now);
        }
        // A list that was late, or a person at the gateway, may still show it.
        let looks = why == Person::TooLate && !self.is_final();
        self.rest(looks.then(|| now.saturating_add(LOOKS_EVERY)));
    }

    fn enter(&mut self, state: State, now: u64) {
        if self.state != state {
            (self.state, self.looks, self.since) = (state, 0, now);
        }
    }

    fn rest(&mut self, due: Option<u64>) {
        // Zero is at once.
        let due = if std::mem::take(&mut self.hinted) { due.map(|_| 0) } else { due };
        (self.stage, self.due, self.lease) = (Stage::Rest, due, 0);
    }
}
