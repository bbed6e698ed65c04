//! Finds text that looks like a payment card number: it must never enter the journal, which is permanent.

/// Whether the text contains 13 to 19 digits that pass the Luhn check, written without separators or in groups of
/// three or more digits separated by a space, dot or hyphen. (Dates have groups of two.)
#[must_use]
pub fn looks_like_a_card(text: &str) -> bool {
    runs(text)
        .iter()
        .any(|run| (0..run.len()).any(|start| starts_with_a_card(run.get(start..).unwrap_or_default())))
}

/// Whether a text in a stored draft looks like a card number. Ids are skipped: they are not typed, and one id in
/// two hundred contains digits that pass the check.
#[must_use]
pub fn holds_a_card(stored: &str) -> bool {
    stored.split('"').any(|text| looks_like_a_card(text) && uuid::Uuid::try_parse(text).is_err())
}

/// Sequences of digit groups with a single separator between groups.
fn runs(text: &str) -> Vec<Vec<&str>> {
    let mut runs = vec![Vec::new()];
    for piece in text.split(|c: char| !(c.is_ascii_digit() || " -.\u{a0}".contains(c))) {
        runs.push(Vec::new());
        for group in piece.split([' ', '-', '.', '\u{a0}']) {
            match runs.last_mut() {
                Some(run) if group.len() >= 3 => run.push(group),
                _ => runs.push(Vec::new()),
            }
        }
    }
    runs
}

fn starts_with_a_card(groups: &[&str]) -> bool {
    (1..=groups.len()).any(|count| {
        let digits = groups.get(..count).unwrap_or_default().concat();
        (13..=19).contains(&digits.len()) && passes_luhn(&digits)
    })
}

fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .map(|b| u32::from(b - b'0'))
        .enumerate()
        .map(|(at, digit)| match digit * 2 {
            _ if at % 2 == 0 => digit,
            doubled if doubled > 9 => doubled - 9,
            doubled => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::{holds_a_card, looks_like_a_card};

    #[test]
    fn cards_are_found_in_every_notation() {
        for text in [
            "4111111111111111",
            "card 4111 1111 1111 1111 exp 12/29",
            "4111-1111-1111-1111",
            "4111.1111.1111.1111",
            "amex 3782 822463 10005",
            "slip 4000 of 4111 1111 1111 1111",
            "x4111111111111111x",
        ] {
            assert!(looks_like_a_card(text), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_not_reported() {
        for text in [
            "4111111111111112",
            "07700 900 118",
            "check 104512",
            "2026-03-02 to 2026-03-05",
            "12345678901234567890",
            "41111111111111110000",
            "",
            "paid by her son",
        ] {
            assert!(!looks_like_a_card(text), "{text}");
        }
    }

    #[test]
    fn an_id_in_a_draft_is_not_a_card_number() {
        let draft =
            |note: &str| format!(r#"{{"id":"01a22280-8d38-7397-8111-111111111104","note":"{note}"}}"#);
        let id = "01a22280-8d38-7397-8111-111111111104";
        assert!(looks_like_a_card(id), "the id of this test has to look like one");
        assert!(!holds_a_card(&format!(r#"{{"id":"{id}","amount":"5.55"}}"#)));
        assert!(!holds_a_card(&draft("paid by her son")));
        assert!(holds_a_card(&draft("card 4111 1111 1111 1111")));
    }
}
