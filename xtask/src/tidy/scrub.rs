//! Replaces the content of comments and literals of a Rust file by blanks, so that lints read code alone.

/// The same number of bytes and lines. Opening quotes stay, their content is blank.
pub fn scrub(text: &str) -> String {
    let mut left = text;
    let mut code = String::with_capacity(text.len());
    while let Some(first) = left.chars().next() {
        let (kept, blank) = piece(left, first, code.chars().next_back());
        let (head, rest) = left.split_at(kept + blank);
        let (kept, hidden) = head.split_at(kept);
        code.push_str(kept);
        code.extend(hidden.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        left = rest;
    }
    code
}

/// The number of bytes to keep, and the number of following bytes to blank.
fn piece(left: &str, first: char, before: Option<char>) -> (usize, usize) {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    match first {
        '/' if left.starts_with("//") => (0, left.find('\n').unwrap_or(left.len())),
        '/' if left.starts_with("/*") => (0, block(left)),
        '"' => (1, until_quote(left, 1, '"')),
        'r' if !in_word && raw(left).is_some() => raw(left).unwrap_or((1, 0)),
        'b' if !in_word && left.starts_with("br") => (1, 0),
        '\'' => (1, character(left)),
        other => (other.len_utf8(), 0),
    }
}

/// The length of a block comment; they nest.
fn block(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let step = if rest.starts_with("/*") {
            depth += 1;
            2
        } else if rest.starts_with("*/") {
            depth -= 1;
            2
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        at += step;
        if depth == 0 {
            break;
        }
    }
    at
}

/// The number of bytes from `start` up to and including the closing quote, with regard to escapes.
fn until_quote(text: &str, start: usize, quote: char) -> usize {
    let mut escaped = false;
    let inner = text.get(start..).unwrap_or_default();
    for (at, each) in inner.char_indices() {
        if each == quote && !escaped {
            // The closing quote is blanked too: otherwise it would open another literal.
            return at + 1;
        }
        escaped = each == '\\' && !escaped;
    }
    inner.len()
}

/// A raw string: the bytes to keep (`r#"`) and to blank, or `None` when this is a name.
fn raw(text: &str) -> Option<(usize, usize)> {
    let after = text.strip_prefix('r')?;
    let marks = after.len() - after.trim_start_matches('#').len();
    let inner = after.get(marks..)?.strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(marks));
    let end = inner.find(&close).map_or(inner.len(), |at| at + close.len());
    Some((marks + 2, end))
}

/// The number of bytes of a character literal to blank; 0 for a lifetime.
fn character(text: &str) -> usize {
    let mut rest = text.chars().skip(1);
    match (rest.next(), rest.next()) {
        (Some('\\'), _) => until_quote(text, 1, '\''),
        (Some(inner), Some('\'')) => inner.len_utf8() + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_is_left_and_positions_do_not_change() {
        for (text, code) in [
            ("let a = 1; // f64\nb", "let a = 1;       \nb"),
            ("a /* x /* y */ z */ b", "a                   b"),
            (r#"f("a \" f64", 'x', '\'', b)"#, r#"f("         , '  , '   , b)"#),
            (r##"r#"a " b"# + r"c""##, r##"r#"        + r"  "##),
            ("fn a<'a>(b: &'a str)", "fn a<'a>(b: &'a str)"),
            ("\"two\nlines\" c", "\"   \n       c"),
            ("\"é\" f64", "\"    f64"),
        ] {
            let got = scrub(text);
            assert_eq!(got.len(), text.len(), "{text}: {got}");
            assert_eq!(got, code, "{text}");
        }
    }
}
