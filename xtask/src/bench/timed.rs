//! A command with a watch beside it.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// How long a command took, and how much it held at most.
#[derive(Clone, Copy, Debug)]
pub struct Timed {
    /// Seconds on the clock.
    pub wall: f64,
    /// Seconds of all cores together.
    pub cpu: f64,
    /// Most memory at once, in KiB.
    pub memory: u64,
}

/// Runs a command some times and gives the run in the middle.
pub fn median(times: usize, command: impl Fn() -> Command) -> Result<Timed> {
    let mut runs = (0..times).map(|_| timed(&command())).collect::<Result<Vec<_>>>()?;
    runs.sort_by(|one, other| one.wall.total_cmp(&other.wall));
    runs.get(times / 2).copied().context("nothing was run")
}

/// GNU time knows the memory of a process that has ended.
fn timed(command: &Command) -> Result<Timed> {
    let mut watch = Command::new("/usr/bin/time");
    watch.args(["--format", "%e %U %S %M"]).arg(command.get_program()).args(command.get_args());
    let output =
        watch.stdout(Stdio::null()).output().context("GNU time is needed: install the package `time`")?;
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().last().unwrap_or_default();
    let figures: Vec<f64> = last.split_whitespace().filter_map(|figure| figure.parse().ok()).collect();
    match figures.as_slice() {
        [wall, user, system, memory] if output.status.success() => {
            Ok(Timed { wall: *wall, cpu: user + system, memory: *memory as u64 })
        }
        _ => bail!("{command:?} failed: {said}"),
    }
}
