//! `cargo xtask …`: set-up, run, test, build and house lints.

mod app;
mod bench;
mod compress;
mod dev;
mod files;
mod finish;
mod place;
mod run;
mod split;
mod strip;
mod test;
mod tidy;
mod tools;
mod worker;

use std::process::ExitCode;

use anyhow::Result;
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
    /// Install what is missing, build the app and serve it on this machine
    Run(run::Run),
    /// Install what is missing and run every check; the last line says how many passed and failed
    Test,
    /// Install what is missing and leave the app in dist/, for any file server
    Build(app::Build),
    /// Measure how heavy and how fast things are and print tables; a part by itself: `bench size`
    Bench(bench::Bench),
    /// Serve the app and rebuild it quickly whenever a file changes
    Dev(run::Run),
    /// Check the rules of the house: who may know whom, names for colours, words out of views, and more
    Tidy,
    /// Complete what Trunk has built: the service worker and its list (Trunk calls this by itself)
    #[command(hide = true)]
    Finish,
}

fn main() -> ExitCode {
    match answer(Asked::parse().what) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("error: {cause:#}");
            ExitCode::FAILURE
        }
    }
}

fn answer(what: What) -> Result<()> {
    match what {
        What::Run(asked) => asked.run(),
        What::Test => test::test(),
        What::Build(asked) => asked.build(),
        What::Bench(asked) => asked.run(),
        What::Dev(asked) => dev::dev(&asked),
        What::Tidy => tidy::tidy(),
        What::Finish => finish::finish(),
    }
}
