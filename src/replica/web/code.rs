//! The code of an invite, drawn here.

use crate::store::Fault;
use sync::wire::InviteCode;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn random_values(into: &mut [u8]) -> Result<JsValue, JsValue>;
}

/// A new code: 128 random bits.
///
/// # Errors
///
/// `Unsupported` in a browser without random bytes.
pub fn new_code() -> Result<InviteCode, Fault> {
    let mut code = [0; 16];
    random_values(&mut code).map_err(|_| Fault::Unsupported("WebCrypto".into()))?;
    Ok(InviteCode(code))
}
