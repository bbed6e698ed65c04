//! Splits code into words and signs.

/// Words and signs of code that has no comments and literals; `::` is one sign.
pub fn tokens(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let length = match first {
            _ if word(first) => rest.find(|c: char| !word(c)).unwrap_or(rest.len()),
            ':' if rest.starts_with("::") => 2,
            other => other.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        found.push(token);
        rest = after.trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn words_and_signs_are_split() {
        assert_eq!(tokens(" a_1::b(é) =>\n"), ["a_1", "::", "b", "(", "é", ")", "=", ">"]);
    }
}
