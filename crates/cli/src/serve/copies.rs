//! `counterfoil serve backup` and `counterfoil serve restore`: copies of an endpoint's data.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use endpoint::store;

/// What is done with the data of an endpoint that does not have to be stopped.
#[derive(Subcommand)]
pub enum Copies {
    /// Copy the data of an endpoint to one file, also while it is running
    Backup(Backup),
    /// Make the data directory of an endpoint from a backup
    ///
    /// Every shop begins a new epoch: the devices find out at their next contact, hand back what the backup does not have,
    /// and go on recording meanwhile.
    Restore(Restore),
}

/// Copies the data of an endpoint to one file.
#[derive(Args)]
pub struct Backup {
    /// The data directory
    #[arg(long, env = "COUNTERFOIL_DATA", value_name = "DIR")]
    data: PathBuf,
    /// The file to write; it must not exist
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// Makes a data directory from a backup.
#[derive(Args)]
pub struct Restore {
    /// The backup
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The data directory; it must not have any data yet
    #[arg(long, env = "COUNTERFOIL_DATA", value_name = "DIR")]
    data: PathBuf,
}

impl Copies {
    /// Makes the copy.
    pub fn run(self) -> Result<()> {
        match self {
            Self::Backup(Backup { data, to }) => {
                store::backup(&data, &to)?;
                println!("{}", to.display());
            }
            Self::Restore(Restore { from, data }) => {
                // Numbers of the log belong to a shop and an epoch, so one epoch serves all shops.
                let mut epoch = [0; 16];
                getrandom::fill(&mut epoch).context("the system has no random bytes")?;
                let shops = store::restore(&from, &data, || epoch)?;
                println!("shops in {}: {shops}", data.display());
            }
        }
        Ok(())
    }
}
