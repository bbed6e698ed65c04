//! The server itself: its flags, and what it prints.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use clap::Args;
use endpoint::store::{Address, Fault, Postgres, Sqlite, Store};
use endpoint::{Certificate, Endpoint, Limits, MailServer, Server, Settings, api, site};
use tokio::net::TcpListener;
use tokio::runtime::Builder;

use super::gateway::GatewayArgs;

use crate::serve::mail::Mail;

/// The flags of the server.
#[derive(Args)]
pub struct Run {
    /// The folder that `cargo xtask build` leaves
    #[arg(long, env = "COUNTERFOIL_DIR", default_value = "dist")]
    dir: PathBuf,
    /// The address to listen on; 0.0.0.0 is every address of this machine
    #[arg(long, env = "COUNTERFOIL_LISTEN", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    /// The port; 0 takes a free one
    #[arg(long, env = "COUNTERFOIL_PORT", default_value_t = 8080)]
    port: u16,
    /// The path the app was built for (`--public-url`)
    #[arg(long, env = "COUNTERFOIL_BASE", default_value = "/")]
    base: String,
    /// Where the entries of shops are kept: counters can then work on one book. Without it only the app is served
    #[arg(long, env = "COUNTERFOIL_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// The database in which the entries of shops are kept instead: postgresql://user:password@host/name. Any number of
    /// endpoints can have one database
    ///
    /// Several hosts, separated by commas, are tried in turn; the one that accepts writes is used. Connections to other machines are
    /// encrypted. Other programs can see the arguments of this one: set COUNTERFOIL_DATABASE_URL where it contains a password.
    #[arg(
        long,
        env = "COUNTERFOIL_DATABASE_URL",
        value_name = "URL",
        conflicts_with = "data",
        hide_env_values = true
    )]
    database_url: Option<String>,
    /// The address of the page as the counters open it, such as https://till.example.org:8443; may be repeated
    ///
    /// Devices sign it, so that what they send to one endpoint is of no use at another one. Not needed where only this
    /// machine is served.
    #[arg(long, env = "COUNTERFOIL_ORIGIN", value_name = "URL", value_delimiter = ',', value_parser = origin)]
    origin: Vec<String>,
    #[command(flatten)]
    gateway: GatewayArgs,
    /// Print a set-up code although the data has a shop already
    #[arg(long)]
    new_shop: bool,
    /// The certificate and the chain that leads to it (PEM)
    #[arg(long, env = "COUNTERFOIL_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The private key of the certificate (PEM, without a passphrase)
    #[arg(long, env = "COUNTERFOIL_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    #[command(flatten)]
    mail: Mail,
}

/// The most threads that read files. Each keeps memory of its own for a while.
const FILE_THREADS: usize = 16;

impl Run {
    /// Serves until interrupted. Prints the address when it can be opened.
    pub fn run(self) -> Result<()> {
        ensure!(
            self.dir.join("index.html").is_file(),
            "there is no index.html in {}: build the app first with `cargo xtask build`",
            self.dir.display()
        );
        let certificate = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Some(Certificate::read(certificate, key)?),
            _ => None,
        };
        let runtime = Builder::new_multi_thread().enable_all().max_blocking_threads(FILE_THREADS).build()?;
        runtime.block_on(self.serve(certificate))
    }

    async fn serve(self, certificate: Option<Certificate>) -> Result<()> {
        let address = SocketAddr::from((self.listen, self.port));
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("cannot listen on {address}: choose another port with --port"))?;
        let scheme = if certificate.is_some() { "https" } else { "http" };
        let address = listener.local_addr()?;
        let mail = self.mail.server(self.data.is_some() || self.database_url.is_some())?;
        let endpoint = match self.store().await? {
            Some(store) => Some(self.endpoint(store, (scheme, address.port()), mail).await?),
            None => None,
        };
        if let Some(opened) = &endpoint {
            self.gateway.start(&opened.endpoint).await?;
        }
        let end = interrupted()?;
        println!("{scheme}://{address}/{}", self.base.trim_start_matches('/'));
        if certificate.is_none() && !self.listen.is_loopback() {
            eprintln!(
                "counterfoil: without --tls-cert and --tls-key other machines can open the page but not use it"
            );
        }
        let mut routes = site(&self.dir, &self.base);
        if let Some(endpoint) = endpoint {
            self.print_set_up_code(&endpoint).await?;
            routes = routes.merge(api(endpoint.endpoint));
        }
        let server = Server::new(routes, Limits::default());
        match certificate {
            Some(certificate) => server.with_tls(certificate),
            None => server,
        }
        .serve(listener, end)
        .await
    }

    /// Opens the data.
    async fn store(&self) -> Result<Option<Arc<dyn Store>>> {
        let has_data = self.data.is_some() || self.database_url.is_some();
        ensure!(has_data || !self.new_shop, "--new-shop needs --data or --database-url");
        ensure!(has_data || !self.gateway.is_set(), "--gateway-key-file needs --data or --database-url");
        ensure!(
            !has_data || self.listen.is_loopback() || !self.origin.is_empty(),
            "say with --origin how the counters address this machine, such as https://till.example.org:8443"
        );
        if let Some(address) = &self.database_url {
            // Not read with the arguments: their reader repeats what it cannot read, and with it the password.
            return Ok(Some(Arc::new(Postgres::open(&Address::parse(address)?).await?)));
        }
        Ok(match &self.data {
            Some(data) => Some(Arc::new(Sqlite::open(data)?)),
            None => None,
        })
    }

    async fn endpoint(
        &self,
        store: Arc<dyn Store>,
        (scheme, port): (&str, u16),
        mail: Option<MailServer>,
    ) -> Result<Opened> {
        let mut origins = self.origin.clone();
        if self.listen.is_loopback() {
            origins.extend(["localhost", "127.0.0.1"].map(|host| format!("{scheme}://{host}:{port}")));
        }
        let shops = store.reading(|tx| tx.shops()).await.map_err(unusable)?;
        let endpoint = Endpoint::open(store, Settings { origins }).await.map_err(unusable)?;
        if let Some(server) = mail {
            endpoint.send_mails(server);
        }
        Ok(Opened { endpoint, has_shop: !shops.is_empty() })
    }

    /// Prints a code for founding a shop where there is none, or where another one is wanted.
    async fn print_set_up_code(&self, opened: &Opened) -> Result<()> {
        if self.new_shop || !opened.has_shop {
            let code = match &self.database_url {
                // Any endpoint over the database may be asked.
                Some(_) => opened.endpoint.new_shared_setup_code().await,
                None => opened.endpoint.new_setup_code(),
            };
            let code = code.map_err(unusable)?;
            println!("Set-up code for a new shop: {code}");
        }
        Ok(())
    }
}

/// The data of an endpoint, in use.
struct Opened {
    endpoint: Endpoint,
    has_shop: bool,
}

fn unusable(fault: Fault) -> anyhow::Error {
    anyhow::anyhow!("the data cannot be used: {fault}")
}

/// Reads an origin: scheme, host, and port if it is not the usual one, as browsers write it.
fn origin(text: &str) -> Result<String, String> {
    let lower = text.trim_end_matches('/').to_ascii_lowercase();
    let (scheme, host) = lower.split_once("://").unwrap_or_default();
    let usual = if scheme == "https" { ":443" } else { ":80" };
    let host = host.strip_suffix(usual).unwrap_or(host);
    if !matches!(scheme, "http" | "https") || host.is_empty() || host.contains(['/', '?', '#', '@', ' ']) {
        return Err("write it like https://till.example.org:8443, without a path".into());
    }
    Ok(format!("{scheme}://{host}"))
}

/// Completes at Ctrl+C or a termination signal. From the call on, not only once it is awaited, a signal does not end the
/// program at once.
#[cfg(unix)]
fn interrupted() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Completes at Ctrl+C.
#[cfg(not(unix))]
fn interrupted() -> Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (text, expected) in [
            ("https://till.example.org:8443", Some("https://till.example.org:8443")),
            ("HTTPS://Till.Example.org:443/", Some("https://till.example.org")),
            ("http://localhost:80", Some("http://localhost")),
            ("till.example.org", None),
            ("https://", None),
            ("ftp://till.example.org", None),
            ("https://till.example.org/books/", None),
            ("https://user@till.example.org", None),
        ] {
            assert_eq!(origin(text).ok().as_deref(), expected, "{text}");
        }
    }
}
