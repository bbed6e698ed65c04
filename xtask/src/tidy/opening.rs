//! Every file begins with a sentence that says what it contains.

use super::finding::Finding;
use super::source::Source;

/// Finds files whose first line is not `//! ` and a sentence.
pub fn opening(source: &Source) -> Vec<Finding> {
    let first = source.text.lines().next().unwrap_or_default();
    let has_sentence =
        first.strip_prefix("//! ").is_some_and(|sentence| sentence.split_whitespace().count() > 1);
    let finding =
        || Finding::in_file(&source.path, "begin the file with `//!` and a sentence: what does it contain?");
    if has_sentence { Vec::new() } else { vec![finding()] }
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
