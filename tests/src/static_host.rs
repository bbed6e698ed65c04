//! A minimal file server: files below a path, `404.html` for other paths, none of the endpoint's headers.

use anyhow::Result;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A running host; dropping the value stops it.
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
                // A browser may close a connection at any time; that is no error.
                tokio::spawn(async move { drop(answer(stream, &folder, base).await) });
            }
        });
        Ok(Self { address, task })
    }

    /// The address of the host, without a slash at the end.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Stops the host and waits until it no longer listens.
    pub async fn stop(&mut self) {
        self.task.abort();
        // The task was aborted; its result has no information.
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
    let path = request_path(&mut stream).await?;
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

/// Reads the head of a request and returns its path.
async fn request_path(stream: &mut BufReader<TcpStream>) -> Result<String> {
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
