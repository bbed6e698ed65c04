//! Signing in, and what the endpoint has of this device's chains.

use crate::client::doing::{Doing, Moment, Session};
use crate::client::effect::{Effect, Method};
use crate::client::machine::Client;
use crate::client::status::State;
use crate::head::ChainHead;
use crate::key::Signature;
use crate::statement;
use crate::wire::limits::{PROTOCOL, SKEW_SHOWN_MILLIS};
use crate::wire::{self, AskSession, Challenge, Challenged};

impl Client {
    pub(super) fn ask_session(&mut self) -> Vec<Effect> {
        let ask = self.session_request(None);
        self.send(Method::Post, "/v1/session".into(), ask, Doing::Challenge)
    }

    fn session_request(&self, proof: Option<(Challenge, Signature)>) -> String {
        let ask = AskSession {
            protocol: PROTOCOL,
            shop: self.start.shop.clone(),
            device: self.start.device.clone(),
            bearer: self.start.bearer,
            challenge: proof.map(|(challenge, _)| challenge),
            signature: proof.map(|(_, signature)| signature),
        };
        // Texts, numbers and digits: this cannot fail, and an empty body would be refused.
        serde_json::to_string(&ask).unwrap_or_default()
    }

    pub(super) fn challenged(&mut self, Challenged { challenge }: Challenged) -> Vec<Effect> {
        let (origin, shop, device) = (&self.start.origin, &self.start.shop, &self.start.device);
        let statement = statement::session(origin, shop, device, challenge);
        let ticket = self.opens(Doing::Signing(challenge));
        vec![Effect::Sign { ticket, statement }]
    }

    pub(super) fn signed(&mut self, signature: Option<Signature>, moment: Moment) -> Vec<Effect> {
        let Doing::Signing(challenge) = self.doing else { return Vec::new() };
        let Some(signature) = signature else { return self.fails(State::NotAnswering, moment) };
        let ask = self.session_request(Some((challenge, signature)));
        self.send(Method::Post, "/v1/session".into(), ask, Doing::Proving)
    }

    pub(super) fn signed_in(&mut self, session: wire::Session, moment: Moment) -> Vec<Effect> {
        let wire::Session { token, time, revoked, epoch, chains, .. } = session;
        self.session = Some(Session { token, used: false });
        self.skew = skew(moment.now, time);
        self.saved.revoked = revoked;
        self.caught_up = false;
        self.astray = self.saved.cursor.epoch.is_some_and(|known| known != epoch);
        self.hear_of_own(&chains);
        self.next_anyway(moment)
    }

    /// Compares what the endpoint has of this device's chains with what is known here. A chain that is shorter there
    /// than what was acknowledged is sent again from there; one that is longer there than here goes on as a new chain.
    pub(super) fn hear_of_own(&mut self, heads: &[ChainHead]) {
        let of_device = || heads.iter().filter(|head| head.device == self.start.device);
        let there = |chain: u32| of_device().filter(|head| head.chain == chain).map(|head| head.seq).max();
        let highest = of_device().map(|head| head.chain).max().unwrap_or_default();
        let current = self.saved.chains.last().copied();
        if let Some(own) = current.filter(|own| own.end.is_none()) {
            let written = self.written.get(&own.chain).copied().unwrap_or_default();
            let is_longer = there(own.chain).is_some_and(|seq| seq > written);
            if is_longer {
                self.lost = Some((own.chain, highest.max(own.chain)));
            }
        }
        let lowered: Vec<u64> =
            self.saved.chains.iter().map(|own| own.acked.min(there(own.chain).unwrap_or_default())).collect();
        for (own, acked) in self.saved.chains.iter_mut().zip(lowered) {
            own.acked = acked;
        }
    }
}

/// How far `now` is ahead of the endpoint's time, if that is worth telling.
fn skew(now: u64, time: u64) -> Option<i64> {
    (now.abs_diff(time) > SKEW_SHOWN_MILLIS).then(|| {
        let ahead = i64::try_from(now.abs_diff(time)).unwrap_or(i64::MAX);
        if now > time { ahead } else { -ahead }
    })
}
