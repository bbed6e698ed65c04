//! Records many commands, as an import has them: press after press, so that the page stays usable and the user can stop.

use super::handle::Session;
use crate::engine::{MOST_OPEN, NotRecorded};
use crate::store::Fault;
use gloo_timers::future::TimeoutFuture;
use ledger::id::Id;
use ledger::rules::{Act, Command};
use std::collections::BTreeSet;

/// The most commands of one press; a press has at most 256 lines.
const PRESS: usize = 250;
/// After how many ids the page gets its turn.
const PIECE: usize = 250;

/// How far an import came.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imported {
    /// How many rows, from the first on, are on the disk.
    pub written: usize,
    /// Why the next press was not recorded; nothing of it was written.
    pub failed: Option<NotRecorded>,
}

impl Session {
    /// Records the commands of rows in presses of whole rows: each is on the disk as a whole or not at all. `progress` is the number
    /// of rows recorded so far; `goes_on` is asked before each press.
    pub async fn import(
        self,
        rows: &[Vec<Command>],
        progress: impl Fn(usize),
        goes_on: impl Fn() -> bool,
    ) -> Imported {
        let mut written = 0;
        while let Some(press) = next_press(rows, written).filter(|_| goes_on()) {
            if let Err(why) = self.record_all(press.concat()).await {
                return Imported { written, failed: Some(why) };
            }
            written += press.len();
            progress(written);
            TimeoutFuture::new(0).await;
        }
        Imported { written, failed: None }
    }

    /// Those of the ids that are taken already. An import that does not go on gets
    /// those found until then.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub async fn recorded(self, ids: &[Id], goes_on: impl Fn() -> bool) -> Result<BTreeSet<Id>, Fault> {
        let engine = self.open_engine()?;
        let mut recorded = BTreeSet::new();
        for piece in ids.chunks(PIECE) {
            if !goes_on() {
                break;
            }
            recorded.append(&mut engine.recorded(piece).await?);
        }
        Ok(recorded)
    }
}

/// The rows of the next press: all accounts that have to be read for it are in memory at once.
fn next_press(rows: &[Vec<Command>], from: usize) -> Option<&[Vec<Command>]> {
    let rest = rows.get(from..).filter(|rest| !rest.is_empty())?;
    let (mut customers, mut commands, mut most) = (BTreeSet::new(), 0, 0);
    for row in rest {
        commands += row.len();
        // The account of a new customer is not read.
        if !row.iter().any(|command| matches!(command.act, Act::AddCustomer(_))) {
            customers.extend(row.iter().flat_map(Command::customers));
        }
        if commands > PRESS || customers.len() > MOST_OPEN {
            break;
        }
        most += 1;
    }
    rest.get(..most.max(1))
}
