//! No catch-all arm in a `match` on kinds of entries, acts or exceptions: when a kind is added, the compiler names every
//! place that has to handle it.

use super::finding::Finding;
use super::source::Source;
use super::tests_out::tests_out;
use super::tokens::tokens;

/// The enums whose variants are kinds.
const KINDS: [&str; 10] =
    ["Act", "Body", "Command", "Doing", "Effect", "EntryKind", "ExceptionKind", "Kind", "Reaction", "What"];

/// The folders that the rule applies to.
const FOLDERS: [&str; 6] = [
    "crates/cli/src/",
    "crates/codec/src/",
    "crates/daybook/src/",
    "crates/ledger/src/",
    "crates/sync/src/",
    "src/",
];

/// Finds catch-all arms beside arms that name kinds.
pub fn wildcards(source: &Source) -> Vec<Finding> {
    let within = FOLDERS.iter().any(|folder| source.path.starts_with(folder));
    let is_test = source.path.contains("/tests/") || source.path.ends_with("/tests.rs");
    if !within || is_test { Vec::new() } else { found(source) }
}

fn found(source: &Source) -> Vec<Finding> {
    let (code, _) = tests_out(&source.code);
    let mut found = Vec::new();
    let in_product = |at: &usize| code.get(*at..).is_some_and(|rest| rest.starts_with("match"));
    for at in source.words("match").filter(in_product) {
        let patterns = patterns(&code, at + "match".len());
        if patterns.iter().any(|(_, pattern)| names_kind(pattern)) {
            let arms = patterns.iter().filter(|(_, pattern)| is_catch_all(pattern));
            found.extend(arms.map(|(at, _)| {
                Finding::at(source, *at, "list the kinds: a catch-all arm hides a kind that is added later")
            }));
        }
    }
    found
}

/// The patterns of a `match` whose scrutinee begins at a byte, each with the byte where it begins.
fn patterns(code: &str, scrutinee: usize) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let Some(open) = end(code, scrutinee, |rest| rest.starts_with('{')) else { return found };
    let mut at = open + 1;
    while let Some(arrow) = end(code, at, |rest| rest.starts_with("=>") || rest.starts_with('}'))
        && code.get(arrow..).is_some_and(|rest| rest.starts_with("=>"))
    {
        let pattern = code.get(at..arrow).unwrap_or_default();
        found.push((at + pattern.len() - pattern.trim_start().len(), pattern.trim()));
        at = end_of_arm(code, arrow + "=>".len());
    }
    found
}

/// The byte after the expression of an arm and after its comma.
fn end_of_arm(code: &str, start: usize) -> usize {
    let rest = code.get(start..).unwrap_or_default();
    let block = start + rest.len() - rest.trim_start().len();
    if rest.trim_start().starts_with('{') {
        let close = end(code, block + 1, |rest| rest.starts_with('}')).map_or(code.len(), |close| close + 1);
        let rest = code.get(close..).unwrap_or_default();
        let comma = rest.trim_start().starts_with(',');
        return if comma { close + rest.len() - rest.trim_start().len() + 1 } else { close };
    }
    match end(code, start, |rest| rest.starts_with([',', '}'])) {
        Some(end) if code.get(end..).is_some_and(|rest| rest.starts_with(',')) => end + 1,
        Some(end) => end,
        None => code.len(),
    }
}

/// The first byte from `start` on that is outside brackets and at which `stops` says so.
fn end(code: &str, start: usize, stops: impl Fn(&str) -> bool) -> Option<usize> {
    let (mut depth, mut generics) = (0_usize, 0_usize);
    let mut before = ' ';
    for (at, each) in code.get(start..)?.char_indices() {
        let rest = code.get(start + at..)?;
        if depth == 0 && generics == 0 && stops(rest) {
            return Some(start + at);
        }
        match each {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            '<' if before == ':' || generics > 0 => generics += 1,
            '>' if !matches!(before, '-' | '=') => generics = generics.saturating_sub(1),
            _ => {}
        }
        before = each;
    }
    None
}

/// Whether a pattern names a variant of an enum of kinds.
fn names_kind(pattern: &str) -> bool {
    let tokens = tokens(pattern);
    tokens.windows(2).any(|pair| matches!(pair, [name, "::"] if KINDS.contains(name)))
}

/// Whether a pattern without a guard matches every kind.
fn is_catch_all(pattern: &str) -> bool {
    let tokens = tokens(pattern);
    !tokens.contains(&"if") && matches_all(&tokens)
}

/// Whether one of the alternatives of a pattern is `_`, a plain name, or a tuple or an option of such.
fn matches_all(tokens: &[&str]) -> bool {
    split(tokens, "|").into_iter().any(|alternative| match alternative {
        ["&" | "ref" | "mut", rest @ ..] => matches_all(rest),
        ["Some" | "Ok", "(", inner @ .., ")"] => matches_all(inner),
        ["(", inner @ .., ")"] => split(inner, ",").into_iter().all(matches_all),
        [".", "."] => true,
        [name] => {
            name.starts_with(|c: char| c == '_' || c.is_lowercase()) && !matches!(*name, "true" | "false")
        }
        _ => false,
    })
}

/// Splits tokens at a sign outside brackets.
fn split<'a, 'b>(tokens: &'b [&'a str], sign: &str) -> Vec<&'b [&'a str]> {
    let mut depth = 0_usize;
    let at_sign = |token: &&'a str| {
        match *token {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        *token == sign && depth == 0
    };
    tokens.split(at_sign).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(arms: &str) -> Vec<String> {
        let text = format!("fn f() {{ match it(a) {{\n{arms}\n}} }}");
        found(&Source::new("a.rs", &text)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_catch_all_arm_beside_kinds_is_found() {
        for arms in [
            "Body::A(_) => 1,\n_ => 2,",
            "Body::A(_) => { 1 }\nother => 2",
            "Body::A { .. } => f::<A, B>(),\n_ => 2,",
            "Some(Kind::A) => 1,\nSome(_) | None => 2,",
            "(Act::A(a), Body::A(b)) => f(a, b),\n(_, _) => 2,",
            "(Act::A(a), Body::A(b)) => f(a, b),\n_ => { 2 }",
            "&ledger::rules::Act::A => match x { _ => 1 },\n&_ => 2,",
        ] {
            let found = lines(arms);
            assert!(matches!(found.as_slice(), [one] if one.starts_with("a.rs:3: ")), "{arms}: {found:?}");
        }
    }

    #[test]
    fn arms_that_list_kinds_and_matches_on_other_things_are_not_found() {
        for arms in [
            "Body::A(_) => 1, Body::B { .. } | Body::C => 2,",
            "Body::A(_) if x => 1, other if y => 2, Body::A(_) | Body::B => 3",
            "1 => Body::A, _ => Body::B,",
            "Some(Body::A(_)) => 1, Some(Body::B) | None => 2",
            "(Act::A, Body::A) => 1, (Act::A | Act::B, _) => 2",
            "Other::A => match x { Body::A => 1, Body::B => 2 }, _ => 3,",
            "Ok(Body::A) => 1, Ok(Body::B) => 2, Err(_) => 3",
        ] {
            assert_eq!(lines(arms), Vec::<String>::new(), "{arms}");
        }
    }

    #[test]
    fn an_inner_match_is_read_by_itself_and_tests_are_left_out() {
        assert_eq!(lines("x => match y {\nBody::A => 1,\n_ => 2,\n},").len(), 1);
        let test = "#[cfg(test)]\nmod tests { fn f() { match x { Body::A => 1, _ => 2 } } }";
        assert!(found(&Source::new("a.rs", test)).is_empty());
    }
}
