//! The digits of a telephone number, comparable in any notation: `+44 7700 900118`, `0044 7700…`, `07700 900118`.

/// The fewest digits of a number that belongs to one person or company.
const SHORTEST: usize = 5;

/// A number as it is stored or as far as it is typed. The digits are stored by the caller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Phone<'a> {
    /// All digits; of an international number without `+` or `00`.
    pub digits: &'a str,
    /// What its notation says.
    pub notation: Notation,
}

/// What the notation of a number says about its digits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Notation {
    /// The position of the national number: after the country and after the `0` that only national calls need.
    national: u8,
    international: bool,
    /// The sets of digits that occur in the whole and in the national number: one comparison rules out many numbers.
    sets: (u16, u16),
}

/// Reads a number: its digits, and what its notation says.
pub fn read(text: &str) -> (String, Notation) {
    let mut digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let begins_with_plus = text.trim_start().trim_start_matches('(').starts_with('+');
    let zeros = !begins_with_plus && digits.starts_with("00");
    if zeros {
        digits.drain(..2);
    }
    let international = begins_with_plus || zeros;
    let country = if international { country_length(&digits) } else { 0 };
    let zero = digits.get(country..).is_some_and(|rest| rest.starts_with('0'));
    let national = (country + usize::from(zero)).min(digits.len());
    let set = |from| digits.bytes().skip(from).fold(0, |set, digit| set | 1 << (digit & 15));
    let sets = (set(0), set(national));
    // At most three digits of a country and a zero.
    let notation = Notation { national: national as u8, international, sets };
    (digits, notation)
}

/// Whether two texts are the same whole number, in any notation.
pub fn is_same(one: &str, other: &str) -> bool {
    let ((one, of_one), (other, of_other)) = (read(one), read(other));
    let (one, other) =
        (Phone { digits: &one, notation: of_one }, Phone { digits: &other, notation: of_other });
    one.digits.len().min(other.digits.len()) >= SHORTEST && one.fits(&other) && other.fits(&one)
}

impl Phone<'_> {
    fn national(&self) -> &str {
        self.digits.get(usize::from(self.notation.national)..).unwrap_or_default()
    }

    /// Whether this number contains the digits typed, or begins with them where the country or the `0` differs. A number
    /// without a country is in any country.
    pub fn fits(&self, typed: &Self) -> bool {
        if typed.notation.sets.1 & !self.notation.sets.0 != 0 || self.digits.is_empty() {
            return false;
        }
        let contains = match (typed.notation.international, self.notation.international) {
            (true, true) => self.digits.starts_with(typed.digits),
            (true, false) => false,
            (false, _) => contains(self.digits, typed.digits),
        };
        contains || self.begins_in_another_notation(typed)
    }

    /// Whether the national number begins with that of the text typed, which has a country or a zero in front: a part
    /// without them has no known beginning.
    fn begins_in_another_notation(&self, typed: &Self) -> bool {
        let known = typed.notation.national > 0 && !typed.national().is_empty();
        let same_country = !(self.notation.international && typed.notation.international)
            || self.digits.get(..country_length(self.digits))
                == typed.digits.get(..country_length(typed.digits));
        known && same_country && self.national().starts_with(typed.national())
    }
}
/// Whether the digits occur in the number. A plain loop: on texts this short it is many times faster than the search of
/// the standard library.
fn contains(number: &str, digits: &str) -> bool {
    let (number, digits) = (number.as_bytes(), digits.as_bytes());
    digits.len() <= number.len() && number.windows(digits.len()).any(|part| part == digits)
}

/// The length of the country code at the start of an international number (ITU-T E.164): one digit for the zones of
/// North America and Russia, otherwise two or three.
fn country_length(digits: &str) -> usize {
    let mut first = digits.bytes();
    let length = match (first.next(), first.next()) {
        (Some(b'1' | b'7'), _) => 1,
        (Some(b'2'), Some(b'0' | b'7'))
        | (Some(b'3'), Some(b'0'..=b'4' | b'6' | b'9'))
        | (Some(b'4'), Some(b'0' | b'1' | b'3'..=b'9'))
        | (Some(b'5'), Some(b'1'..=b'8'))
        | (Some(b'6'), Some(b'0'..=b'6'))
        | (Some(b'8'), Some(b'1' | b'2' | b'4' | b'6'))
        | (Some(b'9'), Some(b'0'..=b'5' | b'8')) => 2,
        (Some(_) | None, _) => 3,
    };
    length.min(digits.len())
}

#[cfg(test)]
mod tests {
    use super::{Phone, is_same, read};

    fn fits(stored: &str, typed: &str) -> bool {
        let ((stored, of_stored), (typed, of_typed)) = (read(stored), read(typed));
        let phone = Phone { digits: &stored, notation: of_stored };
        phone.fits(&Phone { digits: &typed, notation: of_typed })
    }

    #[test]
    fn a_number_is_found_in_every_notation() {
        let notations = [
            "+44 7700 900118",
            "+44 (0)7700 900-118",
            "0044 7700 900118",
            "(+44) 7700.900118",
            "07700 900118",
            "07700/900118",
        ];
        for stored in notations {
            for typed in notations {
                assert!(fits(stored, typed), "{stored} by {typed}");
            }
            for part in ["+44 77", "0044 7700 9", "0770", "07700-900", "900118", "7700 900"] {
                assert!(fits(stored, part), "{stored} by {part}");
            }
            for other in ["+44 7701", "07701", "900119", "+44 900118"] {
                assert!(!fits(stored, other), "{stored} by {other}");
            }
        }
        assert!(!fits("+44 7700 900118", "+49 7700"));
        assert!(fits("07700 900118", "+49 7700"), "without a country it is in any");
    }

    #[test]
    fn a_number_is_the_same_in_every_notation_and_not_a_part_of_it() {
        assert!(
            is_same("+44 (0)7700 900118", "07700/900-118") && is_same("07700 900118", "0044 7700 900118")
        );
        assert!(!is_same("+44 7700 900118", "+44 7700 9001") && !is_same("", "") && !is_same("112", "112"));
    }

    #[test]
    fn countries_have_codes_of_one_to_three_digits() {
        for (stored, typed) in [
            ("+1 212 555 0100", "212 555"),
            ("+1 212 555 0100", "0212"),
            ("+353 1 555 0100", "01 555"),
            ("+39 06 555 0100", "06 555"),
            ("06 555 0100", "+39 06 55"),
            ("+7 495 555 01 00", "0495"),
        ] {
            assert!(fits(stored, typed), "{stored} by {typed}");
        }
        assert!(!fits("+353 1 555 0100", "+351"));
        assert!(!fits("", "07700"));
    }
}
