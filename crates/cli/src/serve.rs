//! `counterfoil serve`: serves the app on this machine.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::Args;
use endpoint::{Limits, serve, site};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// Serves the app's files on this machine.
#[derive(Args)]
pub struct Serve {
    /// The folder that `cargo xtask build` leaves
    #[arg(long, default_value = "dist")]
    dir: PathBuf,
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The path the app was built for (`--public-url`)
    #[arg(long, default_value = "/")]
    base: String,
}

impl Serve {
    /// Serves until interrupted. Prints the address when it can be opened.
    pub fn run(self) -> Result<()> {
        ensure!(
            self.dir.join("index.html").is_file(),
            "there is no index.html in {}: build the app first with `cargo xtask build`",
            self.dir.display()
        );
        Runtime::new()?.block_on(self.serve())
    }

    async fn serve(self) -> Result<()> {
        let address = SocketAddr::from(([127, 0, 0, 1], self.port));
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("cannot listen on {address}: choose another port with --port"))?;
        println!("http://{}/{}", listener.local_addr()?, self.base.trim_start_matches('/'));
        serve(listener, site(&self.dir, &self.base), Limits::default(), interrupted()).await
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
