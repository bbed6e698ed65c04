//! Signatures that cost one hash: the key is public and signs for everybody who is allowed to in the simulation. Real ones
//! are tested in `verify.rs`.

use journal::Hash;
use sync::{PublicKey, Signature};

/// A key that differs for each owner and number.
pub fn key(owner: &str, number: u32) -> PublicKey {
    PublicKey::Ed25519(*Hash::of(format!("key {owner} {number}").as_bytes()).bytes())
}

/// The signature of a statement by a key.
pub fn sign(key: &PublicKey, statement: &[u8; 32]) -> Signature {
    let mut bytes = [0; 64];
    let mut message = key.to_string().into_bytes();
    message.extend(statement);
    bytes[..32].copy_from_slice(Hash::of(&message).bytes());
    Signature(bytes)
}

/// Whether the signature is the one that [`sign`] makes.
pub fn is_signed(key: &PublicKey, statement: &[u8; 32], signature: &Signature) -> bool {
    sign(key, statement) == *signature
}
