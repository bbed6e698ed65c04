//! The files of a folder: no links, and no file or folder whose name begins with a dot.

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::ACCEPT_ENCODING;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use tokio::fs::symlink_metadata;
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::limits::CHUNK;

/// The folder, which may itself be a link.
#[derive(Clone)]
pub struct Files {
    root: PathBuf,
    service: ServeDir,
}

impl Files {
    /// The files of `root`. Compressed ones beside them (`.br`, `.gz`) are sent to clients that accept them.
    pub fn new(root: &Path) -> Self {
        let service = ServeDir::new(root)
            .precompressed_br()
            .precompressed_gzip()
            .append_index_html_on_directories(false)
            .with_buf_chunk_size(CHUNK);
        Self { root: root.into(), service }
    }

    /// Whether the index page is still there.
    pub async fn complete(&self) -> bool {
        symlink_metadata(self.root.join("index.html")).await.is_ok_and(|found| found.is_file())
    }

    /// The response to a request for the file at `path`, which begins with a slash.
    pub async fn respond(self, path: &str, mut request: Request) -> Response {
        let Ok(uri) = path.parse::<Uri>() else { return missing() };
        let Some(place) = self.place(path).await else { return missing() };
        if is_link(with_ending(&place, ".br")).await || is_link(with_ending(&place, ".gz")).await {
            request.headers_mut().remove(ACCEPT_ENCODING);
        }
        *request.uri_mut() = uri;
        match self.service.oneshot(request).await {
            Ok(found) if found.status() == StatusCode::NOT_FOUND => missing(),
            Ok(found) => found.map(Body::new),
            Err(never) => match never {},
        }
    }

    /// The place of a path, if every part of it exists, is no link, and has a name that may be served.
    async fn place(&self, path: &str) -> Option<PathBuf> {
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let mut place = self.root.clone();
        for name in path.split('/').filter(|name| !name.is_empty()) {
            if name.starts_with('.') || name.contains(['\\', '\0']) {
                return None;
            }
            place.push(name);
            // Also an error when the name is longer than the system allows.
            if symlink_metadata(&place).await.ok()?.is_symlink() {
                return None;
            }
        }
        Some(place)
    }
}

fn with_ending(place: &Path, ending: &str) -> PathBuf {
    let mut name = place.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

async fn is_link(place: PathBuf) -> bool {
    symlink_metadata(place).await.is_ok_and(|found| found.is_symlink())
}

/// The response for an address without a file.
pub fn missing() -> Response {
    (StatusCode::NOT_FOUND, "There is nothing at this address.\n").into_response()
}
