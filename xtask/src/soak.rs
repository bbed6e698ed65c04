//! `cargo xtask soak`: the simulator of the exchange for a long time, in a release build.

use std::time::Instant;

use anyhow::{Result, bail};
use clap::Args;

use crate::place;
use crate::tools::Tools;

/// How long.
#[derive(Args)]
pub struct Soak {
    /// The number of seeds
    #[arg(long, default_value_t = 1_000_000)]
    seeds: u64,
    /// The first seed
    #[arg(long, default_value_t = 0)]
    from: u64,
}

impl Soak {
    /// Runs the seeds and the planted mistakes; a seed that fails is printed with the command that repeats it.
    pub fn run(&self) -> Result<()> {
        let started = Instant::now();
        let mut simulation = Tools::for_building()?.command("cargo")?;
        simulation
            .args(["test", "--release", "-p", "sync", "--test", "simulation", "--", "--nocapture"])
            .env("SIMULATION_SEEDS", self.seeds.to_string())
            .env("SIMULATION_FROM", self.from.to_string())
            .env_remove("SIMULATION_SEED")
            .current_dir(place::at(""));
        if !simulation.status()?.success() {
            bail!("the simulation found something");
        }
        println!("soak: {} seeds in {} s", self.seeds, started.elapsed().as_secs());
        Ok(())
    }
}
