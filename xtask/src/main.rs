//! `cargo xtask …`: set-up, run, test, build and house lints.

mod files;
mod finish;
mod worker;

use clap::{Parser, Subcommand};

/// What can be asked of the house.
#[derive(Parser)]
#[command(name = "cargo xtask", about = "Set-up, run, test, build and house lints")]
struct Asked {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Completes what Trunk has built: the service worker and its list (Trunk calls this by itself)
    #[command(hide = true)]
    Finish,
}

fn main() -> anyhow::Result<()> {
    match Asked::parse().what {
        What::Finish => finish::finish(),
    }
}
