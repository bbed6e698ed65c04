//! A mail server of a journey, and the mails that it has taken.

use crate::paths;
use crate::wait::until;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::process::Stdio;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A mail server on this machine; dropping the value stops it. What it does with a mail follows from the name before the `@`:
/// `tests/smtp/server.py` has the list.
pub struct Mailbox {
    folder: TempDir,
    port: u16,
    _child: Child,
}

impl Mailbox {
    /// Starts the server.
    ///
    /// # Errors
    /// When aiosmtpd is not installed, or does not start.
    pub async fn open() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut child = Command::new(paths::smtp()?)
            .arg(paths::workspace().join("tests/smtp/server.py"))
            .arg(folder.path())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("the mail server has no output")?).lines();
        let line = lines.next_line().await?.context("the mail server ended")?;
        let port = line.strip_prefix("port ").context("a port")?.trim().parse()?;
        Ok(Self { folder, port, _child: child })
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Waits until it has taken as many mails, and returns the last one: its `to`, `from`, `subject`, `id`, `text` and `html`.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn last_of(&self, count: usize) -> Result<Value> {
        let name = format!("{:04}", count.saturating_sub(1));
        let (whole, decoded) =
            (self.folder.path().join(format!("{name}.eml")), self.folder.path().join(format!("{name}.json")));
        until("the mail", async || Ok(whole.exists().then_some(()))).await?;
        Ok(serde_json::from_str(&fs::read_to_string(decoded)?)?)
    }

    /// How many mails it has taken.
    ///
    /// # Errors
    /// When its folder cannot be read.
    pub fn count(&self) -> Result<usize> {
        let files = fs::read_dir(self.folder.path())?.collect::<Result<Vec<_>, _>>()?;
        Ok(files.iter().filter(|file| file.path().extension().is_some_and(|kind| kind == "eml")).count())
    }
}
