//! The `counterfoil` command line.

mod serve;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Customer accounts at the counter, from the command line.
#[derive(Parser)]
#[command(name = "counterfoil", version)]
struct Asked {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Serve the app's files on this machine
    Serve(serve::Serve),
}

fn main() -> Result<()> {
    match Asked::parse().what {
        What::Serve(asked) => asked.run(),
    }
}
