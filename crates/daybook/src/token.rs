//! Splits a line into tokens: words, strings, commas and colons. A comment ends the line.

use crate::malformed::Malformed;

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A run of characters without spaces, quotes, commas and colons: an id, an amount, a date, a keyword.
    Word,
    /// A string between quotes.
    Text,
    /// `,`
    Comma,
    /// `:`
    Colon,
}

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// Its kind.
    pub kind: TokenKind,
    /// Its characters, without the quotes of a string.
    pub text: &'a str,
    /// The column where it begins, in characters from 1.
    pub column: u32,
}

/// Splits one line. The `u32` is the column after the last token.
///
/// # Errors
/// A string that is not closed or that contains a control character.
pub fn tokens(number: u32, line: &str) -> Result<(Vec<Token<'_>>, u32), Malformed> {
    let mut scanner = Scanner { number, rest: line, column: 1 };
    let mut found = Vec::with_capacity(line.len() / 6);
    let mut end = 1;
    while let Some(token) = scanner.next()? {
        end = scanner.column;
        found.push(token);
    }
    Ok((found, end))
}

/// The rest of a line, and the column where it begins.
struct Scanner<'a> {
    number: u32,
    rest: &'a str,
    column: u32,
}

impl<'a> Scanner<'a> {
    fn next(&mut self) -> Result<Option<Token<'a>>, Malformed> {
        let spaces = self.rest.len() - self.rest.trim_start().len();
        self.advance(spaces);
        let token = match self.rest.chars().next() {
            None | Some('#') => return Ok(None),
            Some('"') => return self.text().map(Some),
            Some(',') => self.take(TokenKind::Comma, 1),
            Some(':') => self.take(TokenKind::Colon, 1),
            Some(_) => self.take(TokenKind::Word, word_length(self.rest)),
        };
        Ok(Some(token))
    }

    fn text(&mut self) -> Result<Token<'a>, Malformed> {
        let column = self.column;
        self.advance(1);
        let stop = |c: char| c == '"' || c.is_control();
        let length = self.rest.find(stop).unwrap_or(self.rest.len());
        let token = Token { column, ..self.take(TokenKind::Text, length) };
        if !self.rest.starts_with('"') {
            let found = self.rest.chars().next().map(String::from).unwrap_or_default();
            let (line, column) = (self.number, self.column);
            return Err(Malformed { line, column, expected: "a closing quote".into(), found });
        }
        self.advance(1);
        Ok(token)
    }

    fn take(&mut self, kind: TokenKind, bytes: usize) -> Token<'a> {
        let column = self.column;
        Token { kind, text: self.advance(bytes), column }
    }

    fn advance(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.column = self.column.saturating_add(u32::try_from(taken.chars().count()).unwrap_or(u32::MAX));
        taken
    }
}

fn word_length(rest: &str) -> usize {
    rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | ',' | ':' | '#')).unwrap_or(rest.len())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let found = match tokens(7, line) {
            Ok((tokens, end)) => {
                let each = tokens.iter().map(|t| format!("{:?}@{} {:?}", t.kind, t.column, t.text));
                format!("{} |{end}", each.collect::<Vec<_>>().join(", "))
            }
            Err(malformed) => malformed.to_string(),
        };
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn a_line_splits_at_spaces_quotes_commas_and_colons() {
        check("", " |1");
        check("   # all of it", " |1");
        check("pay P-1", r#"Word@1 "pay", Word@5 "P-1" |8"#);
        check("a:b,c", r#"Word@1 "a", Colon@2 ":", Word@3 "b", Comma@4 ",", Word@5 "c" |6"#);
        check("\t50.00# why", r#"Word@2 "50.00" |7"#);
    }

    #[test]
    fn a_string_may_hold_any_sign_and_columns_count_characters() {
        check("\"a # b, c\" x", r#"Text@1 "a # b, c", Word@12 "x" |13"#);
        check("\"Zoë 東\"x", r#"Text@1 "Zoë 東", Word@8 "x" |9"#);
        check("\"\"", r#"Text@1 "" |3"#);
    }

    #[test]
    fn an_open_string_is_an_error() {
        check("note \"abc", "7:10: expected a closing quote, found the end of the line");
        check("note \"a\u{1}c\"", "7:8: expected a closing quote, found \"\\u{1}\"");
    }
}
