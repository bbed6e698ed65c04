//! The options after the fixed part of a line: in any order, each at most once.

use crate::line_parser::{LineParser, either};
use crate::malformed::Malformed;

/// The word that ends the options: `dated` comes last.
pub const LAST: &str = "dated";

/// The options of a line: those that may follow, and those that were used.
pub struct Options {
    allowed: Vec<&'static str>,
    seen: Vec<&'static str>,
}

impl Options {
    /// Allows these options.
    pub fn of(allowed: &[&'static str]) -> Self {
        Self { allowed: allowed.to_vec(), seen: Vec::new() }
    }

    /// Skips the keyword of the next option; `None` at the end of the options.
    pub fn next(&mut self, p: &mut LineParser<'_>) -> Result<Option<&'static str>, Malformed> {
        let Some(token) = p.peek() else { return Ok(None) };
        if token.text == LAST && p.next_word().is_some() {
            return Ok(None);
        }
        let place = p.next_word().and_then(|word| self.allowed.iter().position(|option| *option == word));
        let Some(place) = place else { return Err(self.error(p)) };
        let option = self.allowed.remove(place);
        self.seen.push(option);
        p.skip();
        Ok(Some(option))
    }

    fn error(&self, p: &LineParser<'_>) -> Malformed {
        match p.next_word() {
            Some(word) if self.seen.contains(&word) => p.expected(format!("`{word}` only once")),
            _ if self.allowed.is_empty() => p.expected("the end of the line"),
            _ => p.expected(format!("{}, or the end of the line", either(self.allowed.iter().copied()))),
        }
    }
}
