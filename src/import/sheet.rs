//! A file as a table: its headings and rows, and the lines that are none.

use super::decode::{Encoding, NotText, decode};
use super::flaw::LineFlaw;
use super::table::{Row, Separator, rows};

/// Bytes of the largest file: about a million rows.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// A table. Its first row holds the headings.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// How its characters were written.
    pub encoding: Encoding,
    /// What stood between its fields.
    pub separator: Separator,
    /// The headings.
    pub headings: Vec<String>,
    /// The other rows.
    pub rows: Vec<Row>,
    /// The lines that are no rows.
    pub flaws: Vec<LineFlaw>,
}

impl Sheet {
    /// Reads a file; `None` finds out how it is written.
    ///
    /// # Errors
    /// The file is no text.
    pub fn read(
        bytes: &[u8],
        encoding: Option<Encoding>,
        separator: Option<Separator>,
    ) -> Result<Self, NotText> {
        let (text, encoding) = decode(bytes, encoding)?;
        // Some spreadsheets say in a line of its own what separates the fields.
        let said = text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n'));
        let (said, text, before) = said.map_or((None, text.as_str(), 0), |(said, rest)| {
            (Separator::ALL.into_iter().find(|one| said == one.char().to_string()), rest, 1)
        });
        let separator = separator.or(said).unwrap_or_else(|| Separator::of(text));
        let (mut rows, mut flaws) = rows(text, separator);
        rows.iter_mut().for_each(|row| row.line += before);
        flaws.iter_mut().for_each(|found| found.line += before);
        // Without headings nothing says what the other rows hold.
        let first = rows.first().map_or(usize::MAX, |row| row.line);
        if flaws.first().is_some_and(|found| found.line < first) {
            (rows, flaws) = (Vec::new(), flaws.into_iter().take(1).collect());
        }
        let headings = if rows.is_empty() { Vec::new() } else { rows.remove(0).fields };
        Ok(Self { encoding, separator, headings, rows, flaws })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn without_headings_there_are_no_rows() {
        let text = format!("{}\n1,2\n", ",".repeat(59_999));
        let sheet = Sheet::read(text.as_bytes(), None, None).unwrap();
        assert_eq!((sheet.headings.len(), sheet.rows.len(), sheet.flaws.len()), (0, 0, 1));
    }

    #[test]
    fn the_first_row_holds_the_headings() {
        let sheet = Sheet::read("sep=;\nName;Phone\nMira;07700\n".as_bytes(), None, None).unwrap();
        assert_eq!(
            (sheet.separator, sheet.headings),
            (Separator::Semicolon, vec!["Name".into(), "Phone".into()])
        );
        assert_eq!(sheet.rows, [Row { line: 3, fields: vec!["Mira".into(), "07700".into()] }]);
    }
}
