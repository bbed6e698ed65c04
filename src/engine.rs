//! The book of one device without a user interface: caches in memory, and the path from a command to the disk.
//!
//! Opening a book reads cached figures, never the journal. An account's entries are read and folded when it is first
//! needed; the account then stays in memory while it is among the most recently used ones. Every commit runs decide →
//! compose → append → apply; [`Engine::refresh`] reads what other tabs wrote.
//!
//! This file only lists what the folder offers. The files of the folder import each other directly. Those that `impl
//! Engine` are the top layer: no other file imports [`Engine`].

mod account;
mod author;
mod backup;
mod batch;
mod cache_shape;
mod cache_text;
mod cached;
mod chain;
mod changed;
mod check_slip;
mod clashes;
mod commit;
mod compare;
mod contribution;
mod create;
mod day;
mod day_slip;
mod due;
mod each_account;
mod figures;
mod gathered;
mod hit;
mod late;
mod late_rows;
mod latest_refunds;
mod load;
mod lookup;
mod mend;
mod new_chain;
mod not_entitled;
mod number_query;
mod open;
mod open_account;
mod order_list;
mod outcome;
mod partner_ledger;
mod preview_all;
mod progress;
mod read;
mod read_orders;
mod rebuild;
mod recalculate;
mod receive;
mod record_again;
mod recorded;
mod refresh;
mod refused;
mod replay;
mod report;
mod report_figures;
mod rows;
mod seal;
mod search;
mod search_words;
mod slip_code;
mod state;
mod statement;
mod sums;
mod takings;
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
pub(crate) mod tests;
mod totals;
mod verification;
mod verify_book;
mod waits;

pub use account::{FoldAccount, FoldedAccount, fold_account};
pub use author::Author;
pub use cached::Cached;
pub use chain::NewChain;
pub use changed::Changed;
pub use check_slip::{Slip, SlipFound, SlipSays};
pub use commit::Committed;
pub use create::NewBook;
pub use day_slip::DaySlip;
pub use due::DueRow;
pub use figures::Figures;
pub use hit::Hit;
pub use late::Late;
pub use late_rows::LateRow;
pub use mend::Mending;
pub use not_entitled::Unentitled;
pub use open::Engine;
pub use open_account::{MOST_OPEN, OpenAccount};
pub use outcome::{NotRecorded, Recorded};
pub use partner_ledger::PartnerLine;
pub use progress::{Phase, Progress};
pub use recalculate::Difference;
pub use receive::{
    Arrived, Balances, Brought, Checked, Flaw, Joining, NewDevice, NotReceived, Restored, Review, Source,
    Survey,
};
pub use refused::RefusedEntry;
pub use report::{KnownUntil, ReportAsked};
pub use report_figures::{DayBookLine, ReportFigures, Wanted};
pub use slip_code::{PREFIX as SLIP_PREFIX, Presented, SlipCode};
pub use statement::Stated;
pub use verification::{Damage, Verification, VerifiedUpTo};
