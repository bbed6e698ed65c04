//! Colours, sizes and durations have names: their values are in `tokens.css` alone.
//!
//! Relative lengths (`em`, `%`, viewport units) are allowed everywhere, those of paper (`mm`, `pt`) in `paper.css`, and the conditions of `@media` and `@page` must be
//! literals, because names cannot be used there.

use super::finding::Finding;
use super::source::Source;

const COLOURS: [&str; 8] = ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklch("];
const NAMED: [&str; 7] = ["white", "black", "red", "green", "blue", "gray", "grey"];
const UNITS: [&str; 8] = ["px", "rem", "pt", "mm", "cm", "in", "ms", "s"];

/// Finds literals outside `tokens.css`.
pub fn sheets(sheet: &Source) -> Vec<Finding> {
    if sheet.path.ends_with("tokens.css") {
        return Vec::new();
    }
    let is_paper = sheet.path.ends_with("paper.css");
    let text = without_comments(&sheet.text);
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mut literals = values(line).filter_map(literal).filter(|each| !(is_paper && is_of_paper(each)));
        let literal = if line.trim_start().starts_with('@') { None } else { literals.next() };
        if let Some(literal) = literal {
            found.push(Finding::at(sheet, at, format!("`{literal}` needs a name in tokens.css")));
        }
        at += line.len();
    }
    found
}

/// The values of the declarations in a line, word by word.
fn values(line: &str) -> impl Iterator<Item = &str> {
    let declarations = line.split(['{', '}', ';']).filter_map(|each| each.split_once(':'));
    declarations.flat_map(|(_, value)| value.split([' ', ',', '(', ')', '/', '\n'])).chain(functions(line))
}

fn functions(line: &str) -> impl Iterator<Item = &str> {
    COLOURS
        .into_iter()
        .filter(|name| line.split([' ', ',', ':', '(']).any(|word| format!("{word}(") == **name))
}

/// Whether it is a length of paper.
fn is_of_paper(literal: &str) -> bool {
    literal.ends_with("mm") || literal.ends_with("pt")
}

fn literal(word: &str) -> Option<&str> {
    let is_hex = word
        .strip_prefix('#')
        .is_some_and(|hex| hex.len() >= 3 && hex.bytes().all(|b| b.is_ascii_hexdigit()));
    let number = word.trim_start_matches(['-', '+']);
    let unit = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let is_size = unit.len() < number.len() && UNITS.contains(&unit);
    (is_hex || is_size || NAMED.contains(&word) || COLOURS.contains(&word)).then_some(word)
}

fn without_comments(text: &str) -> String {
    let mut left = text;
    let mut rest = String::with_capacity(text.len());
    while let Some((before, after)) = left.split_once("/*") {
        rest.push_str(before);
        let (comment, after) = after.split_once("*/").unwrap_or((after, ""));
        rest.extend(comment.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest.push_str("    ");
        left = after;
    }
    rest + left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_found_and_a_name_is_not() {
        let found = |path: &str, text: &str| sheets(&Source::new(path, text)).len();
        for (text, count) in [
            ("a { color: #fff; }\nb { margin: 4px 0 }\nc { transition: opacity 90ms }", 3),
            ("a { color: rgb(0 0 0 / 50%); }", 1),
            ("a { border: var(--hair) solid white }", 1),
            ("a:hover { margin: -1.5rem }", 1),
            ("a { margin: 0 var(--s4); width: 100%; padding: 0.4em; height: 100dvh; flex: 1 1 40% }", 0),
            ("a { /* 4px #fff */ color: var(--ink) }", 0),
            ("@media (max-width: 700px) {\na { color: var(--white) } }", 0),
            ("#fade .s2 { grid-template-columns: minmax(0, 1fr) auto }", 0),
        ] {
            assert_eq!(found("style/parts.css", text), count, "{text}");
        }
        assert_eq!(found("style/tokens.css", "a { color: #fff; }"), 0);
        assert_eq!(
            found(
                "style/paper.css",
                "a { width: 80mm; font: 9pt/12pt x }\nb { margin: 4px }\nc { color: #000 }"
            ),
            2
        );
    }
}
