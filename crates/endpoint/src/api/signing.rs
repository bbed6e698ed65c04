//! The endpoint's own key, random bytes, and what it signs.

use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};
use sync::admit::LogEnd;
use sync::{PublicKey, Signature, SignedHead, statement};

use crate::store::{Fault, KEY, Store};

/// Signs the ends of logs.
pub struct EndpointKey(SigningKey);

impl EndpointKey {
    /// The key of the store; the first time, a new one.
    ///
    /// # Errors
    /// Of the store.
    pub async fn of(store: &dyn Store) -> Result<Self, Fault> {
        let fresh = random::<32>()?;
        let bytes = store.writing("", move |tx| {
            if let Some(known) = tx.value(KEY)? {
                return Ok(known);
            }
            tx.put_value(KEY, &fresh)?;
            Ok(fresh.to_vec())
        });
        let bytes =
            <[u8; 32]>::try_from(bytes.await?).map_err(|_| Fault::broken("the key of the endpoint"))?;
        Ok(Self(SigningKey::from_bytes(&bytes)))
    }

    /// The public key.
    pub fn public(&self) -> PublicKey {
        PublicKey::Ed25519(self.0.verifying_key().to_bytes())
    }

    /// The key of sessions, which follows from this one: it is the same at every endpoint over the store.
    pub fn of_sessions(&self) -> [u8; 32] {
        let mut text = b"counterfoil sessions 1\n".to_vec();
        text.extend_from_slice(self.0.as_bytes());
        digest(&text)
    }

    /// The end of a shop's log, or a place in it, with a signature.
    pub fn head(&self, shop: &str, end: LogEnd) -> SignedHead {
        let statement = statement::log_head(shop, end.epoch, end.lseq, end.log_hash);
        let signature = Signature(self.0.sign(&statement).to_bytes());
        SignedHead { epoch: end.epoch, lseq: end.lseq, log_hash: end.log_hash, signature }
    }

    /// The signature of a line that the endpoint has written, over its hash.
    pub fn sign_line(&self, hash: &[u8; 32]) -> [u8; 64] {
        self.0.sign(hash).to_bytes()
    }

    /// Whether this endpoint has signed the head.
    pub fn has_signed(&self, shop: &str, head: &SignedHead) -> bool {
        is_signed(&self.public(), &head.statement(shop), &head.signature)
    }
}

/// Checks a signature.
pub fn is_signed(key: &PublicKey, statement: &[u8; 32], signature: &Signature) -> bool {
    key.verify(statement, signature).is_ok()
}

/// Random bytes of the system.
///
/// # Errors
/// A system that has none.
pub fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Fault::broken)?;
    Ok(bytes)
}

/// The SHA-256 of a secret, which is what is kept of it.
pub fn digest(secret: &[u8]) -> [u8; 32] {
    Sha256::digest(secret).into()
}
