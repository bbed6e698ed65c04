//! The server itself: its flags, and what it prints.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::Args;
use endpoint::{Certificate, Limits, Server, site};
use tokio::net::TcpListener;
use tokio::runtime::Builder;

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
    /// The certificate and the chain that leads to it (PEM)
    #[arg(long, env = "COUNTERFOIL_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The private key of the certificate (PEM, without a passphrase)
    #[arg(long, env = "COUNTERFOIL_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
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
        println!("{scheme}://{}/{}", listener.local_addr()?, self.base.trim_start_matches('/'));
        if certificate.is_none() && !self.listen.is_loopback() {
            eprintln!(
                "counterfoil: without --tls-cert and --tls-key other machines can open the page but not use it"
            );
        }
        let server = Server::new(site(&self.dir, &self.base), Limits::default());
        match certificate {
            Some(certificate) => server.with_tls(certificate),
            None => server,
        }
        .serve(listener, interrupted())
        .await
    }
}

/// Waits for Ctrl+C or a termination signal.
async fn interrupted() {
    let terminated = async {
        #[cfg(unix)]
        if let Ok(mut end) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            end.recv().await;
            return;
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
