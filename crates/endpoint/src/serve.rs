//! Accepts connections, cuts those that stall, and ends in good order.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

/// What one visitor may take of the server.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long a request's head may take; also how long an idle connection is kept.
    pub head: Duration,
    /// How many connections are served at once; more wait.
    pub connections: usize,
    /// How long running answers get to finish after the end was asked for.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head: Duration::from_secs(10), connections: 512, farewell: Duration::from_secs(5) }
    }
}

/// Serves `site` on `listener` until `end` comes, then lets running answers finish.
pub async fn serve(
    listener: TcpListener,
    site: Router,
    limits: Limits,
    end: impl Future<Output = ()>,
) -> Result<()> {
    let room = Arc::new(Semaphore::new(limits.connections));
    let open = GracefulShutdown::new();
    let mut end = pin!(end);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&room).acquire_owned() => place?,
            () = &mut end => break,
        };
        let stream = tokio::select! {
            stream = accept(&listener) => stream,
            () = &mut end => break,
        };
        let connection = connection(stream, site.clone(), limits);
        let watched = open.watch(connection);
        tokio::spawn(async move {
            // A visitor who hangs up in the middle is no news.
            let _ = watched.await;
            drop(place);
        });
    }
    drop(listener);
    // Whoever has not finished by then is cut: a stalled visitor must not keep the server from ending.
    let _ = timeout(limits.farewell, open.shutdown()).await;
    Ok(())
}

/// The next visitor. When the system has no room for one (no file handles left), waits for some to leave.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(_) => sleep(Duration::from_millis(100)).await,
        }
    }
}

fn connection(
    stream: TcpStream,
    site: Router,
    limits: Limits,
) -> http1::Connection<TokioIo<TcpStream>, TowerToHyperService<Router>> {
    // Small answers must not wait for more; where that cannot be set they come a little later.
    let _ = stream.set_nodelay(true);
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(site))
}
