//! A gateway with faults. Amounts and words are as at a real one; its clock is the only right one in this world.

use std::collections::BTreeMap;

use endpoint::gateway::{Ask, Call, CallError, Deed, LinkAt, Listed, Outcome, Payment, Refund};

use crate::random::Random;

/// How long keys are kept.
pub const KEYS: u64 = 24 * 3_600_000;

/// How long after a refund banks send it back.
const LATEST_FAILURE: u64 = 20 * KEYS;

/// The status of a charge that was declined, and that can still be paid on the processor's page.
pub const DECLINED: &str = "requires_payment_method";

/// The statuses of a payment link that can be paid, and of one that was.
pub const OPEN: &str = "open";
pub const PAID: &str = "paid";

/// The shortest time for which a link can be made.
const SHORTEST: u64 = 30 * 60_000;

/// The most by which a list is late.
const LATE: u64 = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    RequestLost,
    AnswerLost,
    FailsBefore,
    FailsAfter,
    SlowDown,
    Damaged,
    Outage,
}

impl Fault {
    pub const ALL: [Self; 7] = [
        Self::RequestLost,
        Self::AnswerLost,
        Self::FailsBefore,
        Self::FailsAfter,
        Self::SlowDown,
        Self::Damaged,
        Self::Outage,
    ];
}

/// What is known of a request by its key.
struct Known {
    at: u64,
    answer: Result<String, CallError>,
}

#[derive(Default)]
pub struct Gateway {
    pub refunds: Vec<(u64, Refund)>,
    keys: BTreeMap<String, Known>,
    left: BTreeMap<String, u64>,
    down_until: u64,
    /// Whether it was asked for charges. Those are not sent back.
    charges: bool,
}

fn unknown() -> CallError {
    CallError::Unknown("no answer".into())
}

impl Gateway {
    pub fn pay(&mut self, payment: &str, amount: u64) {
        self.left.insert(payment.to_owned(), amount);
    }

    /// A person takes money for charges that were declined, on the gateway's own page.
    pub fn charge_by_hand(&mut self) {
        for (_, charge) in &mut self.refunds {
            if charge.status == DECLINED {
                charge.status = "succeeded".into();
            }
        }
    }

    /// A person refunds what is left of a payment on the gateway's own page.
    pub fn refund_by_hand(&mut self, payment: &str, now: u64) {
        let amount = self.left.insert(payment.to_owned(), 0).unwrap_or(0);
        if amount > 0 {
            self.add(payment, amount, None, "succeeded", now);
        }
    }

    fn add(&mut self, payment: &str, amount: u64, of: Option<&Ask>, status: &str, now: u64) -> String {
        let id = format!("re_{}", self.refunds.len());
        let refund = Refund {
            id: id.clone(),
            payments: vec![payment.to_owned()],
            amount,
            currency: "gbp".into(),
            status: status.into(),
            reason: None,
            of: of.map(|ask| ask.of.clone()),
            link: None,
        };
        self.refunds.push((now, refund));
        id
    }

    /// Lets refunds under way go on, and some that had succeeded fail.
    pub fn go_on(&mut self, now: u64, random: &mut Random) {
        let charges = self.charges;
        for (at, refund) in &mut self.refunds {
            let is_new = now.saturating_sub(*at) < LATEST_FAILURE;
            if let Some(link) = refund.link.as_mut().filter(|_| refund.status == OPEN) {
                if now >= link.expires {
                    refund.status = "expired".into();
                } else if random.percent(1) {
                    (refund.status, link.paid_as) = (PAID.into(), Some(format!("pi {}", refund.id)));
                }
                continue;
            }
            let next = match (refund.status.as_str(), random.below(1_000)) {
                ("pending", 0..200) => "succeeded",
                ("pending", 200..250) => "failed",
                ("pending", 250..270) => "canceled",
                // A word of a later version.
                ("pending", 270..280) => "under_review",
                ("under_review", 0..400) => "succeeded",
                ("processing", 0..250) => "succeeded",
                ("processing", 250..350) => DECLINED,
                ("processing", 350..360) => "under_review",
                ("succeeded", 0..2) if refund.of.is_some() && is_new && !charges => "failed",
                _ => continue,
            };
            refund.status = next.to_owned();
            if next == DECLINED {
                refund.reason = Some("insufficient_funds".into());
            }
            if next == "failed" {
                refund.reason = Some("expired_or_canceled_card".into());
                *self.left.entry(refund.payments[0].clone()).or_default() += refund.amount;
            }
        }
    }

    pub fn fall_over(&mut self, until: u64) {
        self.down_until = until;
    }

    /// Answers a call that arrives now, with the fault that happens to it.
    pub fn answer(&mut self, call: &Call, fault: Option<Fault>, now: u64, random: &mut Random) -> Outcome {
        let fault = if now < self.down_until { Some(Fault::Outage) } else { fault };
        let done = match fault {
            Some(Fault::RequestLost | Fault::FailsBefore | Fault::SlowDown | Fault::Outage) => None,
            _ => Some(self.carry_out(call, now, random)),
        };
        // A failure of the gateway is kept with the key, whether something was done or not.
        if let (Call::Send(ask), Some(Fault::FailsBefore | Fault::FailsAfter)) = (call, fault) {
            let known = Known { at: now, answer: Err(unknown()) };
            self.keys.entry(ask.key.clone()).or_insert(known);
            if let (Some(Fault::FailsAfter), Some(known)) = (fault, self.keys.get_mut(&ask.key)) {
                known.answer = Err(unknown());
            }
        }
        match (done, fault) {
            (Some(outcome), None) => outcome,
            _ => failed(call),
        }
    }

    fn carry_out(&mut self, call: &Call, now: u64, random: &mut Random) -> Outcome {
        match call {
            Call::Payment(payment) => Outcome::Payment(match self.left.get(payment) {
                Some(_) => Ok(Payment { currency: "gbp".into() }),
                None => Err(CallError::NotThere),
            }),
            Call::Links(since) => {
                // A link is looked for among all of a shop.
                let late = if random.percent(10) { random.below(LATE) } else { 0 };
                let shown =
                    self.refunds.iter().filter(|(at, _)| at.saturating_add(late) <= now && at >= since);
                Outcome::Listed(Ok(Listed {
                    refunds: shown.map(|(_, refund)| refund.clone()).collect(),
                    now,
                }))
            }
            Call::List(payment) | Call::Charges(payment) => {
                let late = if random.percent(10) { random.below(LATE) } else { 0 };
                let shown = self.refunds.iter().filter(|(at, refund)| {
                    at.saturating_add(late) <= now && refund.payments.contains(payment)
                });
                Outcome::Listed(Ok(Listed {
                    refunds: shown.map(|(_, refund)| refund.clone()).collect(),
                    now,
                }))
            }
            Call::CancelCharge(id) => Outcome::Looked(self.cancel_charge(id)),
            Call::ExpireLink(id) => Outcome::Canceled(self.expire_link(id)),
            Call::Look(id) | Call::LookAtCharge(id) | Call::LookAtLink(id) => {
                let found = self.refunds.iter().find(|(_, refund)| refund.id == *id);
                Outcome::Looked(found.map(|(_, refund)| refund.clone()).ok_or(CallError::NotThere))
            }
            Call::Send(ask) => Outcome::Sent(self.send(ask, now, random)),
            Call::Cancel(id) => Outcome::Canceled(self.cancel(id)),
        }
    }

    /// What is pending is canceled; what is not is refused.
    fn cancel(&mut self, id: &str) -> Result<Refund, CallError> {
        let refund = self.refunds.iter_mut().map(|(_, refund)| refund).find(|refund| refund.id == *id);
        let refund = refund.ok_or(CallError::NotThere)?;
        match refund.status.as_str() {
            "pending" => {
                refund.status = "canceled".into();
                Ok(refund.clone())
            }
            _ => Err(CallError::Refused("invalid_request_error".into())),
        }
    }

    /// What is not paid yet is canceled, also a charge that was declined.
    fn cancel_charge(&mut self, id: &str) -> Result<Refund, CallError> {
        let found = self.refunds.iter_mut().find(|(_, charge)| charge.id == *id);
        let (_, charge) = found.ok_or(CallError::NotThere)?;
        if matches!(charge.status.as_str(), "succeeded" | "canceled") {
            return Err(CallError::Refused("payment_intent_unexpected_state".into()));
        }
        charge.status = "canceled".into();
        Ok(charge.clone())
    }

    /// What can still be paid is ended.
    fn expire_link(&mut self, id: &str) -> Result<Refund, CallError> {
        let found = self.refunds.iter_mut().find(|(_, link)| link.id == *id);
        let (_, link) = found.ok_or(CallError::NotThere)?;
        if link.status != OPEN {
            return Err(CallError::Refused("invalid_request_error".into()));
        }
        link.status = "expired".into();
        Ok(link.clone())
    }

    fn make_link(&mut self, ask: &Ask, expires: u64, now: u64) -> Result<Refund, CallError> {
        if !(now + SHORTEST..=now + KEYS).contains(&expires) {
            return Err(CallError::Refused("invalid_request_error".into()));
        }
        let id = self.add(&ask.payment, ask.amount, Some(ask), OPEN, now);
        self.keys.insert(ask.key.clone(), Known { at: now, answer: Ok(id) });
        let link = &mut self.refunds.last_mut().unwrap().1;
        let address = Some(format!("https://checkout.example/{}", link.id));
        link.link = Some(LinkAt { address, expires, ..LinkAt::default() });
        Ok(link.clone())
    }

    fn send(&mut self, ask: &Ask, now: u64, random: &mut Random) -> Result<Refund, CallError> {
        self.keys.retain(|_, known| now.saturating_sub(known.at) < KEYS);
        if let Some(known) = self.keys.get(&ask.key) {
            let id = known.answer.clone()?;
            return Ok(self.refunds.iter().find(|(_, refund)| refund.id == id).unwrap().1.clone());
        }
        if let Deed::Link(link) = &ask.deed {
            return self.make_link(ask, link.expires.unwrap_or_default(), now);
        }
        if ask.deed.is_charge() {
            self.charges = true;
            let (status, reason) = match random.below(100) {
                0..55 => ("succeeded", None),
                55..70 => ("processing", None),
                70..85 => (DECLINED, Some("insufficient_funds")),
                _ => (DECLINED, Some("authentication_required")),
            };
            let id = self.add(&ask.payment, ask.amount, Some(ask), status, now);
            self.keys.insert(ask.key.clone(), Known { at: now, answer: Ok(id) });
            let charge = &mut self.refunds.last_mut().unwrap().1;
            charge.reason = reason.map(str::to_owned);
            return Ok(charge.clone());
        }
        let left = self.left.entry(ask.payment.clone()).or_default();
        // A refusal of this kind is not kept with the key.
        *left = left.checked_sub(ask.amount).ok_or(CallError::Refused("charge_already_refunded".into()))?;
        let status = if random.percent(60) { "succeeded" } else { "pending" };
        let id = self.add(&ask.payment, ask.amount, Some(ask), status, now);
        self.keys.insert(ask.key.clone(), Known { at: now, answer: Ok(id) });
        Ok(self.refunds.last().unwrap().1.clone())
    }
}

pub fn failed(call: &Call) -> Outcome {
    match call {
        Call::Payment(_) => Outcome::Payment(Err(unknown())),
        Call::List(_) | Call::Charges(_) | Call::Links(_) => Outcome::Listed(Err(unknown())),
        Call::Send(_) => Outcome::Sent(Err(unknown())),
        Call::Look(_) | Call::LookAtCharge(_) | Call::CancelCharge(_) | Call::LookAtLink(_) => {
            Outcome::Looked(Err(unknown()))
        }
        Call::Cancel(_) | Call::ExpireLink(_) => Outcome::Canceled(Err(unknown())),
    }
}
