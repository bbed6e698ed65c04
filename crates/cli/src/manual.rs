//! `counterfoil man` and `counterfoil completions`: files that packages install with the program.

use anyhow::{Context, Result};
use clap::{Args, Command};
use clap_complete::Shell;
use std::io::Write;
use std::path::PathBuf;

/// Writes a manual page for the program and for each of its commands, as `counterfoil-journal-verify.1` and so on.
#[derive(Args)]
pub struct Man {
    /// The folder to leave them in; without it the first page goes to standard output
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
}

impl Man {
    /// Writes the pages.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn run(self, program: Command) -> Result<()> {
        match self.dir {
            Some(dir) => {
                std::fs::create_dir_all(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
                clap_mangen::generate_to(program, &dir)
                    .with_context(|| format!("cannot write to {}", dir.display()))
            }
            None => Ok(clap_mangen::Man::new(program).render(&mut std::io::stdout())?),
        }
    }
}

/// Writes the completion script of a shell.
#[derive(Args)]
pub struct Completions {
    /// For which shell
    shell: Shell,
}

impl Completions {
    /// Writes the script to standard output.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn run(self, mut program: Command) -> Result<()> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut program, "counterfoil", &mut script);
        Ok(std::io::stdout().write_all(&script)?)
    }
}
