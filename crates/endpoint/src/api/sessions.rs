//! Challenges and sessions. They are in memory: after a start, devices sign in again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sync::wire::Challenge;
use sync::wire::limits::CHALLENGE_MILLIS;

use crate::api::signing::{digest, random};
use crate::store::Fault;

/// How long a session lasts, in seconds.
pub const SESSION_SECONDS: u32 = 3600;

/// The most open challenges, and the most sessions; beyond, the oldest ends.
const MOST: usize = 10_000;

/// Who has a session.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// The shop.
    pub shop: String,
    /// The device.
    pub device: String,
}

/// Open challenges and sessions.
#[derive(Debug, Default)]
pub struct Sessions {
    challenges: Mutex<Timed>,
    /// By the SHA-256 of their tokens.
    sessions: Mutex<Timed>,
}

/// Members by key, each until a time.
#[derive(Debug, Default)]
struct Timed {
    members: BTreeMap<[u8; 32], (u64, Member)>,
    ends: BTreeSet<(u64, [u8; 32])>,
}

impl Sessions {
    /// A challenge for a device, whether it exists or not.
    ///
    /// # Errors
    /// A system without random bytes.
    pub fn challenge(&self, member: Member, now: u64) -> Result<Challenge, Fault> {
        let challenge = random()?;
        lock(&self.challenges).put(challenge, member, now, CHALLENGE_MILLIS);
        Ok(Challenge(challenge))
    }

    /// Takes a challenge back: it is answered once. Whether it was given to this device.
    pub fn take_challenge(&self, challenge: &Challenge, member: &Member, now: u64) -> bool {
        lock(&self.challenges).take(&challenge.0, now).is_some_and(|given_to| given_to == *member)
    }

    /// Begins a session, and returns its token.
    ///
    /// # Errors
    /// A system without random bytes.
    pub fn begin(&self, member: Member, now: u64) -> Result<String, Fault> {
        let token = Challenge(random()?).to_string();
        let millis = u64::from(SESSION_SECONDS) * 1000;
        lock(&self.sessions).put(digest(token.as_bytes()), member, now, millis);
        Ok(token)
    }

    /// Who has the session with this token.
    pub fn member(&self, token: &str, now: u64) -> Option<Member> {
        lock(&self.sessions).get(&digest(token.as_bytes()), now)
    }
}

impl Timed {
    fn put(&mut self, key: [u8; 32], member: Member, now: u64, millis: u64) {
        while self.members.len() >= MOST || self.ends.first().is_some_and(|(end, _)| *end <= now) {
            let Some((_, oldest)) = self.ends.pop_first() else { break };
            self.members.remove(&oldest);
        }
        let end = now.saturating_add(millis);
        self.ends.insert((end, key));
        self.members.insert(key, (end, member));
    }

    fn get(&self, key: &[u8; 32], now: u64) -> Option<Member> {
        self.members.get(key).filter(|(end, _)| now < *end).map(|(_, member)| member.clone())
    }

    fn take(&mut self, key: &[u8; 32], now: u64) -> Option<Member> {
        let (end, member) = self.members.remove(key)?;
        self.ends.remove(&(end, *key));
        (now < end).then_some(member)
    }
}

fn lock(mutex: &Mutex<Timed>) -> MutexGuard<'_, Timed> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(device: &str) -> Member {
        Member { shop: "s1".into(), device: device.into() }
    }

    #[test]
    fn a_challenge_is_answered_once_in_time_and_by_its_device() {
        let sessions = Sessions::default();
        let [first, second, third] = [0; 3].map(|now| sessions.challenge(member("d1"), now).unwrap());
        assert!(sessions.take_challenge(&first, &member("d1"), CHALLENGE_MILLIS - 1));
        assert!(!sessions.take_challenge(&first, &member("d1"), 1));
        assert!(!sessions.take_challenge(&second, &member("d2"), 1));
        assert!(!sessions.take_challenge(&third, &member("d1"), CHALLENGE_MILLIS));
    }

    #[test]
    fn a_session_ends() {
        let sessions = Sessions::default();
        let token = sessions.begin(member("d1"), 0).unwrap();
        let end = u64::from(SESSION_SECONDS) * 1000;
        assert_eq!(sessions.member(&token, end - 1), Some(member("d1")));
        assert_eq!(sessions.member(&token, end), None);
        assert_eq!(sessions.member("", 0), None);
    }

    #[test]
    fn open_challenges_take_bounded_memory() {
        let sessions = Sessions::default();
        let first = sessions.challenge(member("d1"), 0).unwrap();
        for now in 1..=MOST as u64 {
            sessions.challenge(member("d1"), now.min(50)).unwrap();
        }
        let challenges = lock(&sessions.challenges);
        assert_eq!((challenges.members.len(), challenges.ends.len()), (MOST, MOST));
        assert!(!challenges.members.contains_key(&first.0));
    }
}
