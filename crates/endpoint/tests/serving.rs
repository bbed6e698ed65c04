//! Stalled clients, connection limits and shutdown.
#![allow(clippy::unwrap_used, missing_docs)]

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use endpoint::{Limits, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

const TIMEOUT: Duration = Duration::from_secs(10);
const LIMITS: Limits =
    Limits { head: Duration::from_millis(200), connections: 2, grace: Duration::from_millis(300) };

struct Server {
    address: SocketAddr,
    end: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

async fn start(site: Router) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (end, ended) = oneshot::channel();
    let task = tokio::spawn(async move {
        serve(listener, site, LIMITS, async { ended.await.unwrap() }).await.unwrap();
    });
    Server { address, end, task }
}

/// Sends `text` and reads until the server closes.
async fn talk(address: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut reply = Vec::new();
    timeout(TIMEOUT, stream.read_to_end(&mut reply)).await.unwrap().unwrap();
    String::from_utf8(reply).unwrap()
}

fn hello() -> Router {
    Router::new().route("/", get(|| async { "hello" }))
}

#[tokio::test]
async fn a_stalled_request_is_closed_and_the_next_client_is_served() {
    let server = start(hello()).await;
    let stalled = "GET / HTTP/1.1\r\nhost: a\r\nx-slow: ";
    let (first, second) = tokio::join!(talk(server.address, stalled), talk(server.address, ""));
    assert!(!first.contains("200 OK") && !second.contains("200 OK"), "{first}{second}");
    let good = talk(server.address, "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert!(good.starts_with("HTTP/1.1 200 OK") && good.ends_with("hello"), "{good}");
}

#[tokio::test]
async fn clients_above_the_limit_wait_and_are_served() {
    let server = start(hello()).await;
    let clients = (0..10).map(|_| {
        tokio::spawn(talk(server.address, "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"))
    });
    for client in clients.collect::<Vec<_>>() {
        assert!(client.await.unwrap().ends_with("hello"));
    }
}

#[tokio::test]
async fn shutdown_lets_a_running_response_finish() {
    let (started, mut has_started) = tokio::sync::mpsc::channel(1);
    let (go, gone) = tokio::sync::watch::channel(false);
    let site = Router::new().route(
        "/",
        get(move || async move {
            started.send(()).await.unwrap();
            gone.clone().wait_for(|go| *go).await.unwrap();
            "finished"
        }),
    );
    let server = start(site).await;
    let client = tokio::spawn(talk(server.address, "GET / HTTP/1.1\r\nhost: a\r\n\r\n"));
    has_started.recv().await.unwrap();
    server.end.send(()).unwrap();
    go.send(true).unwrap();
    assert!(client.await.unwrap().ends_with("finished"));
    timeout(TIMEOUT, server.task).await.unwrap().unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}
