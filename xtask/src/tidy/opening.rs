//! Every file opens with a sentence that says what lives there.

use super::finding::Finding;
use super::source::Source;

/// The first line must be `//! ` and a sentence.
pub fn opening(source: &Source) -> Vec<Finding> {
    let first = source.text.lines().next().unwrap_or_default();
    let said = first.strip_prefix("//! ").is_some_and(|sentence| sentence.split_whitespace().count() > 1);
    let finding =
        || Finding::in_file(&source.path, "open the file with `//!` and a sentence: what lives here?");
    if said { Vec::new() } else { vec![finding()] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_sentence_is_found() {
        assert!(opening(&Source::new("a.rs", "//! What lives here.\nfn a() {}")).is_empty());
        for text in ["", "fn a() {}", "// A comment.", "//! Word", "\n//! Too late here."] {
            assert_eq!(opening(&Source::new("a.rs", text)).len(), 1, "{text:?}");
        }
    }
}
