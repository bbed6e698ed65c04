//! The key of this device: a pair of which the browser never shows the private one.

use crate::store::{Fault, IndexedDb};
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use sync::{PublicKey, Signature};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = generateKey, catch)]
    fn generate_key(algorithm: &Object, extractable: bool, usages: &Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = exportKey, catch)]
    fn export_key(format: &str, key: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = sign, catch)]
    fn sign(algorithm: &Object, key: &JsValue, data: &Uint8Array) -> Result<Promise, JsValue>;
}

/// A pair of keys.
#[derive(Debug, Clone)]
pub struct DeviceKey {
    pair: JsValue,
    public: PublicKey,
}

impl DeviceKey {
    /// The key that is stored in a book, or else a new one, which is stored there.
    ///
    /// # Errors
    ///
    /// Faults of the store; `Unsupported` in a browser without such keys.
    pub async fn of(store: &IndexedDb) -> Result<Self, Fault> {
        if let Some(known) = Self::stored(store).await? {
            return Ok(known);
        }
        Self::made(async |key: &Self| key.store(store).await).await
    }

    /// One more key, which is stored in a book beside the first.
    ///
    /// # Errors
    ///
    /// Faults of the store; `Unsupported` in a browser without such keys.
    pub async fn add(store: &IndexedDb) -> Result<PublicKey, Fault> {
        let named = async |key: &Self| store.put_device_key(Some(&key.public.to_string()), &key.pair).await;
        Ok(Self::made(named).await?.public)
    }

    /// A key that was added to a book, by its public half.
    ///
    /// # Errors
    ///
    /// Faults of the store.
    pub async fn added(store: &IndexedDb, key: PublicKey) -> Result<Option<Self>, Fault> {
        Self::read(store, Some(&key.to_string())).await
    }

    /// A new key that could be stored.
    async fn made(store: impl AsyncFn(&Self) -> Result<(), Fault>) -> Result<Self, Fault> {
        let new = Self::new().await?;
        match store(&new).await {
            Ok(()) => return Ok(new),
            // Some browsers do not store keys of the newer kind.
            Err(Fault::Other(_)) => {}
            Err(other) => return Err(other),
        }
        let other = Self::es256().await.map_err(unsupported)?;
        store(&other).await?;
        Ok(other)
    }

    /// The key that is stored in a book.
    ///
    /// # Errors
    ///
    /// Faults of the store.
    pub async fn stored(store: &IndexedDb) -> Result<Option<Self>, Fault> {
        Self::read(store, None).await
    }

    async fn read(store: &IndexedDb, public: Option<&str>) -> Result<Option<Self>, Fault> {
        let pair = store.device_key(public).await?;
        if pair.is_undefined() {
            return Ok(None);
        }
        Ok(Some(Self::of_pair(pair).await.map_err(unsupported)?))
    }

    /// A new key, Ed25519 where the browser has it.
    ///
    /// # Errors
    ///
    /// `Unsupported` in a browser without such keys.
    pub async fn new() -> Result<Self, Fault> {
        match Self::ed25519().await {
            Ok(key) => Ok(key),
            Err(_) => Self::es256().await.map_err(unsupported),
        }
    }

    async fn ed25519() -> Result<Self, JsValue> {
        Self::generated(&algorithm(&[("name", "Ed25519")])?).await
    }

    async fn es256() -> Result<Self, JsValue> {
        Self::generated(&algorithm(&[("name", "ECDSA"), ("namedCurve", "P-256")])?).await
    }

    async fn generated(algorithm: &Object) -> Result<Self, JsValue> {
        let usages = Array::of2(&"sign".into(), &"verify".into());
        Self::of_pair(JsFuture::from(generate_key(algorithm, false, &usages)?).await?).await
    }

    async fn of_pair(pair: JsValue) -> Result<Self, JsValue> {
        let public = Reflect::get(&pair, &"publicKey".into())?;
        let raw = Uint8Array::new(&JsFuture::from(export_key("raw", &public)?).await?).to_vec();
        let public = match raw.len() {
            32 => raw.try_into().ok().map(PublicKey::Ed25519),
            _ => raw.try_into().ok().map(PublicKey::Es256),
        };
        Ok(Self { pair, public: public.ok_or(JsValue::NULL)? })
    }

    /// The public key.
    #[must_use]
    pub const fn public(&self) -> PublicKey {
        self.public
    }

    /// Signs; `None` if the browser cannot use the key any more.
    pub async fn sign(&self, statement: [u8; 32]) -> Option<Signature> {
        self.try_sign(statement).await.ok()
    }

    async fn try_sign(&self, statement: [u8; 32]) -> Result<Signature, JsValue> {
        let algorithm = match self.public {
            PublicKey::Ed25519(_) => algorithm(&[("name", "Ed25519")])?,
            PublicKey::Es256(_) => algorithm(&[("name", "ECDSA"), ("hash", "SHA-256")])?,
        };
        let private = Reflect::get(&self.pair, &"privateKey".into())?;
        let data = Uint8Array::from(statement.as_slice());
        let signature = JsFuture::from(sign(&algorithm, &private, &data)?).await?;
        let bytes = Uint8Array::new(&signature).to_vec();
        bytes.try_into().map(Signature).map_err(|_| JsValue::NULL)
    }

    /// Stores the key in another book.
    ///
    /// # Errors
    ///
    /// Faults of the store.
    pub async fn store(&self, store: &IndexedDb) -> Result<(), Fault> {
        store.put_device_key(None, &self.pair).await
    }
}

fn algorithm(parts: &[(&str, &str)]) -> Result<Object, JsValue> {
    let algorithm = Object::new();
    for (name, value) in parts {
        Reflect::set(&algorithm, &(*name).into(), &(*value).into())?;
    }
    Ok(algorithm)
}

fn unsupported(_: JsValue) -> Fault {
    Fault::Unsupported("WebCrypto".into())
}

#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn a_key_is_stored_with_its_book_and_signs_after_it_was_read() {
        let name = "key-of-a-device";
        IndexedDb::delete(name).await.unwrap();
        let book = IndexedDb::open(name, || ()).await.unwrap();
        assert!(DeviceKey::stored(&book).await.unwrap().is_none());
        let key = DeviceKey::of(&book).await.unwrap();
        let again = DeviceKey::of(&book).await.unwrap();
        assert_eq!(again.public(), key.public());
        // Ed25519 signatures of one text are the same.
        let signed = key.sign([7; 32]).await.unwrap();
        if matches!(key.public(), PublicKey::Ed25519(_)) {
            assert_eq!(again.sign([7; 32]).await, Some(signed));
        }
        let other = DeviceKey::es256().await.unwrap();
        assert!(matches!(other.public(), PublicKey::Es256(_)) && other.sign([7; 32]).await.is_some());
        book.close();
        IndexedDb::delete(name).await.unwrap();
    }
}
