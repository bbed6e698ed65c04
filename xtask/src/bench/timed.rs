//! Measures the time and the memory of a command.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The time and the memory of a command.
#[derive(Clone, Copy, Debug)]
pub struct Timed {
    /// Elapsed time in seconds.
    pub wall: f64,
    /// CPU time of all cores in seconds.
    pub cpu: f64,
    /// Peak memory in KiB.
    pub memory: u64,
}

/// Runs a command several times and returns the median run.
pub fn median(times: usize, command: impl Fn() -> Command) -> Result<Timed> {
    let mut runs = (0..times).map(|_| timed(&command())).collect::<Result<Vec<_>>>()?;
    runs.sort_by(|one, other| one.wall.total_cmp(&other.wall));
    runs.get(times / 2).copied().context("nothing was run")
}

/// Runs a command under GNU time, which reports the peak memory.
fn timed(command: &Command) -> Result<Timed> {
    let mut watch = Command::new("/usr/bin/time");
    watch.args(["--format", "%e %U %S %M"]).arg(command.get_program()).args(command.get_args());
    let output =
        watch.stdout(Stdio::null()).output().context("GNU time is needed: install the package `time`")?;
    let report = String::from_utf8_lossy(&output.stderr);
    let last = report.lines().last().unwrap_or_default();
    let figures: Vec<f64> = last.split_whitespace().filter_map(|figure| figure.parse().ok()).collect();
    match figures.as_slice() {
        [wall, user, system, memory] if output.status.success() => {
            Ok(Timed { wall: *wall, cpu: user + system, memory: *memory as u64 })
        }
        _ => bail!("{command:?} failed: {report}"),
    }
}
