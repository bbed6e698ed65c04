//! chromedriver, as a child of the journey that uses it.

use anyhow::{Context, Result};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A running chromedriver; it ends with this value.
pub struct Driver {
    _child: Child,
    address: String,
}

impl Driver {
    /// Starts chromedriver on a port of its choice and waits for its greeting, which names it.
    ///
    /// # Errors
    /// When there is no chromedriver, or it ends before it listens.
    pub async fn start() -> Result<Self> {
        let mut child = Command::new("chromedriver")
            .args(["--port=0", "--log-level=SEVERE"])
            .kill_on_drop(true)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("chromedriver does not start: install chromium and chromium-driver")?;
        let greeting = child.stdout.take().context("chromedriver has no output")?;
        let mut lines = BufReader::new(greeting).lines();
        let mut said = Vec::new();
        while let Some(line) = lines.next_line().await? {
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                let port = port.trim_end_matches('.').to_owned();
                // Whatever else it says must be read, or it would wait for a reader.
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Ok(Self { _child: child, address: format!("http://127.0.0.1:{port}") });
            }
            said.push(line);
        }
        anyhow::bail!("chromedriver ended; it said: {}", said.join(" / "))
    }

    /// Where sessions are asked for.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}
