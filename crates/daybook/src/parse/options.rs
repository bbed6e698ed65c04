//! What follows the fixed part of a line: options in any sequence, each at most once.

use crate::cursor::{Cursor, either};
use crate::malformed::Malformed;

/// The word that ends the options: `dated` stands last.
pub const LAST: &str = "dated";

/// The options a line may carry, and those it has carried so far.
pub struct Options {
    left: Vec<&'static str>,
    seen: Vec<&'static str>,
}

impl Options {
    /// Of these.
    pub fn of(allowed: &[&'static str]) -> Self {
        Self { left: allowed.to_vec(), seen: Vec::new() }
    }

    /// Passes over the next option's keyword; `None` at the end of the options.
    pub fn next(&mut self, c: &mut Cursor<'_>) -> Result<Option<&'static str>, Malformed> {
        let Some(token) = c.peek() else { return Ok(None) };
        if token.text == LAST && c.next_word().is_some() {
            return Ok(None);
        }
        let here = c.next_word().and_then(|word| self.left.iter().position(|option| *option == word));
        let Some(place) = here else { return Err(self.wrong(c)) };
        let option = self.left.remove(place);
        self.seen.push(option);
        c.skip();
        Ok(Some(option))
    }

    fn wrong(&self, c: &Cursor<'_>) -> Malformed {
        match c.next_word() {
            Some(word) if self.seen.contains(&word) => c.wrong(format!("`{word}` only once")),
            _ if self.left.is_empty() => c.wrong("the end of the line"),
            _ => c.wrong(format!("{}, or the end of the line", either(self.left.iter().copied()))),
        }
    }
}
