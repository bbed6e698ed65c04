//! The people at this device: the signed-in person, the PINs, and the lock.
//!
//! They are stored outside the journal: backups of the journal are passed on, and a hash of a four-digit PIN is broken
//! within an hour, however slow the hash is.

use indexmap::IndexMap;
use ledger::entry::Role;
use ledger::id::Id;
use ledger::shop::Shop;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of wrong PINs before the next attempt has to wait.
const FREE: u32 = 3;
/// The first wait in seconds; every further wrong PIN doubles it.
const FIRST_WAIT: u64 = 5;
/// The longest wait in seconds, so that a person who knows the PIN can unlock the counter in reasonable time.
const LONGEST_WAIT: u64 = 300;
/// Milliseconds that the app has to be seen running, after a PIN was reported as forgotten, until the lock opens without it.
const FORGOTTEN: u64 = 24 * 3_600_000;
/// The most milliseconds that count between two looks at a running app. A longer time was spent asleep.
const LONGEST_LOOK: u64 = 90_000;
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
    /// How long the app was seen running since then, in milliseconds. The clock does not count: anyone can set it.
    pub ran: u64,
    /// The salted, slow hash of the recovery code.
    pub recovery: Option<String>,
    /// Who came in without a PIN, oldest first.
    pub bypasses: Vec<Bypass>,
}

/// Somebody came in without a PIN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bypass {
    /// The admin as whom they came in.
    pub member: Id,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// How.
    pub way: Way,
    /// The admin who has read it, and when.
    #[serde(default)]
    pub read: Option<(Id, u64)>,
}

/// A way in without a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// With the recovery code.
    Code,
    /// After waiting.
    Waited,
}

/// Without hashes: that of a PIN of four digits is broken within an hour.
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
        let first = || shop.staff.values().find(|member| member.role == Role::Admin && !member.left);
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
        Self { actor: Some(member.clone()), locked: false, forgotten: None, ran: 0, ..self }
    }

    /// After an admin came in without a PIN. Their PIN is removed, and the code that was used is used up.
    #[must_use]
    pub fn came_in(mut self, member: &Id, way: Way, at: u64) -> Self {
        self.bypasses.push(Bypass { member: member.clone(), at, way, read: None });
        if way == Way::Code {
            self.recovery = None;
        }
        self.with_pin(member, None).signed_in(member)
    }

    /// After an admin has read who came in without a PIN.
    #[must_use]
    pub fn with_bypasses_read(mut self, by: &Id, at: u64) -> Self {
        let unread = self.bypasses.iter_mut().filter(|bypass| bypass.read.is_none());
        unread.for_each(|bypass| bypass.read = Some((by.clone(), at)));
        self
    }

    /// After the PIN was reported as forgotten.
    #[must_use]
    pub fn with_forgotten(self, now: u64) -> Self {
        if self.forgotten.is_some() { self } else { Self { forgotten: Some(now), ran: 0, ..self } }
    }

    /// After the app was seen running once more. `since` is the time that `running` had at the last look of the same page,
    /// and the sum then; if another page has added to it meanwhile, this one does not, so that two pages do not count twice.
    #[must_use]
    pub fn seen_running(self, since: Option<(u64, u64)>, running: u64) -> Self {
        match since {
            Some((then, ran)) if ran == self.ran && self.forgotten.is_some() => {
                let more = running.saturating_sub(then).min(LONGEST_LOOK);
                Self { ran: ran.saturating_add(more), ..self }
            }
            Some(_) | None => self,
        }
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

    /// How long the app has still to be seen running until the lock opens without a PIN, in milliseconds; `None` when no PIN
    /// was reported as forgotten.
    #[must_use]
    pub fn unlocks_in(&self) -> Option<u64> {
        self.forgotten.map(|_| FORGOTTEN.saturating_sub(self.ran))
    }
}

/// Whether an id is that of the owner or of a member of staff who has not left.
#[must_use]
pub fn is_member(shop: &Shop, id: &Id) -> bool {
    shop.owner.as_ref() == Some(id) || shop.staff.get(id).is_some_and(|member| !member.left)
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
        let mut left = shop(None, &[("eve", Role::Admin), ("ana", Role::Admin)]);
        left.staff.iter_mut().take(1).for_each(|(_, member)| member.left = true);
        assert_eq!(people("eve").acting(&left), Some(id("ana")), "Eve does not work here any more");
        assert!(!is_member(&left, &id("eve")) && is_member(&left, &id("ana")));
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
        let people = People { recovery: Some("pbkdf2-secret".into()), ..People::default() };
        let people = people.with_pin(&id("ana"), Some("pbkdf2-secret".into()));
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

    /// Looks at the running app every five seconds, as often as given.
    fn seen(mut people: People, looks: u64) -> People {
        for look in 0..looks {
            let (then, ran) = (look * 5_000, people.ran);
            people = people.seen_running(Some((then, ran)), then + 5_000);
        }
        people
    }

    /// The clock is not asked at all: turning it forward a day changes nothing.
    #[test]
    fn the_lock_opens_after_a_day_in_which_the_app_was_seen_running() {
        assert_eq!(seen(People::default(), 9).ran, 0, "nobody waits");
        let people = People::default().with_forgotten(1_000);
        assert_eq!(people.unlocks_in(), Some(86_400_000));
        assert_eq!(people.clone().with_forgotten(86_401_000).unlocks_in(), Some(86_400_000));
        let people = seen(people, 17_279);
        assert_eq!(people.unlocks_in(), Some(5_000));
        assert_eq!(
            people.clone().with_forgotten(9_000).unlocks_in(),
            Some(5_000),
            "asking again is not needed"
        );
        let people = seen(people, 2);
        assert_eq!(people.unlocks_in(), Some(0));
        assert_eq!(people.clone().signed_in(&id("ana")).unlocks_in(), None);
        let again = people.signed_in(&id("ana")).with_forgotten(2_000);
        assert_eq!(again.unlocks_in(), Some(86_400_000), "it begins anew");
    }

    #[test]
    fn sleep_does_not_count_and_two_pages_do_not_count_twice() {
        let people = People::default().with_forgotten(1_000);
        assert_eq!(people.clone().seen_running(None, 86_400_000).ran, 0, "the first look of a page");
        assert_eq!(people.clone().seen_running(Some((0, 0)), 86_400_000).ran, 90_000);
        assert_eq!(people.clone().seen_running(Some((9_000, 0)), 0).ran, 0, "a page that was loaded again");
        let by_one = people.seen_running(Some((0, 0)), 5_000);
        assert_eq!(by_one.clone().seen_running(Some((0, 0)), 5_000).ran, 5_000, "the other page");
    }

    #[test]
    fn whoever_comes_in_without_a_pin_is_shown_until_an_admin_has_read_it() {
        let ana = id("ana");
        let start = People { recovery: Some("hash".into()), locked: true, ..People::default() };
        let start = start.with_pin(&ana, Some("pin".into())).with_forgotten(1);
        let by_code = start.clone().came_in(&ana, Way::Code, 77);
        assert_eq!((by_code.has_pin(&ana), by_code.locked, &by_code.recovery), (false, false, &None));
        assert_eq!(by_code.unlocks_in(), None);
        let waited = start.came_in(&ana, Way::Waited, 88);
        assert!(waited.recovery.is_some(), "the code was not used");
        let read = waited.with_bypasses_read(&id("bob"), 99);
        let all: Vec<_> = read.bypasses.iter().map(|each| (each.at, each.way, each.read.clone())).collect();
        assert_eq!(all, [(88, Way::Waited, Some((id("bob"), 99)))]);
        let again = read.came_in(&ana, Way::Code, 100).with_bypasses_read(&ana, 101);
        assert_eq!(
            again.bypasses.iter().filter_map(|each| each.read.clone()).map(|read| read.1).collect::<Vec<_>>(),
            [99, 101]
        );
    }
}
