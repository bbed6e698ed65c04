//! What this device knows of the people at it: who acts, who has a PIN here, and whether it is locked.
//!
//! It stands beside the book, never in it: backups of the journal are handed around, and four digits behind however
//! slow a hash are guessed in an hour by whoever holds them.

use indexmap::IndexMap;
use ledger::entry::Role;
use ledger::id::Id;
use ledger::shop::Shop;

/// How often a PIN may be wrong before the next try has to wait.
const FREE: u32 = 3;
/// Seconds of the first wait; every further wrong PIN doubles it.
const FIRST_WAIT: u64 = 5;
/// The longest wait in seconds: the counter has to open again for whoever knows the PIN.
const LONGEST_WAIT: u64 = 300;
/// Milliseconds after which a lock whose PIN was forgotten opens without it.
const FORGOTTEN: u64 = 24 * 3_600_000;
/// Minutes without a touch after which a shop's counter locks unless somebody chose otherwise.
pub const LOCKS_AFTER: u32 = 5;

/// The people of one shop as one device knows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// Who acted last.
    pub actor: Option<Id>,
    /// Salted, slow hashes of the PINs.
    pub pins: IndexMap<Id, String>,
    /// Minutes without a touch after which it locks; 0: never.
    pub lock_after: u32,
    /// Whether somebody locked it; see [`People::is_locked`].
    pub locked: bool,
    /// The wrong PINs since one was right, by member: whoever knows one PIN gets no further tries at another's.
    pub tries: IndexMap<Id, Tries>,
    /// When somebody said at the lock that the PIN is forgotten, in milliseconds since 1970.
    pub forgotten: Option<u64>,
}

/// Wrong PINs of one member.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    /// How many since one was right.
    pub wrong: u32,
    /// Until when the next one waits, in milliseconds since 1970.
    pub until: u64,
}

impl People {
    /// Whether somebody has a PIN on this device.
    #[must_use]
    pub fn has_pin(&self, member: &Id) -> bool {
        self.pins.contains_key(member)
    }

    /// Whether it is locked. Without any PIN nobody could come back, so it never is.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.locked && !self.pins.is_empty()
    }

    /// Who acts: who acted last, else the owner, else the first admin; an owner who has no name among the staff comes
    /// after an admin who has one. `None` only in a shop without either: nobody who is neither owner nor staff acts.
    #[must_use]
    pub fn acting(&self, shop: &Shop) -> Option<Id> {
        let first = || shop.staff.values().find(|member| member.role == Role::Admin);
        let last = self.actor.clone().filter(|actor| is_member(shop, actor));
        let owner = || shop.owner.clone();
        let named = || owner().filter(|owner| shop.staff.contains_key(owner));
        last.or_else(named).or_else(|| first().map(|member| member.id.clone())).or_else(owner)
    }

    /// Milliseconds until a member's PIN may be tried again. Never more than its step has, whatever the clock did
    /// meanwhile.
    #[must_use]
    pub fn pin_wait(&self, member: &Id, now: u64) -> u64 {
        let tries = self.tries.get(member).copied().unwrap_or_default();
        tries.until.saturating_sub(now).min(wait_after(tries.wrong))
    }

    /// Counts a try. It is counted before the PIN is compared, so that closing the page gives none back.
    #[must_use]
    pub fn with_try(mut self, member: &Id, now: u64) -> Self {
        let tries = self.tries.entry(member.clone()).or_default();
        tries.wrong = tries.wrong.saturating_add(1);
        tries.until = now.saturating_add(wait_after(tries.wrong));
        self
    }

    /// Somebody came in with the right PIN.
    #[must_use]
    pub fn signed_in(mut self, member: &Id) -> Self {
        self.tries.shift_remove(member);
        Self { actor: Some(member.clone()), locked: false, forgotten: None, ..self }
    }

    /// Somebody has a new PIN, or none any more.
    #[must_use]
    pub fn with_pin(mut self, member: &Id, hash: Option<String>) -> Self {
        self.tries.shift_remove(member);
        match hash {
            Some(hash) => self.pins.insert(member.clone(), hash),
            None => self.pins.shift_remove(member),
        };
        self
    }

    /// Whether it should lock: nobody touched it for long enough, and who acts can come back.
    #[must_use]
    pub fn is_idle(&self, actor: &Id, touched: u64, now: u64) -> bool {
        let after = u64::from(self.lock_after) * 60_000;
        after > 0 && self.has_pin(actor) && now.saturating_sub(touched) >= after
    }

    /// When the lock opens without a PIN, in milliseconds since 1970; `None` when nobody said that it is forgotten.
    #[must_use]
    pub fn unlocks_at(&self) -> Option<u64> {
        self.forgotten.map(|said| said.saturating_add(FORGOTTEN))
    }
}

/// Whether somebody is the owner or of the staff.
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
            let member =
                Member { id: id(name), name: (*name).into(), role: *role, pin: None, grants: Vec::new() };
            (id(name), member)
        };
        Shop { owner: owner.map(id), staff: staff.iter().map(member).collect(), ..Shop::default() }
    }

    #[test]
    fn nobody_acts_who_does_not_belong() {
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
            "no clerk by accident"
        );
        let old = shop(None, &[("bob", Role::Clerk), ("eve", Role::Admin)]);
        assert_eq!(People::default().acting(&old), Some(id("eve")));
    }

    #[test]
    fn waits_grow_and_end() {
        let (ana, bob) = (id("ana"), id("bob"));
        let mut people = People::default();
        let mut waits = Vec::new();
        for _ in 0..12 {
            people = people.with_try(&ana, 1_000);
            waits.push(people.pin_wait(&ana, 1_000) / 1_000);
        }
        assert_eq!(waits, [0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300, 300]);
        assert_eq!(people.pin_wait(&ana, 301_000), 0);
        assert_eq!(people.pin_wait(&ana, 0), 300_000, "a clock put back makes no wait longer");
        assert_eq!(people.pin_wait(&bob, 1_000), 0);
        assert_eq!(people.clone().signed_in(&bob).pin_wait(&ana, 1_000), 300_000, "one PIN opens one door");
        assert_eq!(people.signed_in(&ana).pin_wait(&ana, 1_000), 0);
    }

    #[test]
    fn only_who_can_come_back_is_locked_out() {
        let mut people = People { lock_after: 5, ..People::default() };
        assert!(!people.is_idle(&id("ana"), 0, 300_000), "no PIN, no way back");
        people.pins.insert(id("ana"), "hash".into());
        assert!(people.is_idle(&id("ana"), 0, 300_000));
        assert!(!people.is_idle(&id("ana"), 1, 300_000));
        assert!(!people.is_idle(&id("ana"), 400_000, 300_000), "a clock put back");
        people.lock_after = 0;
        assert!(!people.is_idle(&id("ana"), 0, u64::MAX));
        people.locked = true;
        assert!(people.is_locked());
        people.pins.clear();
        assert!(!people.is_locked());
    }

    #[test]
    fn a_forgotten_pin_opens_after_a_day() {
        let people = People { forgotten: Some(1_000), ..People::default() };
        assert_eq!(people.unlocks_at(), Some(86_401_000));
        assert_eq!(people.signed_in(&id("ana")).unlocks_at(), None);
    }
}
