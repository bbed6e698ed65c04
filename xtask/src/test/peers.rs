//! The step that compares the exports with other programs.

use anyhow::Result;

use super::step::Step;
use crate::tools::{Peers, Tools};

/// The step, or `None` when no other program is installed.
pub fn step(tools: &Tools, peers: &Peers) -> Result<Option<Step>> {
    if peers.names.is_empty() {
        return Ok(None);
    }
    let mut compare = tools.command("cargo")?;
    compare
        .args(["test", "--package", "cli", "--test", "peers", "--", "--ignored"])
        .env("CARGO_TERM_COLOR", "never")
        .env("COUNTERFOIL_PEERS", peers.names.join(","))
        .env("COUNTERFOIL_BEANCOUNT", &peers.beancount);
    Ok(Some(Step::new("peers", compare)))
}
