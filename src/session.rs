//! The open journal as screens use it, and its only writer: decide, append durably, apply, then notify.
//!
//! [`Session`] is a handle on signals and on an [`Engine`](crate::engine::Engine); the engine does the work and does
//! not depend on screens. No code here belongs to one screen, so a screen can be removed without a change here.
//!
//! This file only lists what the folder offers; the files of the folder import each other directly.

mod arriving;
mod backup;
mod backup_state;
mod cards;
mod clock_doubt;
mod counters;
mod customer_block;
mod customer_list;
mod customer_search;
mod drawer;
mod example;
mod folder_backup;
mod handle;
mod idle;
mod import;
mod inner;
mod joining;
mod lazy;
mod leave;
mod losses;
mod mails;
mod mirror;
mod moving;
mod note;
mod open_book;
mod paper;
mod partner_ledger;
mod phone_digits;
mod pin_check;
mod publish;
mod recalculate;
mod recovery;
mod report;
mod same_customers;
mod seal;
mod set_up;
mod sign_in;
mod signals;
mod start;
mod state;
mod sync;
mod sync_state;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests;
mod verify;
mod watch;

pub use arriving::{Arriving, EarlyBalances};
pub use backup_state::{BackupState, ReceiveOutcome, ReceiveProgress, ReceiveStep, Received, Saved};
pub use counters::with_devices;
pub use customer_list::{Alike, CustomerList};
pub use customer_search::Letter;
pub use handle::Session;
pub use import::Imported;
pub use lazy::{Lazy, Pending};
pub use mails::{Delivery, MailStatus};
pub use mirror::{bring_back, give_room, mend};
pub use note::Note;
pub use pin_check::{PinChange, PinCheck};
pub use recalculate::Recalculation;
pub use recovery::NewCode;
pub use set_up::SetUp;
pub use sign_in::SignIn;
pub use state::{Loaded, MirrorState, Stage, ThisDevice};
pub use sync_state::{Invited, KnownCounter, SyncPhase, SyncState};
