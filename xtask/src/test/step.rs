//! One step: a command whose output is kept, and shown only when it fails.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::Result;

use super::counts::Counts;
use super::failure;
use crate::place;

/// A named command.
pub struct Step {
    name: &'static str,
    command: Command,
}

impl Step {
    /// A step that runs `command`.
    pub fn new(name: &'static str, command: Command) -> Self {
        Self { name, command }
    }

    /// Runs it to its end, says how it went, and counts.
    pub fn take(mut self) -> Counts {
        let begun = Instant::now();
        let (well, text) = self.run().unwrap_or_else(|cause| (false, format!("{cause:#}\n")));
        let counts = Counts::of(&text, well);
        let took = begun.elapsed().as_secs_f64();
        // One print each, so that two lanes do not mix their lines.
        if well {
            println!("ok   {} ({}, {took:.1} s)", self.name, counts.passed);
        } else {
            println!("FAIL {} ({took:.1} s)\n{}", self.name, self.told(&text));
        }
        counts
    }

    fn run(&mut self) -> Result<(bool, String)> {
        let path = self.log();
        fs::create_dir_all(place::target().join("xtask"))?;
        let log = File::create(&path)?;
        let command = self.command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let well = command.status()?.success();
        Ok((well, String::from_utf8_lossy(&fs::read(&path)?).into_owned()))
    }

    fn told(&self, text: &str) -> String {
        let lines: String = failure::of(text).iter().map(|line| format!("     {line}\n")).collect();
        format!("{lines}     all of it: {}", self.log().display())
    }

    fn log(&self) -> PathBuf {
        let name: String = self.name.chars().filter(char::is_ascii_alphanumeric).collect();
        place::target().join("xtask").join(format!("{name}.log"))
    }
}
