//! Stalled clients, connection limits and shutdown.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use axum::Router;
use axum::body::Bytes;
use axum::routing::{get, post};
use common::{GOOD, LIMITS, SHORT, TIMEOUT, rest, small_client, start, talk};
use endpoint::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

/// More than the system holds for a client that reads nothing.
const LARGE: usize = 8 << 20;

fn hello() -> Router {
    Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/", post(|body: Bytes| async move { body.len().to_string() }))
        .route("/large", get(|| async { vec![b'a'; LARGE] }))
}

#[tokio::test]
async fn a_stalled_head_is_closed_and_the_next_client_is_served() {
    let server = start(hello(), Limits { head: SHORT, ..LIMITS }).await;
    let stalled = "GET / HTTP/1.1\r\nhost: a\r\nx-slow: ";
    let (first, second) = tokio::join!(talk(server.address, stalled), talk(server.address, "G"));
    assert!(first.is_empty() && second.is_empty(), "{first}{second}");
    let good = talk(server.address, GOOD).await;
    assert!(good.starts_with("HTTP/1.1 200 OK") && good.ends_with("hello"), "{good}");
}

#[tokio::test]
async fn a_head_that_comes_byte_by_byte_has_no_more_time() {
    let server = start(hello(), Limits { head: SHORT, ..LIMITS }).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let head = format!("GET / HTTP/1.1\r\nx-slow: {}", "a".repeat(1000));
    let started = Instant::now();
    let mut every = tokio::time::interval(SHORT / 10);
    for byte in head.bytes() {
        every.tick().await;
        if stream.write_all(&[byte]).await.is_err() {
            break;
        }
    }
    assert!(started.elapsed() < SHORT * 10, "{:?}", started.elapsed());
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let server = start(hello(), Limits { head: SHORT, ..LIMITS }).await;
    assert_eq!(talk(server.address, "").await, "");
    let once = talk(server.address, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(once.ends_with("hello"), "{once}");
}

#[tokio::test]
async fn a_stalled_body_is_closed() {
    let server = start(hello(), Limits { body: SHORT, ..LIMITS }).await;
    let head = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\nconnection: close\r\n\r\n";
    let stalled = talk(server.address, &format!("{head}abc")).await;
    assert!(stalled.starts_with("HTTP/1.1 400 ") && !stalled.contains("abc"), "{stalled}");
    let whole = talk(server.address, &format!("{head}abcde")).await;
    assert!(whole.ends_with("\r\n\r\n5"), "{whole}");
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_answered() {
    let site = Router::new().route("/", get(std::future::pending::<()>));
    let server = start(site, Limits { request: SHORT, ..LIMITS }).await;
    let reply = talk(server.address, GOOD).await;
    assert!(reply.starts_with("HTTP/1.1 408 ") && reply.contains("x-frame-options: DENY"), "{reply}");
}

#[tokio::test]
async fn a_client_that_never_reads_is_closed() {
    let server = start(hello(), Limits { write: SHORT, connections: 1, ..LIMITS }).await;
    let mut deaf = small_client(server.address).await;
    deaf.write_all(b"GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    let good = talk(server.address, GOOD).await;
    assert!(good.ends_with("hello"), "{good}");
    assert!(rest(&mut deaf).await.len() < LARGE);
}

#[tokio::test]
async fn a_slow_reader_gets_everything() {
    let server = start(hello(), Limits { write: SHORT, ..LIMITS }).await;
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    slow.write_all(b"GET /large HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.unwrap();
    let (mut count, mut piece) = (0, vec![0; LARGE / 50]);
    let mut every = tokio::time::interval(SHORT / 10);
    let started = Instant::now();
    loop {
        every.tick().await;
        match timeout(TIMEOUT, slow.read(&mut piece)).await.unwrap().unwrap() {
            0 => break,
            more => count += more,
        }
    }
    assert!(count > LARGE && started.elapsed() > SHORT * 2, "{count} in {:?}", started.elapsed());
}

#[tokio::test]
async fn silent_clients_do_not_keep_others_out() {
    let limits = Limits { connections: 8, patience: SHORT, ..LIMITS };
    let server = start(hello(), limits).await;
    let mut silent = Vec::new();
    for beginning in ["", "GET / HT", "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nabc"] {
        for _ in 0..8 {
            let mut stream = TcpStream::connect(server.address).await.unwrap();
            stream.write_all(beginning.as_bytes()).await.unwrap();
            silent.push(stream);
        }
    }
    for _ in 0..8 {
        let mut deaf = small_client(server.address).await;
        deaf.write_all(b"GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        silent.push(deaf);
    }
    for _ in 0..20 {
        let good = talk(server.address, GOOD).await;
        assert!(good.ends_with("hello"), "{good}");
    }
}

#[tokio::test]
async fn a_request_in_work_is_not_closed_for_another_client() {
    let (started, mut has_started) = tokio::sync::mpsc::channel(1);
    let (go, gone) = tokio::sync::watch::channel(false);
    let site = hello().route(
        "/long",
        get(move || async move {
            started.send(()).await.unwrap();
            gone.clone().wait_for(|go| *go).await.unwrap();
            "finished"
        }),
    );
    let server = start(site, Limits { patience: SHORT, connections: 2, ..LIMITS }).await;
    let long =
        tokio::spawn(talk(server.address, "GET /long HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"));
    has_started.recv().await.unwrap();
    let _silent = TcpStream::connect(server.address).await.unwrap();
    for _ in 0..3 {
        assert!(talk(server.address, GOOD).await.ends_with("hello"));
    }
    go.send(true).unwrap();
    assert!(long.await.unwrap().ends_with("finished"));
}

#[tokio::test]
async fn clients_above_the_limit_wait_and_are_served() {
    let server = start(hello(), LIMITS).await;
    let clients = (0..10).map(|_| tokio::spawn(talk(server.address, GOOD)));
    for client in clients.collect::<Vec<_>>() {
        assert!(client.await.unwrap().ends_with("hello"));
    }
}

#[tokio::test]
async fn requests_that_are_no_http_are_refused_with_security_headers() {
    let server = start(hello(), LIMITS).await;
    let many: String = (0..200).map(|number| format!("x-{number}: a\r\n")).collect();
    for (request, status) in [
        ("what\r\n\r\n".into(), "400 Bad Request"),
        ("GET / HTTP/1.1\r\nhost a\r\n\r\n".into(), "400 Bad Request"),
        ("POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n".into(), "400 Bad Request"),
        (format!("GET / HTTP/1.1\r\n{many}\r\n"), "431 Request Header Fields Too Large"),
        (
            format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "a".repeat(200_000)),
            "431 Request Header Fields Too Large",
        ),
        (format!("GET /{} HTTP/1.1\r\nconnection: close\r\n\r\n", "a".repeat(60_000)), "414 URI Too Long"),
    ] {
        let reply = talk(server.address, &request).await;
        let start: String = request.chars().take(60).collect();
        assert!(reply.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{start}: {reply}");
        for header in ["content-security-policy: default-src 'none'", "x-content-type-options: nosniff"] {
            assert!(reply.contains(&format!("\r\n{header}")), "{start}: {reply}");
        }
        assert!(!reply.contains("what") && !reply.contains("aaa"), "{start}: {reply}");
    }
    // The connection after a good request, too.
    let second = talk(server.address, "GET / HTTP/1.1\r\nhost: a\r\n\r\nwhat\r\n\r\n").await;
    assert!(second.contains("hello"), "{second}");
    assert!(
        second.contains("HTTP/1.1 400 Bad Request\r\n") && second.contains("x-frame-options"),
        "{second}"
    );
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
    let server = start(site, LIMITS).await;
    let client = tokio::spawn(talk(server.address, "GET / HTTP/1.1\r\nhost: a\r\n\r\n"));
    has_started.recv().await.unwrap();
    server.end.send(()).unwrap();
    go.send(true).unwrap();
    assert!(client.await.unwrap().ends_with("finished"));
    timeout(TIMEOUT, server.task).await.unwrap().unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}
