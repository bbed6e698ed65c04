//! `cargo xtask soak`: the simulator of the exchange for a long time, in a release build, a database whose primary is lost again and
//! again, and a browser that is killed again and again.

use std::time::Instant;

use anyhow::{Result, bail};
use clap::Args;

use crate::tools::{self, Tools};
use crate::{app, place};

/// How long.
#[derive(Args)]
pub struct Soak {
    /// The number of seeds
    #[arg(long, default_value_t = 1_000_000)]
    seeds: u64,
    /// The first seed
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many times the primary of a database is lost
    #[arg(long, default_value_t = 10)]
    failovers: u64,
    /// How many times the browser is killed
    #[arg(long, default_value_t = 200)]
    kills: u64,
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
        if self.failovers > 0 {
            self.fail_over()?;
        }
        if self.kills > 0 { self.kill() } else { Ok(()) }
    }

    /// Loses the primary of a database in the middle of pushes.
    fn fail_over(&self) -> Result<()> {
        tools::postgres()?;
        tools::patroni()?;
        let mut failovers = Tools::default().command("cargo")?;
        failovers.args(["run", "-p", "endpoint", "--example", "failovers", "--"]);
        if !failovers.arg(self.failovers.to_string()).current_dir(place::at("")).status()?.success() {
            bail!("a failover lost something");
        }
        Ok(())
    }

    /// Kills the browser in the middle of all that is done with the mirror.
    fn kill(&self) -> Result<()> {
        let tools = Tools::for_building()?;
        let mut server = tools.command("cargo")?;
        server.args(["build", "-p", "cli"]).current_dir(place::at(""));
        let mut kills = tools.command("cargo")?;
        kills
            .args(["test", "-p", "tests", "--test", "journeys", "kills::"])
            .env("COUNTERFOIL_KILLS", self.kills.to_string())
            .env("COUNTERFOIL_DIST", place::at("dist"))
            .env("COUNTERFOIL_BIN", place::counterfoil())
            .current_dir(place::at(""));
        for mut step in [app::release(&tools, "/")?, server, kills] {
            if !step.status()?.success() {
                bail!("the kills could not be run, or one of them lost something");
            }
        }
        println!("soak: {} kills", self.kills);
        Ok(())
    }
}
