//! The forms of the settings. A field that was not typed into shows the present setting, and the command names only what
//! differs from it, so that two counters can change different settings at the same time.

pub mod item;
pub mod lists;
pub mod shop;
pub mod tax;

use super::Errors;
use ledger::entry::ChangeShop;
use ledger::id::Id;
use ledger::rules::{Act, Command};

/// The command that changes settings; none if nothing changes.
fn change(id: &Id, change: ChangeShop) -> Vec<Command> {
    let changes = change != ChangeShop::default();
    changes.then(|| command(id, Act::ChangeShop(change))).into_iter().collect()
}

/// A command of the shop.
fn command(id: &Id, act: Act) -> Command {
    Command { id: id.clone(), customer: None, on: None, act }
}

/// What a form reads: the commands, none if nothing changes.
pub type Read = Result<Vec<Command>, Errors>;
