//! Accepts connections, closes stalled ones, and shuts down gracefully.

use std::convert::Infallible;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use axum::Router;
use axum::http::Request;
use axum::response::Response;
use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::{ServiceExt, service_fn};

use crate::activity::{Activity, Entry, Open};
use crate::guard::guard;
use crate::limits::{BUFFER, Limits};
use crate::stream::Stream;
use crate::tls::Certificate;

/// A server: what it answers, within which limits, and whether it speaks TLS.
#[derive(Clone)]
pub struct Server {
    routes: Router,
    limits: Limits,
    tls: Option<TlsAcceptor>,
}

impl Server {
    /// A server of `routes` without TLS.
    pub fn new(routes: Router, limits: Limits) -> Self {
        Self { routes: guard(routes, limits), limits, tls: None }
    }

    /// The server with TLS.
    #[must_use]
    pub fn with_tls(self, certificate: Certificate) -> Self {
        Self { tls: Some(certificate.acceptor()), ..self }
    }

    /// Serves on `listener` until `end` completes, then lets running responses finish.
    pub async fn serve(self, listener: TcpListener, end: impl Future<Output = ()>) -> Result<()> {
        let permits = Arc::new(Semaphore::new(self.limits.connections));
        let open = Open::default();
        let shutdown = GracefulShutdown::new();
        let mut end = pin!(end);
        loop {
            let next = async {
                let stream = accept(&listener).await;
                Ok::<_, anyhow::Error>((stream, permit(&permits, &open, self.limits.patience).await?))
            };
            let (stream, permit) = tokio::select! {
                next = next => next?,
                () = &mut end => break,
            };
            let (server, entry, watcher) = (self.clone(), open.enter(), shutdown.watcher());
            tokio::spawn(async move {
                let activity = Arc::clone(&entry.activity);
                tokio::select! {
                    () = server.connection(stream, entry, watcher) => {}
                    () = activity.closed() => {}
                }
                drop(permit);
            });
        }
        drop(listener);
        // Connections that are open after that are closed: a stalled client must not delay the shutdown.
        let _ = timeout(self.limits.grace, shutdown.shutdown()).await;
        Ok(())
    }

    async fn connection(self, stream: TcpStream, entry: Entry, watcher: Watcher) {
        // Small responses are sent at once, and a client that reads slowly is seen to read: a large buffer has room again only
        // after a long time. If an option cannot be set, the server is a little worse.
        let _ = stream.set_nodelay(true);
        let _ = SockRef::from(&stream).set_send_buffer_size(BUFFER);
        match &self.tls {
            None => self.http(stream, &entry, watcher).await,
            Some(tls) => {
                // A client that does not speak TLS, or too slowly, is closed without an answer.
                if let Ok(Ok(stream)) = timeout(self.limits.head, tls.accept(stream)).await {
                    self.http(stream, &entry, watcher).await;
                }
            }
        }
    }

    async fn http(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        entry: &Entry,
        watcher: Watcher,
    ) {
        let stream = Stream::new(stream, Arc::clone(&entry.activity), self.limits.write);
        let (routes, activity) = (self.routes.clone(), Arc::clone(&entry.activity));
        let service = TowerToHyperService::new(service_fn(move |request| {
            answer(routes.clone(), Arc::clone(&activity), request)
        }));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head)
            .max_buf_size(BUFFER)
            .serve_connection(TokioIo::new(stream), service);
        // A client that closes the connection early is not an error.
        let _ = watcher.watch(connection).await;
    }
}

/// One connection's requests to `routes`.
async fn answer(
    routes: Router,
    activity: Arc<Activity>,
    request: Request<Incoming>,
) -> Result<Response, Infallible> {
    // While a body arrives, the server waits for the client.
    activity.set_served(request.body().is_end_stream());
    let response = routes.oneshot(request).await;
    activity.set_served(false);
    response
}

/// A place for one more connection. When all are taken, the connection that has waited longest for its client is closed.
async fn permit(permits: &Arc<Semaphore>, open: &Open, patience: Duration) -> Result<OwnedSemaphorePermit> {
    loop {
        if let Ok(permit) = Arc::clone(permits).try_acquire_owned() {
            return Ok(permit);
        }
        if open.close_longest(patience) {
            return Ok(Arc::clone(permits).acquire_owned().await?);
        }
        if let Ok(permit) = timeout(patience, Arc::clone(permits).acquire_owned()).await {
            return Ok(permit?);
        }
    }
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
