//! Requests, and what a router answers.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde::de::DeserializeOwned;
use sync::wire::{Code, Problem};
use tower::ServiceExt;

/// What a router answers.
pub async fn reply(router: &Router, request: Request<Body>) -> Reply {
    let reply = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = reply.into_parts();
    let text = String::from_utf8(to_bytes(body, 1 << 24).await.unwrap().to_vec()).unwrap();
    Reply { status: parts.status, headers: parts.headers, text }
}

pub fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> axum::http::request::Builder {
    let mut builder = Request::builder().method(method).uri(path);
    if method == "POST" {
        builder = builder.header("content-type", "application/json");
    }
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        assert_eq!(self.header("cache-control"), "no-store");
        serde_json::from_str(&self.text).unwrap()
    }

    /// The code of the problem, which has the right status, type and headers.
    pub fn code(&self) -> Code {
        self.problem().code
    }

    pub fn problem(&self) -> Problem {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        assert_eq!(self.header("cache-control"), "no-store");
        let problem: Problem = serde_json::from_str(&self.text).unwrap();
        assert_eq!((self.status.as_u16(), problem.status), (problem.code.status(), problem.code.status()));
        problem
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
