//! What the parts of this screen share.

use crate::components::Problem;
use crate::engine::NotRecorded;
use crate::screens::backup::BackupReceiver;
use crate::text::fault::not_recorded;
use ledger::money::Currency;
use leptos::prelude::*;

/// How far setting up is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupStep {
    Choose,
    Fill,
    Done,
    Restored,
}

/// What the parts of this screen share.
#[derive(Clone, Copy)]
pub struct SetupState {
    pub step: RwSignal<SetupStep>,
    /// What is being written, in words; nothing else can be pressed meanwhile.
    pub writing: RwSignal<Option<String>>,
    pub problems: RwSignal<Vec<Problem>>,
    /// A backup on its way in.
    pub receiver: BackupReceiver,
}

/// Says why there is no new book. There is no currency yet that a refusal could write amounts in.
pub fn not_written(state: SetupState, why: &NotRecorded) {
    let currency = Currency { code: "GBP".into(), decimals: 2 };
    state.problems.set(vec![Problem::whole(not_recorded(why, &currency))]);
}
