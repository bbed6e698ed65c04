//! The state shared by the parts of this screen.

use crate::components::Problem;
use crate::device::recovery_code::RecoveryCode;
use crate::engine::NotRecorded;
use crate::screens::backup::BackupReceiver;
use crate::text::{fault::fault, say};
use ledger::money::Currency;
use leptos::prelude::*;

/// The progress of the set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupStep {
    Choose,
    Fill,
    Join,
    Done,
    Joined,
    Restored,
}

/// The state shared by the parts of this screen.
#[derive(Clone, Copy)]
pub struct SetupState {
    pub step: RwSignal<SetupStep>,
    /// A text that says what is being written; other actions are disabled meanwhile.
    pub writing: RwSignal<Option<String>>,
    pub problems: RwSignal<Vec<Problem>>,
    /// The import of a backup.
    pub receiver: BackupReceiver,
    /// The recovery code of the new shop, which is shown once.
    pub code: RwSignal<Option<RecoveryCode>>,
}

/// The currency of messages before there is a ledger; they contain no amounts.
pub fn no_currency() -> Currency {
    Currency { code: "GBP".into(), decimals: 2 }
}

/// Shows why the example was not created. Its entries are never refused, so that the sentences of refusals are not in the
/// first part of the program.
pub fn not_written(state: SetupState, why: &NotRecorded) {
    let says = match why {
        NotRecorded::Fault(why) => format!("{} {}", say!(faults.nothing_written), fault(why)),
        NotRecorded::Refused(why) => say!(refusals.other, name = why.name()),
    };
    state.problems.set(vec![Problem::whole(says)]);
}
