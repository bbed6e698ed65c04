//! The steps of a build that only the published app needs. They are apart from `xtask`, because their libraries take half
//! a minute to compile, and the first `cargo xtask run` of a newcomer waits for `xtask`.

mod compress;
mod files;
mod split;
mod strip;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Called by `cargo xtask finish` with the folder of the finished files.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand)]
enum Step {
    /// Split the Wasm in two parts, and remove what only tools read
    Parts {
        /// The folder of the finished files
        folder: PathBuf,
        /// The Wasm as the compiler wrote it, with relocations
        #[arg(long)]
        wasm: PathBuf,
        /// A folder for intermediate files
        #[arg(long)]
        work: PathBuf,
    },
    /// Write the compressed forms beside the files
    Compress {
        /// The folder of the finished files
        folder: PathBuf,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().step {
        Step::Parts { folder, wasm, work } => {
            split::split(&folder, &wasm, &work)?;
            strip::strip(&folder)
        }
        Step::Compress { folder } => compress::compress(&folder),
    }
}
