//! One step: a command whose output is logged, and printed only when it fails.

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

    /// Runs the step, prints the result, and counts tests.
    pub fn run(self) -> Counts {
        self.run_and_read().0
    }

    /// The same, with what the command wrote.
    pub fn run_and_read(mut self) -> (Counts, String) {
        let started = Instant::now();
        let (success, text) = self.execute().unwrap_or_else(|cause| (false, format!("{cause:#}\n")));
        let counts = Counts::of(&text, success);
        let took = started.elapsed().as_secs_f64();
        // One print, so that parallel steps do not mix their lines.
        if success {
            println!("ok   {} ({}, {took:.1} s)", self.name, counts.passed);
        } else {
            println!("FAIL {} ({took:.1} s)\n{}", self.name, self.excerpt(&text));
        }
        (counts, text)
    }

    fn execute(&mut self) -> Result<(bool, String)> {
        let path = self.log();
        fs::create_dir_all(place::target().join("xtask"))?;
        let log = File::create(&path)?;
        let command = self.command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let success = command.status()?.success();
        Ok((success, String::from_utf8_lossy(&fs::read(&path)?).into_owned()))
    }

    fn excerpt(&self, text: &str) -> String {
        let lines: String = failure::of(text).iter().map(|line| format!("     {line}\n")).collect();
        format!("{lines}     full log: {}", self.log().display())
    }

    fn log(&self) -> PathBuf {
        let name: String = self.name.chars().filter(char::is_ascii_alphanumeric).collect();
        place::target().join("xtask").join(format!("{name}.log"))
    }
}
