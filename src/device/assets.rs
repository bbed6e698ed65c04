//! The static files that are served with the app.

use crate::at::at;
use crate::store::Fault;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Reads a file as text. Once the app is installed, the service worker serves it without a network.
///
/// # Errors
/// [`Fault`] with the browser's own message.
pub async fn text(path: &str) -> Result<String, Fault> {
    let window = web_sys::window().ok_or_else(|| Fault::Unsupported("window".into()))?;
    let answer: Response = JsFuture::from(window.fetch_with_str(&at(path))).await?.unchecked_into();
    if !answer.ok() {
        return Err(Fault::Other(format!("{} {}", answer.url(), answer.status())));
    }
    let text: JsValue = JsFuture::from(answer.text()?).await?;
    text.as_string().ok_or_else(|| Fault::Other(answer.url()))
}
