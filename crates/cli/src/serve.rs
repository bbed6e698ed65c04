//! `counterfoil serve`: serves the app, and copies and moves an endpoint's data.

mod copies;
mod gateway;
mod mail;
mod run;

use anyhow::Result;
use clap::Args;

use copies::Copies;
use run::Run;

/// Serves the app's files.
///
/// Without a certificate only this machine can use the app: browsers offer their storage to pages that come over HTTPS or
/// from the same machine.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Serve {
    #[command(subcommand)]
    copies: Option<Copies>,
    #[command(flatten)]
    run: Run,
}

impl Serve {
    /// Serves until interrupted, or makes a copy.
    pub fn run(self) -> Result<()> {
        match self.copies {
            Some(copies) => copies.run(),
            None => self.run.run(),
        }
    }
}
