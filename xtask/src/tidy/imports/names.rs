//! The names that one file imports, re-exports and uses.

use std::collections::HashMap;

use crate::tidy::tokens::tokens;

/// One name that a `use` item brings into a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Use {
    /// The path as written: `crate`, `super`, `a`, …
    pub path: Vec<String>,
    /// The name in this file; `*` for all names of a module.
    pub name: String,
    /// Whether the item is a re-export.
    pub public: bool,
}

/// The names of one file.
#[derive(Debug, Default)]
pub struct Names {
    /// What `use` items bring in.
    pub uses: Vec<Use>,
    /// Paths of two words or more outside `use` items, as written.
    pub paths: Vec<Vec<String>>,
    /// How often each word occurs outside `use` items.
    words: HashMap<String, usize>,
}

impl Names {
    /// Reads a file's code.
    pub fn of(code: &str) -> Self {
        let tokens = tokens(code);
        let mut names = Self::default();
        let mut rest = tokens.as_slice();
        let mut before = "";
        while let [token, after @ ..] = rest {
            if *token == "use" && before != "::" {
                let end = after.iter().position(|token| *token == ";").unwrap_or(after.len());
                let (tree, after) = after.split_at(end);
                collect(tree, &[], matches!(before, "pub" | ")"), &mut names.uses);
                (rest, before) = (after, "");
                continue;
            }
            let path = path(rest);
            let words = path.len().max(1);
            if path.len() > 1 && !matches!(before, "." | "::") {
                names.paths.push(path.iter().map(|word| (*word).to_owned()).collect());
            }
            *names.words.entry((*token).to_owned()).or_default() += 1;
            let read = 2 * words - 1;
            before = rest.get(read - 1).copied().unwrap_or_default();
            rest = rest.get(read..).unwrap_or_default();
        }
        names
    }

    /// Whether a word occurs outside `use` items.
    pub fn has(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// The `use` that brings in a name.
    pub fn used(&self, name: &str) -> Option<&Use> {
        self.uses.iter().find(|each| each.name == name)
    }
}

/// The path `a::b::c` that tokens begin with; empty when they begin with a sign.
fn path<'a>(tokens: &[&'a str]) -> Vec<&'a str> {
    let is_word = |token: &str| token.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let mut path = Vec::new();
    let mut rest = tokens;
    while let [word, after @ ..] = rest
        && is_word(word)
    {
        path.push(*word);
        match after {
            ["::", next @ ..] => rest = next,
            _ => break,
        }
    }
    path
}

/// Flattens a use tree: `a::{b, c::{self, D as E}}`.
fn collect(tree: &[&str], prefix: &[&str], public: bool, uses: &mut Vec<Use>) {
    if let Some(open) = tree.iter().position(|token| *token == "{") {
        let (head, group) = tree.split_at(open);
        let words = head.iter().copied().filter(|token| *token != "::");
        let prefix: Vec<&str> = prefix.iter().copied().chain(words).collect();
        let inner = group.get(1..group.len().saturating_sub(1)).unwrap_or_default();
        split(inner).into_iter().for_each(|part| collect(part, &prefix, public, uses));
        return;
    }
    let mut words: Vec<&str> = tree.iter().copied().filter(|token| *token != "::").collect();
    let mut name = words.last().copied().unwrap_or_default();
    if let [path @ .., "as", _] = words.as_slice() {
        words = path.to_vec();
    }
    if words == ["self"] && !prefix.is_empty() {
        words.clear();
        name = if name == "self" { prefix.last().copied().unwrap_or_default() } else { name };
    }
    let path: Vec<String> = prefix.iter().copied().chain(words).map(str::to_owned).collect();
    if !path.is_empty() {
        uses.push(Use { path, name: name.to_owned(), public });
    }
}

/// Splits the inside of a group at the commas that are not inside an inner group.
fn split<'a, 'b>(tokens: &'b [&'a str]) -> Vec<&'b [&'a str]> {
    let mut depth = 0_usize;
    let comma = |token: &&'a str| {
        match *token {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        *token == "," && depth == 0
    };
    tokens.split(comma).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn use_trees_are_flattened() {
        let names = Names::of("pub(crate) use a::{b, c::{self, D as E}, f::*,};\nuse super::g as h;");
        let found: Vec<(String, &str, bool)> =
            names.uses.iter().map(|each| (each.path.join("::"), each.name.as_str(), each.public)).collect();
        let expected = [
            ("a::b", "b", true),
            ("a::c", "c", true),
            ("a::c::D", "E", true),
            ("a::f::*", "*", true),
            ("super::g", "h", false),
        ];
        assert_eq!(found, expected.map(|(path, name, public)| (path.to_owned(), name, public)));
    }

    #[test]
    fn paths_are_read_from_code_and_words_counted_outside_use_items() {
        let names =
            Names::of("use a::B;\nfn f(x: c::D) -> Vec<super::E> { x.y::<u8>(); B::new(); ::z::q() }");
        let paths: Vec<String> = names.paths.iter().map(|path| path.join("::")).collect();
        assert_eq!(paths, ["c::D", "super::E", "B::new"]);
        assert!(names.has("B") && names.has("x") && !names.has("a"));
    }
}
