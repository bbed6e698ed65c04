//! Parses PINs as typed: digits only, and typed twice where a new PIN is chosen.

use super::{Errors, Field, Problem};

/// The current PIN.
pub const NOW: Field = Field::new("pin-now");
/// The new PIN.
pub const NEW: Field = Field::new("pin-new");
/// The new PIN, repeated.
pub const AGAIN: Field = Field::new("pin-again");

/// The fewest and the most digits of a PIN.
const DIGITS: (usize, usize) = (4, 8);

/// Parses an optional PIN.
///
/// # Errors
/// The text is not a number of digits within `DIGITS`.
pub fn optional(text: &str) -> Result<Option<String>, Problem> {
    let text = text.trim();
    let (fewest, most) = DIGITS;
    if text.is_empty() {
        return Ok(None);
    }
    let fits = (fewest..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fits { Ok(Some(text.into())) } else { Err(Problem::NotAPin { fewest, most }) }
}

/// Parses a new PIN, typed twice because the field hides the digits.
///
/// # Errors
/// One error for each invalid field.
pub fn chosen(new: &str, again: &str) -> Result<String, Errors> {
    let (fewest, most) = DIGITS;
    let mut errors = Errors::default();
    let read = optional(new).and_then(|pin| pin.ok_or(Problem::NotAPin { fewest, most }));
    let pin = errors.take(NEW, read);
    if pin.as_ref().is_some_and(|pin| pin != again.trim()) {
        errors.push(AGAIN, Problem::NotTheSame);
    }
    errors.or(pin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_pin_must_be_typed_twice() {
        assert_eq!(chosen(" 4711", "4711 "), Ok("4711".into()));
        assert_eq!(chosen("4711", "4712"), Err(Errors::one(AGAIN, Problem::NotTheSame)));
        let short = Problem::NotAPin { fewest: 4, most: 8 };
        assert_eq!(chosen("", ""), Err(Errors::one(NEW, short.clone())));
        assert_eq!(chosen("471", "471"), Err(Errors::one(NEW, short)));
    }
}
