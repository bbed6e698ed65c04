//! Who acts on this device: coming in with a PIN, locking, and coming back.

use super::browser::locker::Locker;
use super::browser::{clock, pin};
use super::people::{People, belongs};
use super::publish::tell;
use super::{Book, Here};
use crate::store::Fault;
use ledger::entry::Role;
use ledger::id::Id;
use ledger::money::Money;
use ledger::shop::Shop;
use leptos::prelude::*;
use std::sync::Arc;

/// What came of coming in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entrance {
    /// He acts from now on, and nothing is locked.
    In,
    /// It is another PIN.
    Wrong,
    /// Too many were wrong: not before [`Book::wait`] is over.
    Wait,
    /// He has no PIN on this device, and it is locked.
    NoPin,
}

impl Book {
    /// Who acts, who has a PIN here, whether it is locked.
    #[must_use]
    pub fn people(self) -> Signal<Arc<People>> {
        self.people.into()
    }

    /// Whether it is locked.
    #[must_use]
    pub fn locked(self) -> Memo<bool> {
        Memo::new(move |_| self.people.with(|people| people.is_locked()))
    }

    /// Somebody acts from now on, in every tab of this device. A PIN is asked for where he has one.
    ///
    /// # Errors
    /// When the browser has no cryptography to compare the PIN with; the try counts.
    pub async fn come_in(self, member: &Id, typed: &str) -> Result<Entrance, Fault> {
        let Some((shop, people)) = self.known_people() else { return Ok(Entrance::Wrong) };
        if !belongs(&shop, member) {
            return Ok(Entrance::Wrong);
        }
        if self.wait(member) > 0 {
            return Ok(Entrance::Wait);
        }
        let Some(kept) = people.pins.get(member).cloned() else {
            if people.is_locked() {
                return Ok(Entrance::NoPin);
            }
            self.change_people(|people| People { actor: Some(member.clone()), ..people });
            return Ok(Entrance::In);
        };
        self.change_people(|people| people.trying(member, clock::now()));
        if !pin::is_right(typed, &kept).await? {
            return Ok(if self.wait(member) > 0 { Entrance::Wait } else { Entrance::Wrong });
        }
        self.touch();
        self.change_people(|people| people.welcoming(member));
        Ok(Entrance::In)
    }

    /// Milliseconds until a member's PIN may be tried again.
    #[must_use]
    pub fn wait(self, member: &Id) -> u64 {
        self.known_people().map_or(0, |(_, people)| people.wait(member, clock::now()))
    }

    /// Locks every tab of this device, if who acts can come back.
    pub fn lock(self) {
        let actor = self.actor();
        self.change_people(|people| People { locked: people.has_pin(&actor), ..people });
    }

    /// Gives a member a PIN on this device, or another one.
    ///
    /// # Errors
    /// When the browser has no cryptography, or no room to keep it.
    pub async fn set_pin(self, member: &Id, typed: &str) -> Result<(), Fault> {
        let hash = pin::hash(typed).await?;
        let kept = self.change_people(|people| people.keyed(member, Some(hash)));
        if kept { Ok(()) } else { Err(Fault::Full) }
    }

    /// Takes a member's PIN away.
    pub fn drop_pin(self, member: &Id) {
        self.change_people(|people| people.keyed(member, None));
    }

    /// Minutes without a touch after which it locks; 0: never. Only an admin changes it.
    pub fn set_lock_after(self, minutes: u32) {
        let actor = self.actor();
        let may = |shop: &Arc<Shop>| shop.may(&actor, "staff.added", Money::ZERO);
        if !self.shop.with_untracked(|shop| shop.as_ref().is_some_and(may)) {
            return;
        }
        self.change_people(|people| People { lock_after: minutes, ..people });
    }

    /// Somebody at the lock has forgotten the PIN: from tomorrow an admin comes in without, unless somebody comes in
    /// with a PIN before.
    pub fn forget_pin(self) {
        self.change_people(|people| People {
            forgotten: people.forgotten.or_else(|| Some(clock::now())),
            ..people
        });
    }

    /// Milliseconds until an admin may come in without a PIN; `None` when nobody asked for it.
    #[must_use]
    pub fn opens_in(self) -> Option<u64> {
        let at = self.people.with(|people| people.opens_at())?;
        Some(at.saturating_sub(clock::now()))
    }

    /// An admin comes in whose PIN was forgotten a day ago; he has none afterwards. Does nothing before.
    pub fn come_in_without(self, member: &Id) {
        let Some((shop, people)) = self.known_people() else { return };
        let is_admin = shop.staff.get(member).is_some_and(|member| member.role == Role::Admin);
        if is_admin && people.opens_at().is_some_and(|at| at <= clock::now()) {
            self.touch();
            self.change_people(|people| people.keyed(member, None).welcoming(member));
        }
    }

    /// Reads anew what this device knows of its people: another tab may have locked it.
    pub(super) fn look_around(self) {
        if let Some((shop, people)) = self.known_people() {
            self.show_people(&shop, people);
        }
    }

    /// Locks when nobody has touched any tab for long enough.
    pub(super) fn look_left(self) {
        let Some((_, people)) = self.known_people() else { return };
        let (now, touched) = (clock::now(), Locker(&self.name()).touched());
        if !people.is_locked() && people.is_left(&self.actor(), touched.unwrap_or(now), now) {
            self.lock();
        }
    }

    /// Whether a key of the browser's store tells something new of this book's people.
    pub(super) fn is_news(self, key: &str) -> bool {
        Locker(&self.name()).is_news(key)
    }

    /// Notes that somebody is here.
    pub(super) fn touch(self) {
        Locker(&self.name()).touch(clock::now());
    }

    /// A book of that name was opened: who acts on it, and the door as it was left.
    pub(super) fn attend(self, name: &str, shop: &Shop, here: Here) {
        let people = Locker(name).people(shop, here.example);
        self.here.try_set(here);
        self.show_people(shop, people);
    }

    fn show_people(self, shop: &Shop, people: People) {
        let actor = people.acting(shop).unwrap_or_else(|| Here::default().actor);
        if self.here.try_with_untracked(|here| here.actor != actor) == Some(true) {
            self.here.try_update(|here| here.actor = actor);
        }
        tell(self.people, Arc::new(people));
    }

    /// Changes what is kept, as it stands now in any tab. False when the browser did not keep it.
    pub(super) fn change_people(self, change: impl FnOnce(People) -> People) -> bool {
        let Some((shop, before)) = self.known_people() else { return false };
        let after = change(before.clone());
        let kept = Locker(&self.name()).keep(&before, &after);
        self.show_people(&shop, after);
        kept
    }

    fn known_people(self) -> Option<(Arc<Shop>, People)> {
        let shop = self.shop.try_get_untracked().flatten()?;
        let example = self.here.try_with_untracked(|here| here.example)?;
        let people = Locker(&self.name()).people(&shop, example);
        Some((shop, people))
    }

    fn actor(self) -> Id {
        self.here.try_with_untracked(|here| here.actor.clone()).unwrap_or_else(|| Here::default().actor)
    }
}
