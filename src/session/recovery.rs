//! Coming in without a PIN: with the recovery code, or after the app was seen running for a day.

use super::handle::Session;
use super::pin_check::PinCheck;
use crate::device::people::{People, Way};
use crate::device::recovery_code::RecoveryCode;
use crate::device::right::{DeviceRight, is_admin};
use crate::device::{clock, pin};
use crate::store::Fault;
use ledger::id::Id;
use leptos::prelude::*;
use std::cell::Cell;

thread_local! {
    /// At the last look of this page at itself: how long it was open, and the stored sum of all pages.
    static LAST_LOOK: Cell<Option<(u64, u64)>> = const { Cell::new(None) };
}

/// The outcome of asking for a new recovery code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewCode {
    /// The code. It cannot be shown again.
    Made(RecoveryCode),
    /// The earlier code stays: the present PIN was not given.
    NotGiven(PinCheck),
    /// The earlier code stays: the person who opened the dialog does not act any more, or is no admin.
    NotPermitted,
}

impl Session {
    /// Makes a new recovery code for this device; an earlier one does not open it any more. `by` is the person who opened the
    /// dialog, `now` their present PIN.
    ///
    /// # Errors
    ///
    /// When the browser has no cryptography, or no room to store the hash.
    pub async fn new_recovery_code(self, by: &Id, now: &str) -> Result<NewCode, Fault> {
        let may = || self.has_right(&DeviceRight::Recovery) && self.actor() == *by;
        if !may() {
            return Ok(NewCode::NotPermitted);
        }
        let check = self.check_pin(by, now).await?;
        if check != PinCheck::Right {
            return Ok(NewCode::NotGiven(check));
        }
        let (code, hash) = draw().await?;
        // Comparing and hashing take a while.
        if !may() {
            return Ok(NewCode::NotPermitted);
        }
        let stored = self.change_people(|people| People { recovery: Some(hash), ..people });
        if stored { Ok(NewCode::Made(code)) } else { Err(Fault::Full) }
    }

    /// Signs in an admin with the recovery code, and removes their PIN. The code is used up. False if it is not that code, or
    /// the member is no admin.
    ///
    /// # Errors
    ///
    /// When the browser has no cryptography to compare it with.
    pub async fn sign_in_with_code(self, member: &Id, typed: &str) -> Result<bool, Fault> {
        let Some((shop, people)) = self.current_people() else { return Ok(false) };
        let (Some(code), Some(stored)) = (RecoveryCode::read(typed), people.recovery) else {
            return Ok(false);
        };
        if !is_admin(&shop, member) || !pin::is_right(code.secret(), &stored).await? {
            return Ok(false);
        }
        self.note_activity();
        Ok(self.change_people(|people| people.came_in(member, Way::Code, clock::now())))
    }

    /// A user at the locked screen has forgotten the PIN: after the app was seen running for a day, an admin can sign in
    /// without one, unless a member signs in with a PIN before.
    pub fn report_forgotten_pin(self) {
        LAST_LOOK.set(None);
        self.change_people(|people| people.with_forgotten(clock::now()));
    }

    /// Milliseconds that the app has still to be seen running until an admin may sign in without a PIN; `None` when no
    /// forgotten PIN was reported.
    #[must_use]
    pub fn unlocks_in(self) -> Option<u64> {
        self.people.with(|people| people.unlocks_in())
    }

    /// Signs in an admin when the wait after a forgotten PIN is over, and removes their PIN. Does nothing before that.
    pub fn sign_in_without_pin(self, member: &Id) {
        let Some((shop, people)) = self.current_people() else { return };
        if is_admin(&shop, member) && people.unlocks_in() == Some(0) {
            self.note_activity();
            self.change_people(|people| people.came_in(member, Way::Waited, clock::now()));
        }
    }

    /// An admin has read who came in without a PIN. Does nothing for others.
    pub fn mark_bypasses_read(self) {
        if self.has_right(&DeviceRight::Recovery) {
            let by = self.actor();
            self.change_people(|people| people.with_bypasses_read(&by, clock::now()));
        }
    }

    /// Counts the time since the last look as time in which the app was seen running, while a person at the lock waits for it.
    pub(super) fn count_running(self) {
        if self.people.try_with_untracked(|people| people.forgotten.is_none()).unwrap_or(true) {
            LAST_LOOK.set(None);
            return;
        }
        let (running, since) = (clock::running(), LAST_LOOK.get());
        self.change_people(|people| people.seen_running(since, running));
        let ran = self.people.try_with_untracked(|people| people.ran).unwrap_or_default();
        LAST_LOOK.set(Some((running, ran)));
    }
}

/// A new code and its hash.
pub(super) async fn draw() -> Result<(RecoveryCode, String), Fault> {
    let code = RecoveryCode::of(pin::random()?);
    let hash = pin::hash(code.secret()).await?;
    Ok((code, hash))
}
