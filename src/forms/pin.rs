//! Parses PINs as typed: digits only, and typed twice where a new PIN is chosen.

use super::{Errors, Field, Problem};
use std::fmt;

/// The current PIN.
pub const NOW: Field = Field::new("pin-now");
/// The new PIN.
pub const NEW: Field = Field::new("pin-new");
/// The new PIN, repeated.
pub const AGAIN: Field = Field::new("pin-again");

/// A PIN as typed. Its debug text has no digit, so that no error or log has one.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pin(String);

impl Pin {
    /// The digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Pin {
    fn from(digits: &str) -> Self {
        Self(digits.into())
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin")
    }
}

/// The fewest and the most digits of a PIN.
const DIGITS: (usize, usize) = (4, 8);

/// Parses an optional PIN.
///
/// # Errors
/// The text is not a number of digits within `DIGITS`.
pub fn optional(text: &str) -> Result<Option<Pin>, Problem> {
    let text = text.trim();
    let (fewest, most) = DIGITS;
    if text.is_empty() {
        return Ok(None);
    }
    let fits = (fewest..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fits { Ok(Some(Pin::from(text))) } else { Err(Problem::NotAPin { fewest, most }) }
}

/// Parses a new PIN, typed twice because the field hides the digits.
///
/// # Errors
/// One error for each invalid field.
pub fn chosen(new: &str, again: &str) -> Result<Pin, Errors> {
    let (fewest, most) = DIGITS;
    let mut errors = Errors::default();
    let read = optional(new).and_then(|pin| pin.ok_or(Problem::NotAPin { fewest, most }));
    let pin = errors.take(NEW, read);
    if pin.as_ref().is_some_and(|pin| pin.digits() != again.trim()) {
        errors.push(AGAIN, Problem::NotTheSame);
    }
    errors.or(pin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_pin_must_be_typed_twice() {
        assert_eq!(chosen(" 4711", "4711 "), Ok(Pin::from("4711")));
        assert_eq!(format!("{:?}", chosen("4711", "4711")), "Ok(Pin)");
        assert_eq!(chosen("4711", "4712"), Err(Errors::one(AGAIN, Problem::NotTheSame)));
        let short = Problem::NotAPin { fewest: 4, most: 8 };
        assert_eq!(chosen("", ""), Err(Errors::one(NEW, short.clone())));
        assert_eq!(chosen("471", "471"), Err(Errors::one(NEW, short)));
    }
}
