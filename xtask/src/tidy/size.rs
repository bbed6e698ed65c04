//! Limits the length of files and functions.

use super::finding::Finding;
use super::source::Source;

/// The most lines of a file, without its tests. Most files are far shorter.
const FILE: usize = 400;
/// The most lines of a function, from its name to its closing brace.
const FUNCTION: usize = 80;

/// Finds files and functions that are too long.
pub fn size(source: &Source) -> Vec<Finding> {
    let code = source.product();
    let mut found = Vec::new();
    let lines = code.lines().count();
    if lines > FILE {
        found.push(Finding::in_file(&source.path, format!("{lines} lines in one file (at most {FILE})")));
    }
    for (at, _) in code.match_indices("fn ") {
        let lines = function(code.get(at..).unwrap_or_default()).lines().count();
        if lines > FUNCTION {
            found.push(Finding::at(source, at, format!("a function of {lines} lines (at most {FUNCTION})")));
        }
    }
    found
}

/// A function's text, from `fn` to its closing brace; empty when it has no body.
fn function(code: &str) -> &str {
    let mut depth = 0_usize;
    for (at, each) in code.char_indices() {
        match each {
            ';' if depth == 0 => return "",
            '{' => depth += 1,
            '}' if depth <= 1 => return code.get(..=at).unwrap_or_default(),
            '}' => depth -= 1,
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_function_and_a_long_file_are_found() {
        let found = |text: &str| size(&Source::new("a.rs", text)).len();
        let body = |lines: usize| format!("fn a() {{\n{}}}\n", "x();\n".repeat(lines));
        assert_eq!(found(&body(FUNCTION - 2)), 0);
        assert_eq!(found(&body(FUNCTION)), 1);
        assert_eq!(found(&"const A: u8 = 1;\n".repeat(FILE + 1)), 1);
        assert_eq!(found(&format!("#[cfg(test)]\nmod tests {{\n{}}}", body(FILE))), 0);
        assert_eq!(found(&format!("trait A {{ fn a(); }}\n{}", "const A: u8 = 1;\n".repeat(FUNCTION))), 0);
    }
}
