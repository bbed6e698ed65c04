//! chromedriver, as a child process of the journey.

use anyhow::{Context, Result};
use std::process::Stdio;
use tempfile::NamedTempFile;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// How many ports are drawn before a start counts as failed.
const DRAWS: usize = 8;

/// What chromedriver writes when the port it drew is taken.
const PORT_TAKEN: &str = "port not available";

/// A running chromedriver; dropping the value ends it.
pub struct Driver {
    _child: Child,
    address: String,
    log: NamedTempFile,
}

/// What Chromium writes to the log when the process of a tab has ended by itself.
const CRASHED: &str = "DevTools WebSocket Event: Target.targetCrashed";

impl Driver {
    /// Starts chromedriver on a port of its choice and reads the port from its first output.
    ///
    /// chromedriver draws a port for IPv6 and wants the same one for IPv4; where another process
    /// took that one in between, it ends with "IPv4 port not available", and a new draw helps.
    ///
    /// # Errors
    /// When chromedriver is not installed, or ends before it listens.
    pub async fn start() -> Result<Self> {
        for _ in 1..DRAWS {
            match Self::launch().await? {
                Ok(driver) => return Ok(driver),
                Err(output) if output.contains(PORT_TAKEN) => {}
                Err(output) => anyhow::bail!("chromedriver ended; its output was: {output}"),
            }
        }
        Self::launch()
            .await?
            .map_err(|output| anyhow::anyhow!("chromedriver ended; its output was: {output}"))
    }

    /// One start: the driver, or what a chromedriver that ended had written.
    async fn launch() -> Result<Result<Self, String>> {
        let log = NamedTempFile::new()?;
        let mut child = Command::new("chromedriver")
            // The reason of a crash is an event, and events are logged at this level only.
            .args(["--port=0", "--log-level=DEBUG"])
            .arg(format!("--log-path={}", log.path().display()))
            .kill_on_drop(true)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("chromedriver does not start: install chromium and chromium-driver")?;
        let output = child.stdout.take().context("chromedriver has no output")?;
        let mut lines = BufReader::new(output).lines();
        let mut seen = Vec::new();
        while let Some(line) = lines.next_line().await? {
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                let port = port.trim_end_matches('.').to_owned();
                // The rest of the output must be read, or chromedriver blocks on a full pipe.
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Ok(Ok(Self { _child: child, address: format!("http://127.0.0.1:{port}"), log }));
            }
            seen.push(line);
        }
        Ok(Err(seen.join(" / ")))
    }

    /// Why tabs crashed, if any did: Chromium's status and error code, which is the number of the signal.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn crashes(&self) -> Result<Vec<String>> {
        let log = std::fs::read(self.log.path())?;
        let log = String::from_utf8_lossy(&log);
        let events = log.split(CRASHED).skip(1);
        Ok(events.map(|event| event.lines().skip(1).take(2).map(str::trim).collect()).collect())
    }

    /// The address at which sessions are created.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}
