//! Fixed numbers of bytes, written as lower-case hexadecimal digits.

use std::fmt;

/// Defines a type of some bytes that is written as hexadecimal digits, in texts and in JSON.
macro_rules! hex_bytes {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $bytes]);

        impl $name {
            /// Parses lower-case hexadecimal digits, two for each byte.
            ///
            /// # Errors
            /// [`InvalidHex`](crate::InvalidHex) for any other text.
            pub fn parse(text: &str) -> Result<Self, $crate::hex::InvalidHex> {
                $crate::hex::bytes(text).map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::hex::write(f, &self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use hex_bytes;

/// A text that is not the right number of lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidHex;

impl fmt::Display for InvalidHex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the right number of lower-case hexadecimal digits")
    }
}

impl std::error::Error for InvalidHex {}

/// Parses exactly `2 · N` digits.
pub(crate) fn bytes<const N: usize>(text: &str) -> Result<[u8; N], InvalidHex> {
    let mut bytes = [0; N];
    if text.len() != 2 * N {
        return Err(InvalidHex);
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let &[high, low] = pair else { return Err(InvalidHex) };
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Ok(bytes)
}

fn digit(digit: u8) -> Result<u8, InvalidHex> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(InvalidHex),
    }
}

pub(crate) fn write(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0');
    // In pieces: a formatting call for each byte took a quarter of the time of the simulator.
    for piece in bytes.chunks(32) {
        let mut text = [b'0'; 64];
        for (pair, byte) in text.as_chunks_mut::<2>().0.iter_mut().zip(piece) {
            *pair = [digit(byte >> 4), digit(byte & 15)];
        }
        let digits = text.get(..2 * piece.len()).unwrap_or_default();
        f.write_str(std::str::from_utf8(digits).unwrap_or_default())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lower_case_digits_of_the_right_number_and_nothing_else() {
        assert_eq!(bytes::<2>("0aff"), Ok([10, 255]));
        for text in ["", "0af", "0aff0", "0AFF", "0ag0", "é00", " 0aff"] {
            assert_eq!(bytes::<2>(text), Err(InvalidHex), "{text}");
        }
    }
}
