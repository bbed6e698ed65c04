//! `cargo xtask …`: set-up, run, test, build and house lints.

mod app;
mod bench;
mod connect;
mod dev;
mod files;
mod finish;
mod guide;
mod place;
mod run;
mod soak;
mod test;
mod tidy;
mod tools;
mod worker;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The tasks of the project.
#[derive(Parser)]
#[command(name = "cargo xtask", about = "Set-up, run, test, build and house lints")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build the app and serve it on this machine
    Run(run::Run),
    /// Install what is missing and run every check; the last line says how many passed and failed
    Test,
    /// Install what is missing and leave the app in dist/, for any file server
    Build(app::Build),
    /// Tell the built app which endpoint it has, where another host serves its files
    Connect(connect::Connect),
    /// Measure size and speed and print tables; one part alone: `bench size`
    Bench(bench::Bench),
    /// Simulate the exchange between counters and an endpoint for a long time: a million seeds
    Soak(soak::Soak),
    /// Serve the app and rebuild it quickly whenever a file changes
    Dev(run::Run),
    /// Check the house lints: dependencies, layers, import circles, colours, texts in views, and more
    Tidy,
    /// Complete the files that Trunk has built: the service worker and its list (called by Trunk)
    #[command(hide = true)]
    Finish,
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("error: {cause:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Run(run) => run.run(),
        Task::Test => test::test(),
        Task::Build(build) => build.build(),
        Task::Connect(connect) => connect.run(),
        Task::Bench(bench) => bench.run(),
        Task::Soak(soak) => soak.run(),
        Task::Dev(run) => dev::dev(&run),
        Task::Tidy => tidy::tidy(),
        Task::Finish => finish::finish(),
    }
}
