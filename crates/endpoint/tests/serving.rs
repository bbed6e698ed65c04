//! What the server does with visitors who stall, and how it ends.
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

const HURRY: Duration = Duration::from_secs(10);
const LIMITS: Limits =
    Limits { head: Duration::from_millis(200), connections: 2, farewell: Duration::from_millis(300) };

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
    let mut answer = Vec::new();
    timeout(HURRY, stream.read_to_end(&mut answer)).await.unwrap().unwrap();
    String::from_utf8(answer).unwrap()
}

fn hello() -> Router {
    Router::new().route("/", get(|| async { "hello" }))
}

#[tokio::test]
async fn a_stalled_head_is_cut_and_the_next_visitor_is_served() {
    let server = start(hello()).await;
    let stalled = "GET / HTTP/1.1\r\nhost: a\r\nx-slow: ";
    let (first, second) = tokio::join!(talk(server.address, stalled), talk(server.address, ""));
    assert!(!first.contains("200 OK") && !second.contains("200 OK"), "{first}{second}");
    let good = talk(server.address, "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert!(good.starts_with("HTTP/1.1 200 OK") && good.ends_with("hello"), "{good}");
}

#[tokio::test]
async fn more_visitors_than_places_wait_and_are_all_served() {
    let server = start(hello()).await;
    let visits = (0..10).map(|_| {
        tokio::spawn(talk(server.address, "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"))
    });
    for visit in visits.collect::<Vec<_>>() {
        assert!(visit.await.unwrap().ends_with("hello"));
    }
}

#[tokio::test]
async fn the_end_lets_a_running_answer_finish_and_cuts_who_stalls() {
    let (begun, mut seen) = tokio::sync::mpsc::channel(1);
    let (go, gone) = tokio::sync::watch::channel(false);
    let site = Router::new().route(
        "/",
        get(move || async move {
            begun.send(()).await.unwrap();
            gone.clone().wait_for(|go| *go).await.unwrap();
            "finished"
        }),
    );
    let server = start(site).await;
    let visit = tokio::spawn(talk(server.address, "GET / HTTP/1.1\r\nhost: a\r\n\r\n"));
    seen.recv().await.unwrap();
    server.end.send(()).unwrap();
    go.send(true).unwrap();
    assert!(visit.await.unwrap().ends_with("finished"));
    timeout(HURRY, server.task).await.unwrap().unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}
