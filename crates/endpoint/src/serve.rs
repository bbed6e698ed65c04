//! Accepts connections, closes stalled ones, and shuts down gracefully.

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

/// Limits of the server.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest time for the head of a request; also the longest idle time of a connection.
    pub head: Duration,
    /// The most concurrent connections; further ones wait.
    pub connections: usize,
    /// The time for running responses to finish after shutdown was requested.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head: Duration::from_secs(10), connections: 512, grace: Duration::from_secs(5) }
    }
}

/// Serves `site` on `listener` until `end` completes, then lets running responses finish.
pub async fn serve(
    listener: TcpListener,
    site: Router,
    limits: Limits,
    end: impl Future<Output = ()>,
) -> Result<()> {
    let permits = Arc::new(Semaphore::new(limits.connections));
    let shutdown = GracefulShutdown::new();
    let mut end = pin!(end);
    loop {
        let permit = tokio::select! {
            permit = Arc::clone(&permits).acquire_owned() => permit?,
            () = &mut end => break,
        };
        let stream = tokio::select! {
            stream = accept(&listener) => stream,
            () = &mut end => break,
        };
        let connection = connection(stream, site.clone(), limits);
        let watched = shutdown.watch(connection);
        tokio::spawn(async move {
            // A client that closes the connection early is not an error.
            let _ = watched.await;
            drop(permit);
        });
    }
    drop(listener);
    // Connections that are open after that are closed: a stalled client must not delay the shutdown.
    let _ = timeout(limits.grace, shutdown.shutdown()).await;
    Ok(())
}

/// Accepts the next connection. When the system has no file handles left, waits and tries again.
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
    // Small responses are sent at once. If the option cannot be set, they are delayed a little.
    let _ = stream.set_nodelay(true);
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(site))
}
