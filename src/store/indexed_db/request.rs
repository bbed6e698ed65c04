//! Awaits one IndexedDB request.

use crate::js_error::message;
use crate::store::Fault;
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbRequest};

/// Resolves when the request does. Inside a transaction await nothing else, or the transaction commits by itself.
pub async fn settled(request: &IdbRequest) -> Result<JsValue, Fault> {
    let done = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(done).await {
        Ok(_) => Ok(request.result()?),
        Err(_) => Err(reason(request.error().ok().flatten())),
    }
}

/// The name that browsers use for an error without a name of its own.
pub const UNKNOWN: &str = "UnknownError";

/// Converts the browser's error by its name.
pub fn reason(error: Option<DomException>) -> Fault {
    error.map_or_else(|| Fault::Other("no reason given".into()), |e| JsValue::from(e).into())
}

impl From<JsValue> for Fault {
    fn from(value: JsValue) -> Self {
        let Some(error) = value.dyn_ref::<DomException>() else {
            return Self::Other(message(&value));
        };
        match error.name().as_str() {
            "QuotaExceededError" => Self::Full,
            "ConstraintError" => Self::EntryExists,
            "InvalidStateError" => Self::Closed,
            "VersionError" => Self::Newer,
            "SecurityError" => Self::Forbidden,
            // Chromium reports this when the user blocks all site data.
            UNKNOWN if error.message().contains("denied permission") => Self::Forbidden,
            name => Self::Other(format!("{name}: {}", error.message())),
        }
    }
}
