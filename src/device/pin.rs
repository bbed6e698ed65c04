//! PINs. Only a salted, slow hash of a PIN is stored; a PIN is checked by deriving the hash again.

use crate::js_error::message;
use crate::store::Fault;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use std::fmt::Write;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = importKey, catch)]
    fn import_key(
        format: &str,
        key: &Uint8Array,
        algorithm: &str,
        extractable: bool,
        usages: &Array,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = deriveBits, catch)]
    fn derive_bits(algorithm: &Object, key: &JsValue, length: u32) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn fill_random(bytes: &Uint8Array) -> Result<Uint8Array, JsValue>;
}

/// The rounds that OWASP recommends for PBKDF2 with SHA-256 (2023). One hash takes a few tenths of a second.
const ROUNDS: u32 = 600_000;

/// `pbkdf2-sha256$rounds$salt$hash`, salt and hash hexadecimal.
///
/// # Errors
/// [`Fault::Unsupported`] where the page was not loaded securely: then browsers offer no cryptography.
pub async fn hash(pin: &str) -> Result<String, Fault> {
    let salt = Uint8Array::from(random::<16>()?.as_slice());
    let bits = derive(pin, &salt, ROUNDS).await.map_err(unsupported)?;
    Ok(format!("pbkdf2-sha256${ROUNDS}${}${}", hex(&salt), hex(&bits)))
}

/// Random bytes.
///
/// # Errors
/// As [`hash`].
pub fn random<const COUNT: usize>() -> Result<[u8; COUNT], Fault> {
    let (drawn, mut bytes) = (Uint8Array::new_with_length(COUNT as u32), [0; COUNT]);
    fill_random(&drawn).map_err(unsupported)?;
    drawn.copy_to(&mut bytes);
    Ok(bytes)
}

/// Whether a PIN has that hash. A stored text that is not a hash matches no PIN.
///
/// # Errors
/// As [`hash`].
pub async fn is_right(pin: &str, stored: &str) -> Result<bool, Fault> {
    let parts: Vec<_> = stored.split('$').collect();
    let &[_, rounds, salt, hash] = parts.as_slice() else { return Ok(false) };
    let (Ok(rounds), Some(salt)) = (rounds.parse(), unhex(salt)) else { return Ok(false) };
    let bits = derive(pin, &Uint8Array::from(salt.as_slice()), rounds).await.map_err(unsupported)?;
    Ok(equal_in_constant_time(hex(&bits).as_bytes(), hash.as_bytes()))
}

/// Compares every byte, so that the time does not depend on the position of the first difference.
fn equal_in_constant_time(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

async fn derive(pin: &str, salt: &Uint8Array, rounds: u32) -> Result<Uint8Array, JsValue> {
    let secret = Uint8Array::from(pin.as_bytes());
    let usages = Array::of1(&"deriveBits".into());
    let key = JsFuture::from(import_key("raw", &secret, "PBKDF2", false, &usages)?).await?;
    let algorithm = Object::new();
    let set = |name: &str, value: &JsValue| Reflect::set(&algorithm, &name.into(), value);
    set("name", &"PBKDF2".into())?;
    set("hash", &"SHA-256".into())?;
    set("salt", salt)?;
    set("iterations", &rounds.into())?;
    Ok(Uint8Array::new(&JsFuture::from(derive_bits(&algorithm, &key, 256)?).await?))
}

fn hex(bytes: &Uint8Array) -> String {
    bytes.to_vec().iter().fold(String::new(), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = (0..text.len()).step_by(2).map(|at| text.get(at..at + 2));
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}

fn unsupported(why: JsValue) -> Fault {
    Fault::Unsupported(format!("Web Crypto ({})", message(&why)))
}

#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn two_hashes_of_the_same_pin_differ() {
        let (one, two) = (super::hash("1234").await.unwrap(), super::hash("1234").await.unwrap());
        assert_ne!(one, two);
        let parts: Vec<_> = one.split('$').map(str::len).collect();
        assert_eq!(parts, ["pbkdf2-sha256".len(), 6, 32, 64]);
        assert!(super::is_right("1234", &one).await.unwrap() && super::is_right("1234", &two).await.unwrap());
        assert!(!super::is_right("1235", &one).await.unwrap());
        assert!(!super::is_right("1234", "nonsense").await.unwrap());
    }
}
