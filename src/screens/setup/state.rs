//! The state shared by the parts of this screen.

use crate::components::Problem;
use crate::engine::NotRecorded;
use crate::screens::backup::BackupReceiver;
use crate::text::fault::not_recorded;
use ledger::money::Currency;
use leptos::prelude::*;

/// The progress of the set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupStep {
    Choose,
    Fill,
    Done,
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
}

/// Shows why the ledger was not created. There is no currency yet, so the message contains no amounts.
pub fn not_written(state: SetupState, why: &NotRecorded) {
    let currency = Currency { code: "GBP".into(), decimals: 2 };
    state.problems.set(vec![Problem::whole(not_recorded(why, &currency))]);
}
