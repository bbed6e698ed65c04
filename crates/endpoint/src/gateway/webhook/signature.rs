//! The signature of a webhook. This file stands alone: the fuzz target `webhook_verify` has it without the rest of the program.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How old a webhook may be, and how far ahead of this machine's clock, in seconds.
const TOLERANCE: u64 = 300;

/// The most signatures of a webhook that are looked at: the processor sends one for each secret that is good at the time.
const MAX_SIGNATURES: usize = 8;

/// Why a webhook is not taken for one of the processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotGenuine {
    /// The header with time and signatures is missing, or is none.
    Unsigned,
    /// It was signed more than five minutes ago.
    Old,
    /// It was signed more than five minutes after now.
    Ahead,
    /// No signature is by one of the secrets.
    WrongSignature,
}

/// Checks the signatures of a body as it was received. `header` is `t=SECONDS,v1=HEX`, with any number of `v1`, one of which has to be
/// right for one of the secrets; `now` is in seconds since 1970. How long a comparison takes says nothing about the right signature.
///
/// # Errors
/// [`NotGenuine`].
pub fn verify(secrets: &[String], header: &str, body: &[u8], now: u64) -> Result<(), NotGenuine> {
    let (mut at, mut signatures) = (None, Vec::new());
    for (name, value) in header.split(',').filter_map(|part| part.trim().split_once('=')) {
        match name {
            "t" => at = at.or(Some(value)),
            "v1" if signatures.len() < MAX_SIGNATURES => signatures.extend(bytes(value)),
            // The processor has signatures of other versions for tests.
            _ => {}
        }
    }
    // The text of the time is signed as it was sent.
    let at = at.filter(|at| !at.is_empty() && at.bytes().all(|byte| byte.is_ascii_digit()));
    let time = at.and_then(|at| at.parse::<u64>().ok());
    let (Some(at), Some(time)) = (at, time) else { return Err(NotGenuine::Unsigned) };
    if signatures.is_empty() {
        return Err(NotGenuine::Unsigned);
    }
    let mut is_right = false;
    for secret in secrets {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_| NotGenuine::WrongSignature)?;
        mac.update(at.as_bytes());
        mac.update(b".");
        mac.update(body);
        for signature in &signatures {
            is_right |= mac.clone().verify_slice(signature).is_ok();
        }
    }
    match (is_right, now.checked_sub(time)) {
        (false, _) => Err(NotGenuine::WrongSignature),
        (true, Some(age)) if age > TOLERANCE => Err(NotGenuine::Old),
        (true, None) if time - now > TOLERANCE => Err(NotGenuine::Ahead),
        (true, _) => Ok(()),
    }
}

/// The bytes of a text of hexadecimal digits.
fn bytes(hex: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if hex.len() != 64 {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        let digit = |at: usize| char::from(*digits.get(at)?).to_digit(16);
        *byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
    }
    Some(bytes)
}
