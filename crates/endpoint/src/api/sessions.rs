//! Challenges and sessions. Both are texts that the endpoint has authenticated, and it keeps none of them: another endpoint over the
//! same store, which has the same key, knows them too, and so does this one after a restart.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sync::wire::Challenge;
use sync::wire::limits::CHALLENGE_MILLIS;

use crate::api::signing::random;
use crate::store::Fault;

/// How long a session lasts, in seconds.
pub const SESSION_SECONDS: u32 = 3600;

/// The most answered challenges that are remembered; beyond, the oldest is forgotten.
const MOST: usize = 10_000;

/// Who has a session.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// The shop.
    pub shop: String,
    /// The device.
    pub device: String,
}

/// Gives out challenges and sessions, and knows them again.
#[derive(Debug)]
pub struct Sessions {
    /// One block of the hash, as the code needs it.
    key: [u8; 64],
    /// The challenges that were answered here and have not ended, by their ends.
    answered: Mutex<BTreeSet<(u64, [u8; 32])>>,
}

impl Sessions {
    /// With the key that all endpoints over one store share.
    pub fn new(key: [u8; 32]) -> Self {
        let key = std::array::from_fn(|at| key.get(at).copied().unwrap_or(0));
        Self { key, answered: Mutex::new(BTreeSet::new()) }
    }

    /// A challenge for a device, whether it exists or not: the time, random bytes, and half a code of both.
    ///
    /// # Errors
    /// A system without random bytes.
    pub fn challenge(&self, member: &Member, now: u64) -> Result<Challenge, Fault> {
        let [mut stamp, code] = [[0; 16]; 2];
        let (time, rest) = stamp.split_at_mut(8);
        time.copy_from_slice(&now.to_be_bytes());
        rest.copy_from_slice(&random::<8>()?);
        let mut challenge = [stamp, code].concat();
        if let (Some(code), Some(whole)) =
            (challenge.get_mut(16..), self.code("challenge", member, &stamp).get(..16))
        {
            code.copy_from_slice(whole);
        }
        let bytes = challenge.try_into().map_err(|_| Fault::broken("a challenge of another length"))?;
        Ok(Challenge(bytes))
    }

    /// Takes a challenge back: it is answered once here. Whether an endpoint of this store gave it to this device.
    pub fn take_challenge(&self, challenge: &Challenge, member: &Member, now: u64) -> bool {
        let (stamp, code) = challenge.0.split_at(16);
        if self.mac("challenge", member, stamp).verify_truncated_left(code).is_err() {
            return false;
        }
        let time = stamp.first_chunk().map_or(0, |time| u64::from_be_bytes(*time));
        let end = time.saturating_add(CHALLENGE_MILLIS);
        // The clock of the endpoint that gave it out may be a little ahead.
        if now >= end || time > now.saturating_add(CHALLENGE_MILLIS) {
            return false;
        }
        let mut answered = self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        while answered.len() >= MOST || answered.first().is_some_and(|(end, _)| *end <= now) {
            answered.pop_first();
        }
        answered.insert((end, challenge.0))
    }

    /// Begins a session, and returns its token.
    pub fn begin(&self, member: &Member, now: u64) -> String {
        let end = now.saturating_add(u64::from(SESSION_SECONDS) * 1000);
        let [shop, device] = [&member.shop, &member.device].map(|id| hex(id.as_bytes()));
        let code = hex(&self.code("session", member, &end.to_be_bytes()));
        format!("{end:x}.{shop}.{device}.{code}")
    }

    /// Who has the session with this token.
    pub fn member(&self, token: &str, now: u64) -> Option<Member> {
        let mut parts = token.split('.');
        let end = u64::from_str_radix(parts.next()?, 16).ok()?;
        let mut id = || String::from_utf8(bytes(parts.next()?)?).ok();
        let member = Member { shop: id()?, device: id()? };
        let code = bytes(parts.next()?)?;
        self.mac("session", &member, &end.to_be_bytes()).verify_slice(&code).ok()?;
        (parts.next().is_none() && now < end).then_some(member)
    }

    fn code(&self, what: &str, member: &Member, with: &[u8]) -> [u8; 32] {
        self.mac(what, member, with).finalize().into_bytes().into()
    }

    /// The code of a challenge or a session. Each part comes after its length, so that no two lists of parts are alike.
    fn mac(&self, what: &str, member: &Member, with: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new(&self.key.into());
        for part in [what.as_bytes(), member.shop.as_bytes(), member.device.as_bytes(), with] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2 && !pair.starts_with('+'))?;
        u8::from_str_radix(pair, 16).ok()
    });
    digits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(device: &str) -> Member {
        Member { shop: "s1".into(), device: device.into() }
    }

    #[test]
    fn a_challenge_is_answered_once_in_time_and_by_its_device() {
        let sessions = Sessions::new([1; 32]);
        let [first, second, third] = [0; 3].map(|now| sessions.challenge(&member("d1"), now).unwrap());
        assert!(sessions.take_challenge(&first, &member("d1"), CHALLENGE_MILLIS - 1));
        assert!(!sessions.take_challenge(&first, &member("d1"), 1));
        assert!(!sessions.take_challenge(&second, &member("d1"), CHALLENGE_MILLIS));
        assert!(!sessions.take_challenge(&third, &member("d2"), 1));
        assert!(sessions.take_challenge(&third, &member("d1"), 1));
        let ahead = sessions.challenge(&member("d1"), 10 * CHALLENGE_MILLIS).unwrap();
        assert!(!sessions.take_challenge(&ahead, &member("d1"), 1));
    }

    #[test]
    fn a_session_ends_after_its_time() {
        let sessions = Sessions::new([1; 32]);
        let token = sessions.begin(&member("d1"), 0);
        let end = u64::from(SESSION_SECONDS) * 1000;
        assert_eq!(sessions.member(&token, end - 1), Some(member("d1")));
        assert_eq!(sessions.member(&token, end), None);
        assert_eq!(sessions.member("", 0), None);
    }

    #[test]
    fn endpoints_with_the_same_key_know_what_the_other_gave_out_and_no_others_do() {
        let [one, two, foreign] = [[1; 32], [1; 32], [2; 32]].map(Sessions::new);
        let (challenge, token) = (one.challenge(&member("d1"), 0).unwrap(), one.begin(&member("d1"), 0));
        assert!(!foreign.take_challenge(&challenge, &member("d1"), 1));
        assert!(two.take_challenge(&challenge, &member("d1"), 1));
        assert_eq!((two.member(&token, 1), foreign.member(&token, 1)), (Some(member("d1")), None));
    }

    #[test]
    fn a_changed_token_is_nobodys() {
        let sessions = Sessions::new([1; 32]);
        let token = sessions.begin(&member("d1"), 0);
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
            assert_eq!(sessions.member(&String::from_utf8(changed).unwrap(), 0), None, "{at}");
        }
        for other in [format!("{token}."), format!("{token}00"), token.replacen('.', "", 1)] {
            assert_eq!(sessions.member(&other, 0), None, "{other}");
        }
    }

    #[test]
    fn answered_challenges_take_bounded_memory() {
        let sessions = Sessions::new([1; 32]);
        for now in 0..=MOST as u64 {
            let challenge = sessions.challenge(&member("d1"), now.min(50)).unwrap();
            assert!(sessions.take_challenge(&challenge, &member("d1"), now.min(50)));
        }
        assert_eq!(sessions.answered.lock().unwrap().len(), MOST);
        let last = sessions.challenge(&member("d1"), 50 + CHALLENGE_MILLIS).unwrap();
        assert!(sessions.take_challenge(&last, &member("d1"), 50 + CHALLENGE_MILLIS));
        assert_eq!(sessions.answered.lock().unwrap().len(), 1);
    }
}
