//! The hash of an entry: SHA-256 over a domain prefix and the line's bytes.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// The prefix that separates entry hashes from other uses of SHA-256.
const DOMAIN: &[u8] = b"counterfoil entry 1\n";

/// 32 bytes, written as 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// `SHA-256("counterfoil entry 1\n" ‖ line)`, the line without its line end.
    #[must_use]
    pub fn of(line: &[u8]) -> Self {
        Self(Sha256::new().chain_update(DOMAIN).chain_update(line).finalize().into())
    }

    /// The hash with these bytes, which were computed elsewhere.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes, as a device's key signs them.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 16 bytes as a number.
    #[must_use]
    pub fn first_half(&self) -> u128 {
        self.0.first_chunk().map_or(0, |first| u128::from_be_bytes(*first))
    }

    /// Parses 64 lower-case hexadecimal digits.
    ///
    /// # Errors
    /// [`InvalidHash`] for any other text.
    pub fn parse(text: &str) -> Result<Self, InvalidHash> {
        let digits: &[u8; 64] = text.as_bytes().try_into().map_err(|_| InvalidHash)?;
        // Without branches, so that the compiler can vectorize the loop.
        let (mut nibbles, mut wrong) = ([0; 64], false);
        for (nibble, digit) in nibbles.iter_mut().zip(digits) {
            let (number, letter) = (digit.wrapping_sub(b'0'), digit.wrapping_sub(b'a'));
            *nibble = if number < 10 { number } else { letter.wrapping_add(10) };
            wrong |= (number >= 10) & (letter >= 6);
        }
        let mut bytes = [0; 32];
        for (byte, [high, low]) in bytes.iter_mut().zip(nibbles.as_chunks::<2>().0) {
            *byte = high << 4 | low;
        }
        if wrong { Err(InvalidHash) } else { Ok(Self(bytes)) }
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0');
        let mut text = [0; 64];
        for (pair, byte) in text.as_chunks_mut::<2>().0.iter_mut().zip(self.0) {
            *pair = [digit(byte >> 4), digit(byte & 15)];
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl Serialize for Hash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// A text that is not a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidHash;

impl fmt::Display for InvalidHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a hash is 64 lower-case hexadecimal digits")
    }
}

impl std::error::Error for InvalidHash {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// From `printf 'counterfoil entry 1\n{}' | sha256sum`.
    const OF_EMPTY_OBJECT: &str = "5f6ee579e80288293211f06c248295a7c7a1250291042623f166034664a4dd9b";

    #[test]
    fn hashes_the_domain_prefix_and_the_bytes() {
        assert_eq!(Hash::of(b"{}").to_string(), OF_EMPTY_OBJECT);
    }

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        let hash = Hash::of(b"x");
        assert_eq!(Hash::parse(&hash.to_string()), Ok(hash));
        assert_eq!(Hash::parse(&hash.to_string().to_uppercase()), Err(InvalidHash));
        assert_eq!(Hash::parse("ab"), Err(InvalidHash));
        assert_eq!(Hash::parse(&"é".repeat(32)), Err(InvalidHash));
    }
}
