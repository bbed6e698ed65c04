//! `counterfoil daybook check`: compares day books with their expectations.

use super::read::read;
use crate::exit::{NOT_DONE, WRONG};
use anyhow::Result;
use clap::Args;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Records each day book in an empty book of its own. Every `expect` line is compared with the book, every `refuse`
/// line must be refused, and every other act must be recorded. Each line with another outcome is printed: file and
/// line, the expected and the found outcome.
///
/// Exit status: 0 when all lines are as expected, 1 when one is not, 2 when a line is malformed or a file
/// cannot be read.
#[derive(Args)]
pub struct Check {
    /// Day books; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Check {
    /// Checks the files one by one.
    ///
    /// # Errors
    /// When a file cannot be read or output cannot be written.
    pub fn run(self) -> Result<ExitCode> {
        let mut code = 0;
        let mut out = std::io::stdout().lock();
        for file in &self.files {
            let name = file.display();
            match read(file)? {
                Err(malformed) => {
                    eprintln!("{name}:{malformed}");
                    code = NOT_DONE;
                }
                Ok(daybook) => {
                    for failure in daybook::run::check(&daybook) {
                        let (line, expected, found) = (failure.line, failure.expected, failure.found);
                        writeln!(out, "{name}:{line}: expected {expected}, found {found}")?;
                        code = code.max(WRONG);
                    }
                }
            }
        }
        Ok(ExitCode::from(code))
    }
}
