//! The endpoint, as a process that can be stopped and restarted.

use crate::wait::until;
use crate::{paths, port};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// A server of the built app on one port; dropping the value stops it.
pub struct Server {
    port: u16,
    folder: PathBuf,
    /// Where entries of shops are kept.
    data: Option<PathBuf>,
    /// The database in which they are kept instead.
    database: Option<String>,
    /// The origin of pages that another host serves.
    pages: Option<String>,
    /// The port of the mail server on this machine.
    mail: Option<u16>,
    setup_code: Option<String>,
    /// Where the card processor is, if the endpoint has a key of one.
    gateway: Option<String>,
    child: Option<Child>,
}

/// What the server prints before a set-up code.
const SETUP: &str = "Set-up code for a new shop: ";

impl Server {
    /// Starts the server on a folder and waits until it listens.
    ///
    /// # Errors
    /// When the server is not built, or does not start.
    pub async fn start(folder: PathBuf) -> Result<Self> {
        Self::start_with(folder, None).await
    }

    /// The same, with an endpoint that keeps entries in a directory.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub async fn start_with(folder: PathBuf, data: Option<PathBuf>) -> Result<Self> {
        Self::start_for(folder, data, None).await
    }

    /// An endpoint for pages that another host serves.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub async fn start_for(folder: PathBuf, data: Option<PathBuf>, pages: Option<String>) -> Result<Self> {
        Self::started(Self { data, pages, ..Self::of(folder)? }).await
    }

    /// One of the endpoints over a database, which counters reach under another address.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub async fn start_over(folder: PathBuf, database: String, address: String) -> Result<Self> {
        Self::started(Self { database: Some(database), pages: Some(address), ..Self::of(folder)? }).await
    }

    /// An endpoint that sends mails through a mail server on this machine.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub async fn start_with_mail(folder: PathBuf, data: PathBuf, mail: u16) -> Result<Self> {
        Self::started(Self { data: Some(data), mail: Some(mail), ..Self::of(folder)? }).await
    }

    /// A server of a folder alone, which is not started.
    fn of(folder: PathBuf) -> Result<Self> {
        let (port, setup_code, child) = (port::free()?, None, None);
        let (data, database, pages, mail, gateway) = (None, None, None, None, None);
        Ok(Self { port, folder, data, database, pages, mail, setup_code, gateway, child })
    }

    async fn started(mut server: Self) -> Result<Self> {
        server.resume().await?;
        Ok(server)
    }

    /// The code with which a shop can be founded.
    ///
    /// # Errors
    /// When the server has printed none.
    pub fn setup_code(&self) -> Result<&str> {
        self.setup_code.as_deref().context("the server has printed no set-up code")
    }

    /// Gives the server the key of a card processor, from its next start on.
    pub fn set_gateway(&mut self, address: &str) {
        self.gateway = Some(address.to_owned());
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
        let mut command = Command::new(paths::counterfoil()?);
        command.args(["serve", "--port", &self.port.to_string(), "--dir"]).arg(&self.folder);
        if let Some(data) = &self.data {
            command.arg("--data").arg(data);
        }
        if let Some(database) = &self.database {
            command.env("COUNTERFOIL_DATABASE_URL", database);
        }
        if let Some(pages) = &self.pages {
            command.arg("--origin").arg(pages);
        }
        if let Some(gateway) = &self.gateway {
            command
                .args(["--gateway-url", gateway])
                .env("COUNTERFOIL_GATEWAY_KEY", "rk_test_abcdefgh12345678")
                .env("COUNTERFOIL_GATEWAY_WEBHOOK_SECRET", "whsec_double_0123456789abcdef");
        }
        if let Some(mail) = self.mail {
            command.args(["--mail-server", "127.0.0.1", "--mail-from", "shop@example.org"]);
            command.args(["--mail-port", &mail.to_string()]);
        }
        let mut child = command.kill_on_drop(true).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn()?;
        let stdout = child.stdout.take().context("the server has no output")?;
        until("the server to listen", async || {
            if let Some(end) = child.try_wait()? {
                return Ok(Some(Err(anyhow::anyhow!("the server ended: {end}"))));
            }
            Ok(TcpStream::connect(("127.0.0.1", self.port)).await.is_ok().then_some(Ok(())))
        })
        .await??;
        let mut lines = BufReader::new(stdout).lines();
        // The code comes right after the address, and only while no shop was founded.
        if (self.data.is_some() || self.database.is_some()) && self.setup_code.is_none() {
            while let Some(line) = lines.next_line().await? {
                if let Some(code) = line.strip_prefix(SETUP) {
                    self.setup_code = Some(code.to_owned());
                    break;
                }
            }
        }
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        self.child = Some(child);
        Ok(())
    }
}
