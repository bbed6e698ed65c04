//! Requests to the endpoint: the one that serves this page, or the one that the page names.

use crate::replica::platform::Answer;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Reflect, Uint8Array};
use std::pin::pin;
use sync::client::{Method, Send};
use sync::wire::Moved;
use sync::wire::limits::{KEEPALIVE_SECONDS, MAX_SMALL_BODY};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, ReadableStreamDefaultReader, RequestCache, RequestInit, Response};

/// How long an answer may take, in milliseconds.
const PATIENCE: u32 = 30_000;

/// How long an event stream may be silent, in milliseconds: three times its keepalive.
const SILENCE: u32 = 3_000 * KEEPALIVE_SECONDS as u32;

/// The address of the page without a path.
pub fn page_origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// The address of the endpoint that the page names, without a path; `None` where it is the one that serves the page.
pub fn elsewhere() -> Option<String> {
    let document = web_sys::window()?.document()?;
    let named = document.query_selector("meta[name=counterfoil-endpoint]").ok()??;
    named.get_attribute("content").filter(|address| !address.is_empty())
}

/// A request that is given up when it is dropped.
struct Fetch {
    controller: AbortController,
    init: RequestInit,
}

impl Drop for Fetch {
    fn drop(&mut self) {
        self.controller.abort();
    }
}

impl Fetch {
    fn new(method: &str, bearer: Option<&str>) -> Result<Self, JsValue> {
        let (controller, init, headers) = (AbortController::new()?, RequestInit::new(), Headers::new()?);
        init.set_method(method);
        init.set_signal(Some(&controller.signal()));
        init.set_cache(RequestCache::NoStore);
        if let Some(token) = bearer {
            headers.set("authorization", &format!("Bearer {token}"))?;
        }
        if method == "POST" {
            headers.set("content-type", "application/json")?;
        }
        init.set_headers(&headers);
        Ok(Self { controller, init })
    }

    async fn begin(&self, path: &str) -> Result<Response, JsValue> {
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let address = elsewhere().unwrap_or_default() + path;
        Ok(JsFuture::from(window.fetch_with_str_and_init(&address, &self.init)).await?.unchecked_into())
    }
}

/// Sends a request and reads the whole answer.
pub async fn send(request: &Send) -> Option<Answer> {
    match select(pin!(answer(request)), pin!(TimeoutFuture::new(PATIENCE))).await {
        Either::Left((answer, _)) => answer.ok(),
        Either::Right(_) => None,
    }
}

async fn answer(request: &Send) -> Result<Answer, JsValue> {
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    let fetch = Fetch::new(method, request.bearer.as_deref())?;
    if request.method == Method::Post {
        fetch.init.set_body(&request.body.as_str().into());
    }
    let response = fetch.begin(&request.path).await?;
    let media = response.headers().get("content-type")?.unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let body = Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?).to_vec();
    Ok(Answer { status: response.status(), media, body })
}

/// Reads an event stream until it ends or is silent for too long.
pub async fn listen(path: &str, bearer: Option<&str>, hear: &dyn Fn(Moved)) {
    // The end of a stream is told whatever the reason.
    let _ = stream(path, bearer, hear).await;
}

async fn stream(path: &str, bearer: Option<&str>, hear: &dyn Fn(Moved)) -> Result<(), JsValue> {
    let fetch = Fetch::new("GET", bearer)?;
    let Some(response) = in_time(fetch.begin(path)).await.transpose()? else { return Ok(()) };
    let Some(body) = response.body().filter(|_| response.ok()) else { return Ok(()) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut rest = Vec::new();
    loop {
        let Some(chunk) = in_time(JsFuture::from(reader.read())).await.transpose()? else { return Ok(()) };
        let value = Reflect::get(&chunk, &"value".into())?;
        if value.is_undefined() {
            return Ok(());
        }
        rest.extend(Uint8Array::new(&value).to_vec());
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = rest.drain(..=end).collect();
            serde_json::from_slice(&line).into_iter().for_each(hear);
        }
        if rest.len() > MAX_SMALL_BODY {
            return Ok(());
        }
    }
}

async fn in_time<T>(future: impl Future<Output = T>) -> Option<T> {
    match select(pin!(future), pin!(TimeoutFuture::new(SILENCE))).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(_) => None,
    }
}
