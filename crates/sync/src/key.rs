//! Public keys and signatures of devices and endpoints.

use crate::hex::{InvalidHex, bytes, hex_bytes, write};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

hex_bytes! {
    /// 64 bytes, 128 digits: what WebCrypto returns, for Ed25519 and for ES256 (r, then s) alike.
    Signature, 64
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A public key, written as its algorithm and its raw bytes as WebCrypto exports them: `ed25519:` and 64 digits, or
/// `es256:04` and 128 digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PublicKey {
    /// 32 bytes.
    Ed25519([u8; 32]),
    /// A point of P-256 without compression: 4, x and y.
    Es256([u8; 65]),
}

const ED25519: &str = "ed25519:";
const ES256: &str = "es256:";

impl PublicKey {
    /// The longest text of a key in bytes.
    pub const MAX_TEXT: usize = ES256.len() + 130;

    /// Parses what [`fmt::Display`] writes. Whether the bytes are a point of the curve is found when a signature is checked.
    ///
    /// # Errors
    /// [`InvalidHex`] for any other text.
    pub fn parse(text: &str) -> Result<Self, InvalidHex> {
        if let Some(digits) = text.strip_prefix(ED25519) {
            return bytes(digits).map(Self::Ed25519);
        }
        let point: [u8; 65] = bytes(text.strip_prefix(ES256).ok_or(InvalidHex)?)?;
        if point.first() == Some(&4) { Ok(Self::Es256(point)) } else { Err(InvalidHex) }
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ed25519(key) => f.write_str(ED25519).and_then(|()| write(f, key)),
            Self::Es256(point) => f.write_str(ES256).and_then(|()| write(f, point)),
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(from)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// The key did not sign the statement.
#[cfg(feature = "verify")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidSignature;

#[cfg(feature = "verify")]
impl PublicKey {
    /// Checks a signature of 32 bytes: a line's hash, or one of the crate's statements. ES256 hashes them once more, as
    /// WebCrypto does.
    ///
    /// # Errors
    /// [`InvalidSignature`], also for bytes that are no key.
    pub fn verify(&self, statement: &[u8; 32], signature: &Signature) -> Result<(), InvalidSignature> {
        match self {
            Self::Ed25519(key) => {
                let key = ed25519_dalek::VerifyingKey::from_bytes(key).map_err(|_| InvalidSignature)?;
                let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
                key.verify_strict(statement, &signature).map_err(|_| InvalidSignature)
            }
            Self::Es256(point) => {
                use p256::ecdsa::signature::Verifier;
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| InvalidSignature)?;
                let signature =
                    p256::ecdsa::Signature::from_slice(&signature.0).map_err(|_| InvalidSignature)?;
                key.verify(statement, &signature).map_err(|_| InvalidSignature)
            }
        }
    }
}
