//! Answers: JSON, and problems with their status. A problem never repeats what the client sent.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sync::wire::{Code, PROBLEM_JSON, Problem, Refusal};

use crate::store::Fault;

/// An answer that is not a success.
#[derive(Debug)]
pub struct Refused(Box<Problem>);

/// What a route answers.
pub type Answer = Result<Response, Refused>;

impl Refused {
    /// Too many requests, for this many seconds.
    pub fn slow_down(seconds: u32) -> Self {
        Problem { retry_after: Some(seconds), ..Problem::new(Code::SlowDown) }.into()
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem))
    }
}

impl From<Code> for Refused {
    fn from(code: Code) -> Self {
        Problem::new(code).into()
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Problem::from(refusal).into()
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Full => Code::Full.into(),
            // An endpoint does not start on a store that was moved; one that runs meanwhile has nothing more to say.
            Fault::Unavailable | Fault::Outdated | Fault::Moved(_) => Code::Unavailable.into(),
            Fault::Broken(_) => {
                // It contains nothing that was recorded.
                eprintln!("counterfoil: {fault}");
                Code::Internal.into()
            }
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self.0).unwrap_or_default();
        let mut response = (status, [(CONTENT_TYPE, PROBLEM_JSON)], body).into_response();
        if let Some(seconds) = self.0.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// An answer with a JSON body.
pub fn json(body: &impl Serialize) -> Answer {
    json_with(body, [])
}

/// An answer with a JSON body and further headers.
pub fn json_with<const N: usize>(body: &impl Serialize, headers: [(HeaderName, HeaderValue); N]) -> Answer {
    let bytes = serde_json::to_vec(body).map_err(Fault::broken)?;
    let mut response = ([(CONTENT_TYPE, "application/json")], bytes).into_response();
    response.headers_mut().extend(headers);
    Ok(response)
}
