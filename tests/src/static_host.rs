//! A file server as plain as they come: files below a path, `404.html` for the rest, no headers of ours.

use anyhow::Result;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A running host; gone with this value.
pub struct StaticHost {
    address: String,
    task: JoinHandle<()>,
}

impl StaticHost {
    /// Serves a folder below a path, such as `/books/`.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(folder: PathBuf, base: &'static str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let folder = Arc::new(folder);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let folder = Arc::clone(&folder);
                // A browser that hangs up in the middle is no news.
                tokio::spawn(async move { drop(answer(stream, &folder, base).await) });
            }
        });
        Ok(Self { address, task })
    }

    /// Where it serves, without a slash at the end.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Ends it, and waits until nobody listens.
    pub async fn stop(&mut self) {
        self.task.abort();
        // It was told to end and does; there is no other news.
        let _ = (&mut self.task).await;
    }
}

impl Drop for StaticHost {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(stream: TcpStream, folder: &Path, base: &str) -> Result<()> {
    let mut stream = BufReader::new(stream);
    let path = asked(&mut stream).await?;
    let name = path.strip_prefix(base).map(|name| if name.is_empty() { "index.html" } else { name });
    let file =
        name.filter(|name| !name.contains("..")).map(|name| folder.join(name)).filter(|file| file.is_file());
    let (status, file) = match (file, name) {
        (Some(file), _) => ("200 OK", file),
        (None, Some(_)) => ("404 Not Found", folder.join("404.html")),
        (None, None) => ("404 Not Found", PathBuf::new()),
    };
    let body = std::fs::read(&file).unwrap_or_default();
    let (kind, length) = (kind(&file), body.len());
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&body).await?;
    Ok(stream.shutdown().await?)
}

/// The path of a request; its head is read to the end.
async fn asked(stream: &mut BufReader<TcpStream>) -> Result<String> {
    let mut lines = stream.lines();
    let first = lines.next_line().await?.unwrap_or_default();
    while lines.next_line().await?.is_some_and(|line| !line.is_empty()) {}
    let target = first.split(' ').nth(1).unwrap_or_default();
    Ok(target.split(['?', '#']).next().unwrap_or_default().to_owned())
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|kind| kind.to_str()).unwrap_or_default() {
        "css" => "text/css",
        "html" => "text/html",
        "js" => "text/javascript",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
