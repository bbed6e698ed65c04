//! What keys sign. Every statement is 32 bytes, the SHA-256 of a text that begins with what it is, so that a signature of
//! one statement is never one of another. A line's own statement is its [`journal::Hash`], which begins so too.

use crate::epoch::Epoch;
use crate::head::{ChainHead, SignedHead};
use crate::log_hash::LogHash;
use crate::wire::Challenge;
use sha2::{Digest, Sha256};

/// What the endpoint signs about a place in its log:
/// `"counterfoil head 1\n" shop "\n" epoch "\n" lseq "\n" log_hash "\n"`.
#[must_use]
pub fn log_head(shop: &str, epoch: Epoch, lseq: u64, log_hash: LogHash) -> [u8; 32] {
    hashed(&format!("counterfoil head 1\n{shop}\n{epoch}\n{lseq}\n{log_hash}\n"))
}

/// What a device signs to get a session: `"counterfoil session 1\n" origin "\n" shop "\n" device "\n" challenge "\n"`. The
/// origin, such as `https://shop.example`, is the one that the device talks to: another endpoint cannot pass the
/// signature on.
#[must_use]
pub fn session(origin: &str, shop: &str, device: &str, challenge: Challenge) -> [u8; 32] {
    hashed(&format!("counterfoil session 1\n{origin}\n{shop}\n{device}\n{challenge}\n"))
}

/// What the founding device signs about the entries that a shop is founded with:
/// `"counterfoil founding 1\n" shop "\n" count "\n"`, then for each chain `device " " chain " " seq " " hash "\n"`.
#[must_use]
pub fn founding(shop: &str, count: u64, heads: &[ChainHead]) -> [u8; 32] {
    let mut text = format!("counterfoil founding 1\n{shop}\n{count}\n");
    for ChainHead { device, chain, seq, hash } in heads {
        text.push_str(&format!("{device} {chain} {seq} {hash}\n"));
    }
    hashed(&text)
}

/// What a device signs with its new key when it enrols: `"counterfoil enrol 1\n" code "\n" key "\n"`. It proves that the
/// device has the key.
#[must_use]
pub fn enrol(code: &str, key: &str) -> [u8; 32] {
    hashed(&format!("counterfoil enrol 1\n{code}\n{key}\n"))
}

impl SignedHead {
    /// The 32 bytes that the endpoint signs.
    #[must_use]
    pub fn statement(&self, shop: &str) -> [u8; 32] {
        log_head(shop, self.epoch, self.lseq, self.log_hash)
    }
}

fn hashed(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}
