//! Requests: their bodies and queries, strictly.

use std::error::Error;

use axum::body::{Bytes, to_bytes};
use axum::extract::{Query, Request};
use axum::http::Uri;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use http_body_util::LengthLimitError;
use serde::de::DeserializeOwned;
use sync::wire::{self, Code, Refusal};

use crate::api::answer::Refused;

/// The bytes of a JSON body, up to a number of them. A body that says that it is longer is not read.
///
/// # Errors
/// Another media type, an encoding, and a body that is too long or ends too early.
pub async fn read(request: Request, most: usize) -> Result<Bytes, Refused> {
    let (parts, body) = request.into_parts();
    if !is_json(&parts.headers) || parts.headers.contains_key(CONTENT_ENCODING) {
        return Err(Code::WrongMediaType.into());
    }
    let length =
        parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > most) {
        return Err(Code::TooLarge.into());
    }
    to_bytes(body, most).await.map_err(|error| {
        let is_too_long = error.source().is_some_and(|error| error.is::<LengthLimitError>());
        Refused::from(if is_too_long { Code::TooLarge } else { Code::NotJson })
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()?.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// A small request.
///
/// # Errors
/// As [`read`], and for a body that is not the request.
pub async fn small<T: for<'a> wire::Request<'a>>(request: Request) -> Result<T, Refused> {
    let bytes = read(request, <T as wire::Request<'_>>::MAX_BODY).await?;
    Ok(wire::decode(&bytes)?)
}

/// A request in the query of an address.
///
/// # Errors
/// A query that is not the request.
pub fn query<T: DeserializeOwned + for<'a> wire::Request<'a>>(uri: &Uri) -> Result<T, Refused> {
    let Query(request) = Query::<T>::try_from_uri(uri).map_err(|_| Refusal::of(Code::WrongField))?;
    request.check()?;
    Ok(request)
}
