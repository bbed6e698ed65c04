//! Who acts on this device: coming in with a PIN, locking, and coming back.

use super::handle::Session;
use super::signals::set_if_changed;
use super::state::ThisDevice;
use crate::device::device_store::DeviceStore;
use crate::device::people::{People, is_member};
use crate::device::{clock, pin};
use crate::store::Fault;
use ledger::entry::Role;
use ledger::id::Id;
use ledger::money::Money;
use ledger::shop::Shop;
use leptos::prelude::*;
use std::sync::Arc;

/// What came of coming in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// They act from now on, and nothing is locked.
    SignedIn,
    /// It is another PIN.
    WrongPin,
    /// Too many were wrong: not before [`Session::pin_wait`] is over.
    Wait,
    /// He has no PIN on this device, and it is locked.
    NoPin,
}

impl Session {
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
    pub async fn sign_in(self, member: &Id, typed: &str) -> Result<SignIn, Fault> {
        let Some((shop, people)) = self.current_people() else { return Ok(SignIn::WrongPin) };
        if !is_member(&shop, member) {
            return Ok(SignIn::WrongPin);
        }
        if self.pin_wait(member) > 0 {
            return Ok(SignIn::Wait);
        }
        let Some(stored) = people.pins.get(member).cloned() else {
            if people.is_locked() {
                return Ok(SignIn::NoPin);
            }
            self.change_people(|people| People { actor: Some(member.clone()), ..people });
            return Ok(SignIn::SignedIn);
        };
        self.change_people(|people| people.with_try(member, clock::now()));
        if !pin::is_right(typed, &stored).await? {
            return Ok(if self.pin_wait(member) > 0 { SignIn::Wait } else { SignIn::WrongPin });
        }
        self.note_activity();
        self.change_people(|people| people.signed_in(member));
        Ok(SignIn::SignedIn)
    }

    /// Milliseconds until a member's PIN may be tried again.
    #[must_use]
    pub fn pin_wait(self, member: &Id) -> u64 {
        self.current_people().map_or(0, |(_, people)| people.pin_wait(member, clock::now()))
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
        let stored = self.change_people(|people| people.with_pin(member, Some(hash)));
        if stored { Ok(()) } else { Err(Fault::Full) }
    }

    /// Takes a member's PIN away.
    pub fn remove_pin(self, member: &Id) {
        self.change_people(|people| people.with_pin(member, None));
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
    pub fn report_forgotten_pin(self) {
        self.change_people(|people| People {
            forgotten: people.forgotten.or_else(|| Some(clock::now())),
            ..people
        });
    }

    /// Milliseconds until an admin may come in without a PIN; `None` when nobody asked for it.
    #[must_use]
    pub fn unlocks_in(self) -> Option<u64> {
        let at = self.people.with(|people| people.unlocks_at())?;
        Some(at.saturating_sub(clock::now()))
    }

    /// An admin comes in whose PIN was forgotten a day ago; he has none afterwards. Does nothing before.
    pub fn sign_in_without_pin(self, member: &Id) {
        let Some((shop, people)) = self.current_people() else { return };
        let is_admin = shop.staff.get(member).is_some_and(|member| member.role == Role::Admin);
        if is_admin && people.unlocks_at().is_some_and(|at| at <= clock::now()) {
            self.note_activity();
            self.change_people(|people| people.with_pin(member, None).signed_in(member));
        }
    }

    /// Reads anew what this device knows of its people: another tab may have locked it.
    pub(super) fn reload_people(self) {
        if let Some((shop, people)) = self.current_people() {
            self.publish_people(&shop, people);
        }
    }

    /// Locks when nobody has touched any tab for long enough.
    pub(super) fn lock_when_idle(self) {
        let Some((_, people)) = self.current_people() else { return };
        let (now, touched) = (clock::now(), DeviceStore(&self.name()).last_activity());
        if !people.is_locked() && people.is_idle(&self.actor(), touched.unwrap_or(now), now) {
            self.lock();
        }
    }

    /// Whether a key of the browser's store tells something new of this book's people.
    pub(super) fn is_change(self, key: &str) -> bool {
        DeviceStore(&self.name()).is_change(key)
    }

    /// Notes that somebody is here.
    pub(super) fn note_activity(self) {
        DeviceStore(&self.name()).note_activity(clock::now());
    }

    /// A book of that name was opened: who acts on it, and the door as it was left.
    pub(super) fn show_device(self, name: &str, shop: &Shop, device: ThisDevice) {
        let people = DeviceStore(name).people(shop, device.example);
        self.this_device.try_set(device);
        self.publish_people(shop, people);
    }

    fn publish_people(self, shop: &Shop, people: People) {
        let actor = people.acting(shop).unwrap_or_else(|| ThisDevice::default().actor);
        if self.this_device.try_with_untracked(|device| device.actor != actor) == Some(true) {
            self.this_device.try_update(|device| device.actor = actor);
        }
        set_if_changed(self.people, Arc::new(people));
    }

    /// Changes what is kept, as it stands now in any tab. False when the browser did not keep it.
    pub(super) fn change_people(self, change: impl FnOnce(People) -> People) -> bool {
        let Some((shop, before)) = self.current_people() else { return false };
        let after = change(before.clone());
        let stored = DeviceStore(&self.name()).save(&before, &after);
        self.publish_people(&shop, after);
        stored
    }

    fn current_people(self) -> Option<(Arc<Shop>, People)> {
        let shop = self.shop.try_get_untracked().flatten()?;
        let example = self.this_device.try_with_untracked(|device| device.example)?;
        let people = DeviceStore(&self.name()).people(&shop, example);
        Some((shop, people))
    }

    fn actor(self) -> Id {
        self.this_device
            .try_with_untracked(|device| device.actor.clone())
            .unwrap_or_else(|| ThisDevice::default().actor)
    }
}
