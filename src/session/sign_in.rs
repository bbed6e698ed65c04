//! Who acts on this device: signing in with a PIN, locking and unlocking.

use super::handle::Session;
use super::pin_check::{PinChange, PinCheck};
use super::signals::set_if_changed;
use super::state::ThisDevice;
use crate::device::device_store::DeviceStore;
use crate::device::people::{People, is_member};
use crate::device::right::DeviceRight;
use crate::device::{clock, pin};
use crate::forms::pin::Pin;
use crate::store::Fault;
use ledger::id::Id;
use ledger::shop::Shop;
use leptos::prelude::*;
use std::sync::Arc;

/// The outcome of signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// The member acts from now on, and the device is unlocked.
    SignedIn,
    /// The PIN is wrong.
    WrongPin,
    /// Too many PINs were wrong: this one was not compared. The next try is possible after [`Session::pin_wait`].
    Wait,
    /// The device is locked, and this member has no PIN on it.
    NoPin,
}

impl Session {
    /// Who acts, who has a PIN on this device, and whether it is locked.
    #[must_use]
    pub fn people(self) -> Signal<Arc<People>> {
        self.people.into()
    }

    /// Whether the device is locked.
    #[must_use]
    pub fn locked(self) -> Memo<bool> {
        Memo::new(move |_| self.people.with(|people| people.is_locked()))
    }

    /// Makes a member act from now on, in every tab of this device. Asks for the PIN if the member has one.
    ///
    /// # Errors
    ///
    /// When the browser has no cryptography to compare the PIN with; the try counts.
    pub async fn sign_in(self, member: &Id, typed: &str) -> Result<SignIn, Fault> {
        let Some((shop, people)) = self.current_people() else { return Ok(SignIn::WrongPin) };
        if !is_member(&shop, member) {
            return Ok(SignIn::WrongPin);
        }
        if !people.has_pin(member) {
            if people.is_locked() {
                return Ok(SignIn::NoPin);
            }
            self.change_people(|people| People { actor: Some(member.clone()), ..people });
            return Ok(SignIn::SignedIn);
        }
        Ok(match self.check_pin(member, typed).await? {
            PinCheck::Wrong => SignIn::WrongPin,
            PinCheck::Wait => SignIn::Wait,
            PinCheck::Right => {
                self.note_activity();
                self.change_people(|people| people.signed_in(member));
                SignIn::SignedIn
            }
        })
    }

    /// Compares a PIN with that of a member, without signing them in.
    ///
    /// # Errors
    ///
    /// As [`Session::sign_in`].
    pub async fn check_pin(self, member: &Id, typed: &str) -> Result<PinCheck, Fault> {
        let Some((_, people)) = self.current_people() else { return Ok(PinCheck::Wrong) };
        let Some(stored) = people.pins.get(member).cloned() else { return Ok(PinCheck::Right) };
        if self.pin_wait(member) > 0 {
            return Ok(PinCheck::Wait);
        }
        self.change_people(|people| people.with_try(member, clock::now()));
        if !pin::is_right(typed, &stored).await? {
            return Ok(PinCheck::Wrong);
        }
        self.change_people(|people| people.without_tries(member));
        Ok(PinCheck::Right)
    }

    /// Whether the acting person has a right on this device. Read afresh: another tab may have changed who acts.
    #[must_use]
    pub fn has_right(self, right: &DeviceRight<'_>) -> bool {
        self.reload_people();
        let actor = self.actor();
        self.shop.with_untracked(|shop| shop.as_ref().is_some_and(|shop| right.is_of(shop, &actor)))
    }

    /// Milliseconds until the member's PIN may be tried again.
    #[must_use]
    pub fn pin_wait(self, member: &Id) -> u64 {
        self.current_people().map_or(0, |(_, people)| people.pin_wait(member, clock::now()))
    }

    /// Locks every tab of this device, if the acting member has a PIN to unlock it.
    pub fn lock(self) {
        let actor = self.actor();
        self.change_people(|people| People { locked: people.has_pin(&actor), ..people });
    }

    /// Sets, replaces or removes a member's PIN on this device. `by` is the person who opened the dialog: nothing is changed
    /// for another who took over meanwhile. `now` is their own present PIN, which is asked for when they change it.
    ///
    /// # Errors
    ///
    /// When the browser has no cryptography, or no room to store it.
    pub async fn change_pin(
        self,
        by: &Id,
        member: &Id,
        now: &str,
        new: Option<Pin>,
    ) -> Result<PinChange, Fault> {
        let may = || self.has_right(&DeviceRight::PinOf(member)) && self.actor() == *by;
        if !may() {
            return Ok(PinChange::NotPermitted);
        }
        if member == by {
            let check = self.check_pin(member, now).await?;
            if check != PinCheck::Right {
                return Ok(PinChange::NotGiven(check));
            }
        }
        let hash = match new {
            Some(new) => Some(pin::hash(new.digits()).await?),
            None => None,
        };
        // Comparing and hashing take a while.
        if !may() {
            return Ok(PinChange::NotPermitted);
        }
        let stored = self.change_people(|people| people.with_pin(member, hash));
        if stored { Ok(PinChange::Done) } else { Err(Fault::Full) }
    }

    /// Sets the minutes without activity after which the device locks; 0: never. Only an admin can change it.
    pub fn set_lock_after(self, minutes: u32) {
        if !self.has_right(&DeviceRight::AutoLock) {
            return;
        }
        self.change_people(|people| People { lock_after: minutes, ..people });
    }

    /// Reads again what this device stores about its people: another tab may have locked it.
    pub(super) fn reload_people(self) {
        if let Some((shop, people)) = self.current_people() {
            self.publish_people(&shop, people);
        }
    }

    /// Locks the device when there was no activity in any tab for long enough.
    pub(super) fn lock_when_idle(self) {
        let Some((_, people)) = self.current_people() else { return };
        let (now, touched) = (clock::now(), DeviceStore(&self.name()).last_activity());
        if !people.is_locked() && people.is_idle(&self.actor(), touched.unwrap_or(now), now) {
            self.lock();
        }
    }

    /// Whether a key of the browser's local storage belongs to this book's people and its change is more than activity.
    pub(super) fn is_change(self, key: &str) -> bool {
        DeviceStore(&self.name()).is_change(key)
    }

    /// Stores the time of user activity in the open book. Without an open book there is nothing to lock.
    pub(super) fn note_activity(self) {
        let name = self.name();
        if !name.is_empty() {
            DeviceStore(&name).note_activity(clock::now());
        }
    }

    /// Shows the device of the book that was opened: who acts on it, and whether it was left locked.
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

    /// Changes the stored people, starting from their current state in any tab. False when the browser did not store
    /// it.
    pub(super) fn change_people(self, change: impl FnOnce(People) -> People) -> bool {
        let Some((shop, before)) = self.current_people() else { return false };
        let after = change(before.clone());
        let stored = DeviceStore(&self.name()).save(&before, &after);
        self.publish_people(&shop, after);
        stored
    }

    pub(super) fn current_people(self) -> Option<(Arc<Shop>, People)> {
        let name = Some(self.name()).filter(|name| !name.is_empty())?;
        let shop = self.shop.try_get_untracked().flatten()?;
        let example = self.this_device.try_with_untracked(|device| device.example)?;
        let people = DeviceStore(&name).people(&shop, example);
        Some((shop, people))
    }

    pub(super) fn actor(self) -> Id {
        self.this_device
            .try_with_untracked(|device| device.actor.clone())
            .unwrap_or_else(|| ThisDevice::default().actor)
    }
}
