//! The beginnings of search words under which a typed part of a document number is found: `92`, `0092`, `ai92`, `AI-0092`.

use journal::Number;
use ledger::entry::Series;

/// The digits of a short document number.
const WIDTH: usize = 4;

/// The beginnings to look up, best first: the number with this count, then numbers that begin with what was typed.
/// `letter` is the latest counter letter in use. Entries of earlier versions have no word for the count alone, so it is
/// also looked up behind the letters of every counter.
pub fn number_beginnings(text: &str, letter: &str) -> Vec<String> {
    let Some((letters, digits)) = parts(text) else { return Vec::new() };
    let padded = (digits.len() < WIDTH).then(|| format!("{digits:0>WIDTH$}"));
    let counts: Vec<String> = padded.into_iter().chain([digits.to_owned()]).collect();
    let heads = heads(&letters.to_ascii_lowercase(), letter);
    let bare = counts.iter().filter(|_| letters.is_empty()).cloned();
    let numbered = counts.iter().flat_map(|count| heads.iter().map(move |head| format!("{head}-{count}")));
    bare.chain(numbered).collect()
}

/// The letters and the digits of a text; `None` if it is not like a document number.
fn parts(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = text.split_at_checked(start)?;
    let letters = letters.trim_end_matches(|c: char| c == '-' || c.is_whitespace());
    let fits = letters.bytes().all(|b| b.is_ascii_alphabetic()) && digits.bytes().all(|b| b.is_ascii_digit());
    (fits && letters.len() + digits.len() > 1).then_some((letters, digits))
}

/// The letters in front of numbers that fit what was typed: all, those of one series, or those typed.
fn heads(typed: &str, latest: &str) -> Vec<String> {
    let head = |counter: char, series: Series| {
        let counter = counter.to_string();
        let number =
            Number { counter: &counter, series: series.letter(), count: 1 }.to_string().to_ascii_lowercase();
        number.split('-').next().unwrap_or_default().to_owned()
    };
    let last = latest.chars().next().filter(|_| latest.len() == 1).unwrap_or('Z');
    let all =
        ('A'..=last).flat_map(|counter| Series::ALL.into_iter().map(move |series| head(counter, series)));
    let mut heads: Vec<String> =
        all.filter(|head| head.starts_with(typed) || head.ends_with(typed)).collect();
    if typed.len() > 1 && !heads.iter().any(|head| head == typed) {
        heads.push(typed.to_owned());
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::number_beginnings;

    #[test]
    fn a_count_is_found_with_and_without_zeros_and_letters() {
        let all =
            ["0092", "92", "ai-0092", "ap-0092", "ac-0092", "ar-0092", "ai-92", "ap-92", "ac-92", "ar-92"];
        assert_eq!(number_beginnings(" 92 ", "A"), all);
        assert_eq!(number_beginnings("0092", "A"), ["0092", "ai-0092", "ap-0092", "ac-0092", "ar-0092"]);
        for text in ["ai92", "AI-92", "ai 92"] {
            assert_eq!(number_beginnings(text, "A"), ["ai-0092", "ai-92"], "{text}");
        }
        assert_eq!(number_beginnings("ai0092", "A"), ["ai-0092"]);
        assert_eq!(number_beginnings("p7", "B"), ["ap-0007", "bp-0007", "ap-7", "bp-7"]);
        assert_eq!(number_beginnings("ci0092", "A"), ["ci-0092"], "another counter's number");
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in ["", "9", "mira", "4 wheels", "92x", "slip 77/3", "é92"] {
            assert_eq!(number_beginnings(text, "A"), [""; 0], "{text}");
        }
    }
}
