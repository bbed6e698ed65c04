//! `cargo xtask test`: every check of the house, and one line that says how it stands.

mod counts;
mod failure;
mod fuzz;
mod peers;
mod plan;
mod step;

use std::process::exit;
use std::thread;
use std::time::Instant;

use anyhow::Result;

use crate::tools::{self, Peers, Tools};
use counts::Counts;
use step::Step;

/// Runs everything. Ends the process with 1 when anything failed.
pub fn test() -> Result<()> {
    let tools = Tools::for_building()?;
    tools::browser()?;
    let axe = tools::axe()?;
    let peers = Peers::ready()?;
    let fuzzing = Tools::for_fuzzing();
    let begun = Instant::now();

    // Two lanes because the release build and the checks use different folders of cargo's and two cores.
    let (mut counts, built) = thread::scope(|scope| -> Result<_> {
        let app = plan::app(&tools)?;
        let mut checks = plan::checks(&tools)?;
        checks.extend(peers::step(&tools, &peers)?);
        let app = scope.spawn(|| walk(app));
        let checked = walk(checks) + fuzzed(fuzzing)?;
        let built = app.join().unwrap_or_else(|_| Counts::one_failed());
        Ok((checked + built, built.failed == 0))
    })?;
    counts += if built {
        walk(plan::journeys(&tools, &axe)?)
    } else {
        not_walked("journeys", "the app did not build")
    };

    println!("took {:.0} s", begun.elapsed().as_secs_f64());
    println!("{} passed, {} failed", counts.passed, counts.failed);
    exit(i32::from(counts.failed > 0));
}

/// Takes one step after the other; a failed one does not hide the next.
fn walk(steps: Vec<Step>) -> Counts {
    steps.into_iter().map(Step::take).fold(Counts::default(), |sum, each| sum + each)
}

fn fuzzed(tools: Result<Tools>) -> Result<Counts> {
    match tools {
        Ok(tools) => Ok(walk(fuzz::steps(&tools)?)),
        Err(cause) => Ok(not_walked("fuzz", &cause.to_string())),
    }
}

fn not_walked(name: &str, why: &str) -> Counts {
    println!("FAIL {name}: not run, because {why}");
    Counts::one_failed()
}
