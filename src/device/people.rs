//! The people at this device: the signed-in person, the PINs, and the lock.
//!
//! They are stored outside the journal: backups of the journal are passed on, and a hash of a four-digit PIN is broken
//! within an hour, however slow the hash is.

use indexmap::IndexMap;
use ledger::entry::Role;
use ledger::id::Id;
use ledger::shop::Shop;
use std::fmt;

/// The number of wrong PINs before the next attempt has to wait.
const FREE: u32 = 3;
/// The first wait in seconds; every further wrong PIN doubles it.
const FIRST_WAIT: u64 = 5;
/// The longest wait in seconds, so that a person who knows the PIN can unlock the counter in reasonable time.
const LONGEST_WAIT: u64 = 300;
/// Milliseconds after a PIN was reported as forgotten until the lock opens without it.
const FORGOTTEN: u64 = 24 * 3_600_000;
/// The default number of minutes without input until the counter of a real shop locks.
pub const LOCKS_AFTER: u32 = 5;

/// The people of one shop on one device.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct People {
    /// The person who signed in last.
    pub actor: Option<Id>,
    /// Salted, slow hashes of the PINs.
    pub pins: IndexMap<Id, String>,
    /// Minutes without input until it locks; 0: never.
    pub lock_after: u32,
    /// Whether the lock was closed; see [`People::is_locked`].
    pub locked: bool,
    /// The wrong PINs of each person since the last right one. They are counted per person, so that one known PIN gives
    /// no further attempts at another one.
    pub tries: IndexMap<Id, Tries>,
    /// When the PIN was reported as forgotten on the lock screen, in milliseconds since 1970.
    pub forgotten: Option<u64>,
}

/// Without the hashes of the PINs: one of four digits is broken within an hour.
impl fmt::Debug for People {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pins: Vec<_> = self.pins.keys().collect();
        let mut text = f.debug_struct("People");
        text.field("actor", &self.actor).field("pins", &pins).field("locked", &self.locked);
        text.field("tries", &self.tries).finish_non_exhaustive()
    }
}

/// The wrong PINs of one person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    /// The number since the last right one.
    pub wrong: u32,
    /// The time of the next attempt, in milliseconds since 1970.
    pub until: u64,
}

impl People {
    /// Whether a person has a PIN on this device.
    #[must_use]
    pub fn has_pin(&self, member: &Id) -> bool {
        self.pins.contains_key(member)
    }

    /// Whether it is locked. It never is without any PIN, because no one could unlock it.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.locked && !self.pins.is_empty()
    }

    /// The signed-in person: the one who signed in last, else the owner, else the first admin. An owner who is not on the
    /// staff list comes after an admin who is. `None` only in a shop without owner and admins.
    #[must_use]
    pub fn acting(&self, shop: &Shop) -> Option<Id> {
        let first = || shop.staff.values().find(|member| member.role == Role::Admin);
        let last = self.actor.clone().filter(|actor| is_member(shop, actor));
        let owner = || shop.owner.clone();
        let named = || owner().filter(|owner| shop.staff.contains_key(owner));
        last.or_else(named).or_else(|| first().map(|member| member.id.clone())).or_else(owner)
    }

    /// Milliseconds until the next attempt at a person's PIN. Limited to the wait of the present step, in case the clock was
    /// set back.
    #[must_use]
    pub fn pin_wait(&self, member: &Id, now: u64) -> u64 {
        let tries = self.tries.get(member).copied().unwrap_or_default();
        tries.until.saturating_sub(now).min(wait_after(tries.wrong))
    }

    /// Counts an attempt. It is counted before the PIN is compared, so that closing the page does not reset the count.
    #[must_use]
    pub fn with_try(mut self, member: &Id, now: u64) -> Self {
        let tries = self.tries.entry(member.clone()).or_default();
        tries.wrong = tries.wrong.saturating_add(1);
        tries.until = now.saturating_add(wait_after(tries.wrong));
        self
    }

    /// After the right PIN was given.
    #[must_use]
    pub fn without_tries(mut self, member: &Id) -> Self {
        self.tries.shift_remove(member);
        self
    }

    /// After a person signed in with the right PIN.
    #[must_use]
    pub fn signed_in(mut self, member: &Id) -> Self {
        self.tries.shift_remove(member);
        Self { actor: Some(member.clone()), locked: false, forgotten: None, ..self }
    }

    /// After a person got a new PIN, or their PIN was removed.
    #[must_use]
    pub fn with_pin(mut self, member: &Id, hash: Option<String>) -> Self {
        self.tries.shift_remove(member);
        match hash {
            Some(hash) => self.pins.insert(member.clone(), hash),
            None => self.pins.shift_remove(member),
        };
        self
    }

    /// Whether it should lock: there was no input for long enough, and the signed-in person has a PIN to unlock it.
    #[must_use]
    pub fn is_idle(&self, actor: &Id, touched: u64, now: u64) -> bool {
        let after = u64::from(self.lock_after) * 60_000;
        after > 0 && self.has_pin(actor) && now.saturating_sub(touched) >= after
    }

    /// When the lock opens without a PIN, in milliseconds since 1970; `None` when no PIN was reported as forgotten.
    #[must_use]
    pub fn unlocks_at(&self) -> Option<u64> {
        self.forgotten.map(|said| said.saturating_add(FORGOTTEN))
    }
}

/// Whether an id is that of the owner or of a member of staff.
#[must_use]
pub fn is_member(shop: &Shop, id: &Id) -> bool {
    shop.owner.as_ref() == Some(id) || shop.staff.contains_key(id)
}

/// Milliseconds to wait after that many wrong PINs.
fn wait_after(wrong: u32) -> u64 {
    let doubled = wrong.checked_sub(FREE).map(|times| FIRST_WAIT << times.min(10));
    doubled.unwrap_or_default().min(LONGEST_WAIT) * 1_000
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ledger::shop::Member;

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    fn shop(owner: Option<&str>, staff: &[(&str, Role)]) -> Shop {
        let member = |(name, role): &(&str, Role)| {
            let member = Member {
                id: id(name),
                name: (*name).into(),
                role: *role,
                pin: None,
                left: false,
                grants: Vec::new(),
            };
            (id(name), member)
        };
        Shop { owner: owner.map(id), staff: staff.iter().map(member).collect(), ..Shop::default() }
    }

    #[test]
    fn only_the_owner_or_staff_are_signed_in() {
        let people = |actor| People { actor: Some(id(actor)), ..People::default() };
        let here = shop(Some("ana"), &[("ana", Role::Admin), ("bob", Role::Clerk)]);
        assert_eq!(people("bob").acting(&here), Some(id("bob")));
        assert_eq!(people("mallory").acting(&here), Some(id("ana")));
        assert_eq!(People::default().acting(&here), Some(id("ana")));
        let unnamed = shop(Some("ana"), &[("bob", Role::Clerk)]);
        assert_eq!(People::default().acting(&unnamed), Some(id("ana")), "the owner, also without a name");
        let apart = shop(Some("owner"), &[("ana", Role::Admin), ("bob", Role::Clerk)]);
        assert_eq!(People::default().acting(&apart), Some(id("ana")), "an admin with a name before that");
        assert_eq!(
            People::default().acting(&shop(None, &[("bob", Role::Clerk)])),
            None,
            "a clerk is never signed in without choosing"
        );
        let old = shop(None, &[("bob", Role::Clerk), ("eve", Role::Admin)]);
        assert_eq!(People::default().acting(&old), Some(id("eve")));
    }

    #[test]
    fn waits_double_up_to_the_longest_and_reset() {
        let (ana, bob) = (id("ana"), id("bob"));
        let mut people = People::default();
        let mut waits = Vec::new();
        for _ in 0..12 {
            people = people.with_try(&ana, 1_000);
            waits.push(people.pin_wait(&ana, 1_000) / 1_000);
        }
        assert_eq!(waits, [0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300, 300]);
        assert_eq!(people.pin_wait(&ana, 301_000), 0);
        assert_eq!(people.pin_wait(&ana, 0), 300_000, "a clock that was set back makes no wait longer");
        assert_eq!(people.pin_wait(&bob, 1_000), 0);
        assert_eq!(
            people.clone().signed_in(&bob).pin_wait(&ana, 1_000),
            300_000,
            "a right PIN clears only the tries of its own person"
        );
        assert_eq!(people.signed_in(&ana).pin_wait(&ana, 1_000), 0);
    }

    #[test]
    fn the_debug_text_has_no_hash() {
        let people = People::default().with_pin(&id("ana"), Some("pbkdf2-secret".into()));
        let text = format!("{people:?}");
        assert!(text.contains("ana") && !text.contains("secret"), "{text}");
    }

    #[test]
    fn the_counter_locks_only_when_a_pin_can_unlock_it() {
        let mut people = People { lock_after: 5, ..People::default() };
        assert!(!people.is_idle(&id("ana"), 0, 300_000), "without a PIN it could not be unlocked");
        people.pins.insert(id("ana"), "hash".into());
        assert!(people.is_idle(&id("ana"), 0, 300_000));
        assert!(!people.is_idle(&id("ana"), 1, 300_000));
        assert!(!people.is_idle(&id("ana"), 400_000, 300_000), "the clock was set back");
        people.lock_after = 0;
        assert!(!people.is_idle(&id("ana"), 0, u64::MAX));
        people.locked = true;
        assert!(people.is_locked());
        people.pins.clear();
        assert!(!people.is_locked());
    }

    #[test]
    fn the_lock_opens_a_day_after_a_pin_was_reported_forgotten() {
        let people = People { forgotten: Some(1_000), ..People::default() };
        assert_eq!(people.unlocks_at(), Some(86_401_000));
        assert_eq!(people.signed_in(&id("ana")).unlocks_at(), None);
    }
}
