//! The recovery code: what the owner keeps on paper, to come in when no PIN is known any more. Only its salted, slow hash is
//! stored, and only on this device.

use std::fmt;

/// The digits of a code, without letters that look like others (Crockford's base 32).
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The number of digits of a code. With five bits each it has 100 bits: nobody finds it by trying.
pub const LENGTH: usize = 20;
/// The number of digits that are written together.
const GROUP: usize = 5;

/// A recovery code. Its debug text has no digit, so that no error or log has one.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// The code of random bytes.
    #[must_use]
    pub fn of(random: [u8; LENGTH]) -> Self {
        let digit = |byte: u8| DIGITS.get(usize::from(byte & 31)).copied().map_or('0', char::from);
        Self(random.into_iter().map(digit).collect())
    }

    /// Reads a code as people type it: in any case, with any spaces and hyphens, and with letters that look like a digit.
    /// `None` if it is no code.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
        let digit = |c: char| match c.to_ascii_uppercase() {
            'O' => Some('0'),
            'I' | 'L' => Some('1'),
            digit => DIGITS.iter().any(|known| char::from(*known) == digit).then_some(digit),
        };
        let code: String = typed.map(digit).collect::<Option<_>>()?;
        (code.len() == LENGTH).then_some(Self(code))
    }

    /// The code as it is written on paper: `7K2QD-…`.
    #[must_use]
    pub fn on_paper(&self) -> String {
        let mut text = String::with_capacity(LENGTH + LENGTH / GROUP);
        for (at, digit) in self.0.chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                text.push('-');
            }
            text.push(digit);
        }
        text
    }

    /// What is hashed.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{LENGTH, RecoveryCode};

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let mut bytes = [0_u8; LENGTH];
        bytes.iter_mut().zip([7_u8, 19, 2, 23, 13, 32, 33, 255]).for_each(|(byte, value)| *byte = value);
        let code = RecoveryCode::of(bytes);
        assert_eq!(code.on_paper(), "7K2QD-01Z00-00000-00000");
        for typed in ["7K2QD-01Z00-00000-00000", " 7k2qd olzoo ooooo 00000 ", "7K2QD01Z000000000000"] {
            assert_eq!(RecoveryCode::read(typed), Some(code.clone()), "{typed}");
        }
        for bad in [
            "",
            "7K2QD-01Z00-00000-00000-0",
            "7K2QD-01Z00-00000",
            "7K2QD-01Z00-00000-0000U",
            "7K2QD-01Z00-00000-0000ö",
        ] {
            assert_eq!(RecoveryCode::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_debug_text_has_no_digit() {
        assert_eq!(format!("{:?}", RecoveryCode::of([9; LENGTH])), "RecoveryCode");
    }
}
