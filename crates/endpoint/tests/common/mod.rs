//! A running server, and clients that speak to it in plain bytes.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use endpoint::{Certificate, Limits};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

pub const TIMEOUT: Duration = Duration::from_secs(10);

/// Never reached in a test.
pub const LONG: Duration = Duration::from_secs(3600);

/// Limits of which a test sets the one that it is about.
pub const LIMITS: Limits = Limits {
    head: LONG,
    body: LONG,
    write: LONG,
    request: LONG,
    connections: 2,
    patience: LONG,
    grace: Duration::from_millis(300),
};

pub const SHORT: Duration = Duration::from_millis(200);

pub const GOOD: &str = "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

pub struct Server {
    pub address: SocketAddr,
    pub end: oneshot::Sender<()>,
    pub task: JoinHandle<()>,
}

pub async fn start(site: Router, limits: Limits) -> Server {
    start_with(site, None, limits).await
}

pub async fn start_with(site: Router, certificate: Option<Certificate>, limits: Limits) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (end, ended) = oneshot::channel();
    let task = tokio::spawn(async move {
        let server = endpoint::Server::new(site, limits);
        let server = match certificate {
            Some(certificate) => server.with_tls(certificate),
            None => server,
        };
        server.serve(listener, async { ended.await.unwrap() }).await.unwrap();
    });
    Server { address, end, task }
}

/// Sends `text` and reads until the server closes.
pub async fn talk(address: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    rest(&mut stream).await
}

/// What comes until the server closes, in whatever way.
pub async fn rest(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> String {
    let mut reply = Vec::new();
    // A connection that is cut may be reset.
    let _ = timeout(TIMEOUT, stream.read_to_end(&mut reply)).await.unwrap();
    String::from_utf8_lossy(&reply).into_owned()
}

/// A client for which the system holds little.
pub async fn small_client(address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    socket.connect(address).await.unwrap()
}
