//! `GET /metrics`: counts in the text format of Prometheus. Nothing in them says what was recorded.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::api::state::Endpoint;

/// What is counted.
#[derive(Debug, Default)]
pub struct Metrics {
    /// By method, route and status.
    requests: Mutex<BTreeMap<(String, String, u16), Requests>>,
    /// Entries that were admitted.
    pub admitted: AtomicU64,
    /// Those of them that do not count.
    pub refused: AtomicU64,
    /// Records that were handed out.
    pub pulled: AtomicU64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Requests {
    count: u64,
    micros: u64,
}

impl Metrics {
    fn count(&self, method: &str, route: &str, status: u16, micros: u64) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = requests.entry((method.to_owned(), route.to_owned(), status)).or_default();
        entry.count += 1;
        entry.micros = entry.micros.saturating_add(micros);
    }

    fn write(&self, streams: usize) -> String {
        let mut text = String::new();
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        text.push_str("# TYPE counterfoil_requests_total counter\n");
        for ((method, route, status), Requests { count, .. }) in requests.iter() {
            let labels = format!(r#"method="{method}",route="{route}",status="{status}""#);
            let _ = writeln!(text, "counterfoil_requests_total{{{labels}}} {count}");
        }
        text.push_str("# TYPE counterfoil_request_seconds_total counter\n");
        for ((method, route, status), Requests { micros, .. }) in requests.iter() {
            let labels = format!(r#"method="{method}",route="{route}",status="{status}""#);
            let (seconds, rest) = (micros / 1_000_000, micros % 1_000_000);
            let _ = writeln!(text, "counterfoil_request_seconds_total{{{labels}}} {seconds}.{rest:06}");
        }
        let numbers = [
            ("entries_admitted_total", "counter", self.admitted.load(Ordering::Relaxed)),
            ("entries_refused_total", "counter", self.refused.load(Ordering::Relaxed)),
            ("records_pulled_total", "counter", self.pulled.load(Ordering::Relaxed)),
            ("streams", "gauge", streams as u64),
        ];
        for (name, kind, number) in numbers {
            let _ = writeln!(text, "# TYPE counterfoil_{name} {kind}\ncounterfoil_{name} {number}");
        }
        text
    }
}

/// Counts a request and its answer. Requests outside the routes are counted together.
pub async fn counted(State(endpoint): State<Endpoint>, request: Request, next: Next) -> Response {
    let (started, method) = (Instant::now(), request.method().clone());
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let route = route.filter(|route| !route.contains("__private")).unwrap_or_else(|| "other".into());
    // Anything can be a method: only the usual ones are told apart.
    let method = match method.as_str() {
        known @ ("GET" | "HEAD" | "POST") => known,
        _ => "other",
    };
    endpoint.0.metrics.count(method, &route, response.status().as_u16(), micros);
    response
}

/// Answers the counts.
pub async fn metrics(State(endpoint): State<Endpoint>) -> Response {
    let text = endpoint.0.metrics.write(endpoint.0.watchers.count());
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
