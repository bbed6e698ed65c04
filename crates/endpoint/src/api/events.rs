//! `GET /v1/shops/{shop}/events`: a stream that tells that the log has moved. The records come by a pull.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, HeaderMap};
use axum::response::IntoResponse;
use futures_util::stream::unfold;
use sync::admit::LogEnd;
use sync::wire::Moved;
use sync::wire::limits::KEEPALIVE_SECONDS;
use tokio::time::timeout;

use crate::api::answer::{Answer, Refused};
use crate::api::pull::may_read;
use crate::api::rates::Kind;
use crate::api::sessions::Member;
use crate::api::state::Endpoint;
use crate::api::watchers::Stream;
use crate::shop_log::end_of;

/// How long a device with too many streams waits.
const RETRY_SECONDS: u32 = 5;

/// Begins a stream. Its first line is the present end of the log.
pub async fn events(
    State(endpoint): State<Endpoint>,
    Path(shop): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let member = endpoint.counted_member(Kind::Pull, &shop, &headers)?;
    // Before the end is read, so that nothing that moves after it is missed.
    let stream =
        endpoint.0.watchers.watch(member.clone()).ok_or_else(|| Refused::slow_down(RETRY_SECONDS))?;
    let first = end(&endpoint, &member).await?;
    let lines = Lines { endpoint, member, headers, stream, first: Some(first) };
    let body = Body::from_stream(unfold(lines, |mut lines| async move {
        let line = lines.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(line)), lines))
    }));
    // Proxies must hand each line on at once.
    let headers = [(CONTENT_TYPE.as_str(), "application/x-ndjson"), ("x-accel-buffering", "no")];
    Ok((headers, body).into_response())
}

/// The end of the log, for a device that may read.
async fn end(endpoint: &Endpoint, member: &Member) -> Result<LogEnd, Refused> {
    let of = member.clone();
    let end = endpoint.0.store.reading(move |tx| match may_read(tx, &of)? {
        Ok(()) => Ok(Ok(end_of(tx.end(&of.shop)?)?)),
        Err(problem) => Ok(Err(problem)),
    });
    Ok(end.await??)
}

struct Lines {
    endpoint: Endpoint,
    member: Member,
    headers: HeaderMap,
    stream: Stream,
    first: Option<LogEnd>,
}

impl Lines {
    /// The next line; `None` when the session has ended, or the device may not read any more.
    async fn next(&mut self) -> Option<String> {
        if let Some(first) = self.first.take() {
            return Some(line(first));
        }
        let moved = timeout(Duration::from_secs(KEEPALIVE_SECONDS), self.stream.ends.changed()).await;
        self.endpoint.member(&self.member.shop, &self.headers).ok()?;
        end(&self.endpoint, &self.member).await.ok()?;
        match moved {
            Err(_) => Some("\n".into()),
            Ok(Err(_)) => None,
            Ok(Ok(())) => Some((*self.stream.ends.borrow_and_update()).map_or_else(|| "\n".into(), line)),
        }
    }
}

fn line(end: LogEnd) -> String {
    let moved = Moved { epoch: end.epoch, lseq: end.lseq };
    serde_json::to_string(&moved).unwrap_or_default() + "\n"
}
