//! `cargo xtask test`: runs every check and prints one line with the result.

mod counts;
mod crashed;
mod failure;
mod fuzz;
mod peers;
mod plan;
mod step;

use std::process::exit;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::tools::{self, Peers, Tools};
use counts::Counts;
use step::Step;

/// Runs everything. Ends the process with 1 when anything failed.
pub fn test() -> Result<()> {
    let tools = Tools::for_building()?;
    tools::browser()?;
    tools::postgres()?;
    let axe = tools::axe()?;
    let peers = Peers::ready()?;
    let schemathesis = tools::schemathesis()?;
    let stripe = tools::stripe()?;
    let smtp = tools::aiosmtpd()?.context("mails cannot be tested without aiosmtpd")?;
    let fuzzing = Tools::for_fuzzing();
    let started = Instant::now();

    // In parallel, because the release build and the checks use different target folders and two cores.
    let (mut counts, built) = thread::scope(|scope| -> Result<_> {
        let app = plan::app(&tools)?;
        let mut checks = plan::checks(&tools)?;
        checks.extend(peers::step(&tools, &peers)?);
        checks.extend(schemathesis.map(|program| plan::interface(&tools, &program)).transpose()?);
        checks.extend(stripe.map(|python| plan::double(&python)));
        checks.push(plan::mails(&tools, &smtp)?);
        let app = scope.spawn(|| run_all(app));
        let checked = run_all(checks) + run_fuzzing(fuzzing)?;
        let built = app.join().unwrap_or_else(|_| Counts::one_failed());
        Ok((checked + built, built.failed == 0))
    })?;
    counts += if built {
        crashed::run(|names| plan::journeys(&tools, (&axe, &smtp), names))?
    } else {
        not_run("journeys", "the app did not build")
    };

    println!("took {:.0} s", started.elapsed().as_secs_f64());
    println!("{} passed, {} failed", counts.passed, counts.failed);
    exit(i32::from(counts.failed > 0));
}

/// Runs the steps one by one; a failed step does not stop the next.
fn run_all(steps: Vec<Step>) -> Counts {
    steps.into_iter().map(Step::run).fold(Counts::default(), |sum, each| sum + each)
}

fn run_fuzzing(tools: Result<Tools>) -> Result<Counts> {
    match tools {
        Ok(tools) => Ok(run_all(fuzz::steps(&tools)?)),
        Err(cause) => Ok(not_run("fuzz", &cause.to_string())),
    }
}

fn not_run(name: &str, why: &str) -> Counts {
    println!("FAIL {name}: not run, because {why}");
    Counts::one_failed()
}
