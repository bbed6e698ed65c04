//! Reads a day book line by line.

use super::read::not_text;
use crate::source;
use anyhow::{Context, Result};
use daybook::Malformed;
use daybook::ast::StatementLine;
use daybook::parse::Parser;
use std::io::BufRead;
use std::path::Path;

/// A day book that is read line by line, as often as needed: a file each time from its beginning, standard input from memory.
pub struct DayBookLines<'a> {
    path: &'a Path,
    input: Option<Vec<u8>>,
}

impl<'a> DayBookLines<'a> {
    /// Opens the day book; standard input is read to its end.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(path: &'a Path) -> Result<Self> {
        let is_input = path.as_os_str() == source::STANDARD_INPUT;
        Ok(Self { path, input: is_input.then(|| source::read(path)).transpose()? })
    }

    /// Its statements from the beginning.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn parse(&self) -> Result<ParsedLines<'_>> {
        let read: Box<dyn BufRead + '_> = match &self.input {
            Some(bytes) => Box::new(bytes.as_slice()),
            None => {
                let file = std::fs::File::open(self.path);
                let file = file.with_context(|| format!("cannot read {}", self.path.display()))?;
                Box::new(std::io::BufReader::new(file))
            }
        };
        Ok(ParsedLines { read, parser: Parser::default(), number: 0, line: Vec::new() })
    }
}

/// The statements of a day book.
pub struct ParsedLines<'a> {
    read: Box<dyn BufRead + 'a>,
    /// What the lines so far define.
    pub parser: Parser,
    number: u32,
    line: Vec<u8>,
}

impl ParsedLines<'_> {
    /// The next statement; `None` at the end.
    ///
    /// # Errors
    /// When the day book cannot be read; the inner error is that of a malformed line.
    pub fn next(&mut self) -> Result<Option<Result<StatementLine, Malformed>>> {
        loop {
            self.line.clear();
            if self.read.read_until(b'\n', &mut self.line).context("cannot read the day book")? == 0 {
                return Ok(None);
            }
            self.number += 1;
            let parsed = match std::str::from_utf8(&self.line) {
                Ok(text) => self.parser.line(self.number, content(text, self.number)),
                Err(error) => Err(not_text(&self.line, self.number, error.valid_up_to())),
            };
            if let Some(parsed) = parsed.transpose() {
                return Ok(Some(parsed));
            }
        }
    }
}

/// The line without its end, and the first without a byte order mark.
fn content(text: &str, number: u32) -> &str {
    let text = if number == 1 { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
    text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text))
}
