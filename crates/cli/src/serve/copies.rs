//! `counterfoil serve backup`, `restore` and `move`: copies of an endpoint's data.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};
use endpoint::store::{self, Address, Postgres, Sqlite, Store};
use tokio::runtime::Builder;

/// What is done with the data of an endpoint.
#[derive(Subcommand)]
pub enum Copies {
    /// Copy the data of an endpoint to one file, also while it is running
    Backup(Backup),
    /// Make the data directory of an endpoint from a backup
    ///
    /// Every shop begins a new epoch: the devices find out at their next contact, hand back what the backup does not have,
    /// and go on recording meanwhile.
    Restore(Restore),
    /// Move all shops from a data directory to a database, or back, while no endpoint is running
    ///
    /// The devices notice nothing, if the endpoint has the same address afterwards. The source stays as it is, but no endpoint starts
    /// on it any more. What was interrupted goes on when it is started again.
    Move(Move),
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

/// Moves all shops to another store.
#[derive(Args)]
pub struct Move {
    /// The data directory, or `database` for the one of COUNTERFOIL_DATABASE_URL
    #[arg(long, value_name = "PLACE")]
    from: String,
    /// The same for the target, which must be empty, or the one that the shops came from
    #[arg(long, value_name = "PLACE")]
    to: String,
    /// One shop alone, which its owner has moved to the address of the target's endpoint; the target may have other shops
    #[arg(long, value_name = "ID")]
    shop: Option<String>,
    #[arg(long, env = "COUNTERFOIL_DATABASE_URL", value_name = "URL", hide_env_values = true, hide = true)]
    database_url: Option<String>,
}

/// Stands for the database of the environment.
const DATABASE: &str = "database";

impl Move {
    fn run(self) -> Result<()> {
        ensure!(self.from != self.to, "the source and the target are the same");
        let runtime = Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let exists = self.from == DATABASE || Path::new(&self.from).is_dir();
            ensure!(exists, "there is no data directory {}", self.from);
            let (from, to) = (self.open(&self.from).await?, self.open(&self.to).await?);
            if let Some(shop) = &self.shop {
                let records = endpoint::move_shop(&*from, &*to, shop).await?;
                println!("{shop} with {records} records is in {}", self.to);
                return Ok(());
            }
            let store::Moved { shops, records } = store::move_all(&*from, &*to, &self.to).await?;
            println!("{shops} shops with {records} records are in {}", self.to);
            Ok(())
        })
    }

    async fn open(&self, place: &str) -> Result<Arc<dyn Store>> {
        if place != DATABASE {
            return Ok(Arc::new(Sqlite::open(Path::new(place))?));
        }
        let address = self
            .database_url
            .as_deref()
            .context("set COUNTERFOIL_DATABASE_URL to the address of the database")?;
        Ok(Arc::new(Postgres::open(&Address::parse(address)?).await?))
    }
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
            Self::Move(moving) => moving.run()?,
        }
        Ok(())
    }
}
