//! This program started again as a server of its own, and connections to it.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

use std::env;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use endpoint::store::{Address, Postgres, Sqlite, Store};
use endpoint::{Endpoint, Limits, MailServer, MailSettings, Server, Settings, api};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use crate::devices::{ORIGIN, Shop};

/// Where the server's store is: a folder, or the address of a database.
pub const STORE: &str = "COUNTERFOIL_TEST_STORE";

/// The port of the server's mail server, if it sends mails.
pub const MAIL_PORT: &str = "COUNTERFOIL_TEST_MAIL_PORT";

/// The store at a place.
pub async fn store(place: &str) -> Arc<dyn Store> {
    if place.starts_with("postgresql://") {
        Arc::new(Postgres::open(&Address::parse(place).unwrap()).await.unwrap())
    } else {
        Arc::new(Sqlite::open(Path::new(place)).unwrap())
    }
}

/// An endpoint on the store at a place, in this program.
pub async fn open(place: &str, now: fn() -> u64) -> Shop {
    let settings = Settings { origins: vec![ORIGIN.into()] };
    let endpoint = Endpoint::open_at(store(place).await, settings, now).await.unwrap();
    if let Ok(port) = env::var(MAIL_PORT) {
        let (server, from) = ("127.0.0.1".into(), "shop@example.org".into());
        let mail = MailSettings { server, port: port.parse().ok(), from, ..MailSettings::default() };
        endpoint.send_mails(MailServer::new(&mail).unwrap());
    }
    Shop { router: api(endpoint.clone()), endpoint }
}

/// Serves, if this program was started by [`Served`], until it is killed.
pub async fn serve_if_asked(now: fn() -> u64) -> bool {
    let Ok(place) = env::var(STORE) else { return false };
    let shop = open(&place, now).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("address {}", listener.local_addr().unwrap());
    Server::new(shop.router, Limits::default()).serve(listener, std::future::pending()).await.unwrap();
    true
}

/// A server that runs until it is killed, or dropped.
pub struct Served {
    pub child: Child,
    pub address: String,
}

impl Served {
    /// Starts this program again with arguments that make it call [`serve_if_asked`].
    pub fn start(place: &str, arguments: &[&str]) -> Self {
        Self::start_with(place, arguments, &[], Stdio::inherit())
    }

    /// The same with more variables of the environment, and a place for what it says about failures.
    pub fn start_with(place: &str, arguments: &[&str], variables: &[(&str, &str)], said: Stdio) -> Self {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(arguments)
            .env(STORE, place)
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(said)
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let address = lines.filter_map(|line| Some(line.strip_prefix("address ")?.to_owned())).next();
        Self { child, address: address.unwrap() }
    }

    /// The server as counters reach it, with a connection for each request. A server that is gone is answered with 502.
    pub fn router(&self) -> Router {
        let address = self.address.clone();
        Router::new().fallback(move |request| forward(address.clone(), request))
    }

    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn forward(address: String, request: Request<Body>) -> Response {
    let sent = async { Connection::open(&address).await?.send(request).await };
    let reply: anyhow::Result<Response> = sent.await;
    reply.unwrap_or_else(|_| StatusCode::BAD_GATEWAY.into_response())
}

/// A connection that stays open.
pub struct Connection {
    address: String,
    sender: SendRequest<Body>,
}

impl Connection {
    pub async fn open(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { address: address.to_owned(), sender })
    }

    /// Sends a request and reads the answer whole, or it counts as not received.
    pub async fn send(&mut self, mut request: Request<Body>) -> anyhow::Result<Response> {
        request.headers_mut().insert("host", self.address.parse()?);
        self.sender.ready().await?;
        let (parts, body) = self.sender.send_request(request).await?.into_parts();
        let body = to_bytes(Body::new(body), 16 << 20).await?;
        Ok(Response::from_parts(parts, Body::from(body)))
    }
}
