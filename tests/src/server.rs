//! The endpoint, as a process that can be stopped and restarted.

use crate::wait::until;
use crate::{paths, port};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Stdio;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// A server of the built app on one port; dropping the value stops it.
pub struct Server {
    port: u16,
    folder: PathBuf,
    child: Option<Child>,
}

impl Server {
    /// Starts the server on a folder and waits until it listens.
    ///
    /// # Errors
    /// When the server is not built, or does not start.
    pub async fn start(folder: PathBuf) -> Result<Self> {
        let mut server = Self { port: port::free()?, folder, child: None };
        server.resume().await?;
        Ok(server)
    }

    /// The address of the server, without a slash at the end.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Stops the process and waits until it has ended: anything the browser shows afterwards is from its own cache.
    ///
    /// # Errors
    /// When the process cannot be ended.
    pub async fn stop(&mut self) -> Result<()> {
        let mut child = self.child.take().context("the server is stopped already")?;
        Ok(child.kill().await?)
    }

    /// Starts the process on the same port.
    ///
    /// # Errors
    /// When it does not listen in time, or ends.
    pub async fn resume(&mut self) -> Result<()> {
        let mut child = Command::new(paths::counterfoil()?)
            .args(["serve", "--port", &self.port.to_string(), "--dir"])
            .arg(&self.folder)
            .kill_on_drop(true)
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()?;
        until("the server to listen", async || {
            if let Some(end) = child.try_wait()? {
                return Ok(Some(Err(anyhow::anyhow!("the server ended: {end}"))));
            }
            Ok(TcpStream::connect(("127.0.0.1", self.port)).await.is_ok().then_some(Ok(())))
        })
        .await??;
        self.child = Some(child);
        Ok(())
    }
}
