//! Comma separated values (RFC 4180, with the separators that spreadsheets use) to rows of fields, each with its line.
//!
//! A quotation mark that is never closed spoils its own line and not the rest of the file: reading goes on at the next line.

use super::flaw::{Flaw, LineFlaw};

/// More columns than any table of customers has.
pub const MOST_COLUMNS: usize = 200;
/// Bytes of the longest field; notes are shorter.
const LONGEST_FIELD: usize = 4_000;
/// Lines of the longest field: an address has fewer.
const MOST_LINES: usize = 12;

/// What stands between two fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Separator {
    Comma,
    Semicolon,
    Tab,
}

impl Separator {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// The character.
    #[must_use]
    pub const fn char(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
        }
    }

    /// The one that is most often in the first line, outside of quotation marks.
    pub(super) fn of(text: &str) -> Self {
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let outside: String = first.split('"').step_by(2).collect();
        let count = |separator: &Self| outside.matches(separator.char()).count();
        let most = Self::ALL.into_iter().rev().max_by_key(count);
        most.unwrap_or(Self::Comma)
    }
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line on which it begins; the first line of the file is 1.
    pub line: usize,
    /// Its fields as written, without quotation marks.
    pub fields: Vec<String>,
}

/// Reads all rows; blank lines and rows of blank fields, which spreadsheets add at the end, are left out.
pub(super) fn rows(text: &str, separator: Separator) -> (Vec<Row>, Vec<LineFlaw>) {
    let (mut rows, mut flaws) = (Vec::new(), Vec::new());
    let (mut rest, mut line) = (text, 1);
    while !rest.is_empty() {
        let (own, _) = rest.split_once('\n').unwrap_or((rest, ""));
        let mut taken = own.len();
        if !own.trim().is_empty() {
            match record(rest, separator.char()) {
                Ok((fields, length)) => {
                    taken = length;
                    if fields.iter().any(|field| !field.trim().is_empty()) {
                        rows.push(Row { line, fields });
                    }
                }
                Err(flaw) => flaws.push(LineFlaw { line, flaw }),
            }
        }
        let (over, after) = rest.split_at_checked(taken).unwrap_or((rest, ""));
        line += 1 + over.matches('\n').count();
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    (rows, flaws)
}

/// The fields of the first record, and its length without the end of its last line.
fn record(text: &str, separator: char) -> Result<(Vec<String>, usize), Flaw> {
    let (mut fields, mut at) = (Vec::new(), 0);
    let mut columns = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let (field, length) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted, separator)?,
            None => plain_field(rest, separator),
        };
        columns += 1;
        if field.len() > LONGEST_FIELD {
            return Err(Flaw::FieldTooLong);
        }
        if columns <= MOST_COLUMNS {
            fields.push(field);
        }
        at += length;
        match text.get(at..).unwrap_or_default().strip_prefix(separator) {
            Some(_) => at += separator.len_utf8(),
            None if columns > MOST_COLUMNS => return Err(Flaw::TooManyColumns { found: columns }),
            None => return Ok((fields, at)),
        }
    }
}

fn plain_field(text: &str, separator: char) -> (String, usize) {
    let end = text.find([separator, '\n']).unwrap_or(text.len());
    (text.get(..end).unwrap_or_default().to_owned(), end)
}

/// The text after the opening quotation mark, up to the one that closes it; two marks are one of the text. The length counts
/// the opening one.
fn quoted_field(text: &str, separator: char) -> Result<(String, usize), Flaw> {
    let (mut field, mut lines) = (String::new(), 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' if chars.peek().is_some_and(|(_, next)| *next == '"') => {
                chars.next();
                field.push('"');
            }
            '"' => {
                let goes_on = chars.peek().is_none_or(|(_, next)| *next == separator || *next == '\n');
                let length = 1 + at + 1;
                return if goes_on { Ok((field, length)) } else { Err(Flaw::TextAfterQuote) };
            }
            _ => {
                lines += usize::from(c == '\n');
                field.push(c);
            }
        }
        if lines > MOST_LINES || field.len() > LONGEST_FIELD {
            return Err(Flaw::QuoteNotClosed);
        }
    }
    Err(Flaw::QuoteNotClosed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    type Placed<T> = Vec<(usize, T)>;

    fn read(text: &str) -> (Placed<Vec<String>>, Placed<Flaw>) {
        let (rows, flaws) = rows(text, Separator::of(text));
        let rows = rows.into_iter().map(|row| (row.line, row.fields)).collect();
        (rows, flaws.into_iter().map(|found| (found.line, found.flaw)).collect())
    }

    #[test]
    fn fields_are_read_with_every_separator() {
        for separator in Separator::ALL {
            let text = "Name,Phone,Note\n\"Patel, Mira\",07700,\"says \"\"hi\"\"\"\n\n,,\nA,B,C";
            let own = text.replace(',', &separator.char().to_string());
            let (rows, flaws) = read(&own);
            assert_eq!(Separator::of(&own), separator);
            let name = format!("Patel{} Mira", separator.char());
            assert_eq!(rows[1], (2, vec![name, "07700".into(), "says \"hi\"".into()]));
            assert_eq!((rows[2].0, rows.len(), flaws.len()), (5, 3, 0), "blank lines count as lines");
        }
    }

    #[test]
    fn a_field_may_have_several_lines_and_the_next_row_has_its_own_line() {
        let (rows, flaws) = read("Name,Address\nMira,\"1 High St\nLeeds\"\nOtto,x\n");
        assert_eq!(rows[1], (2, vec!["Mira".into(), "1 High St\nLeeds".into()]));
        assert_eq!((rows[2].0, flaws.len()), (4, 0));
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_spoils_its_own_line() {
        let rest = "Otto,1\n".repeat(40);
        let (rows, flaws) = read(&format!("Name,N\nMira,\"1\n{rest}Last,\"2\n"));
        assert_eq!(flaws, [(2, Flaw::QuoteNotClosed), (43, Flaw::QuoteNotClosed)]);
        assert_eq!(rows.len(), 41);
        let (rows, flaws) = read("Name,N\n\"Mira\" Patel,1\nOtto,2\n");
        assert_eq!((flaws, rows.len()), (vec![(2, Flaw::TextAfterQuote)], 2));
        assert_eq!(read("Size\n5\" pipe\n").0[1].1, ["5\" pipe"], "inside a field it is a character");
    }

    #[test]
    fn too_many_columns_and_too_long_fields_are_named() {
        let many = ",".repeat(59_999);
        assert_eq!(read(&format!("A,B\n{many}\n1,2")).1, [(2, Flaw::TooManyColumns { found: 60_000 })]);
        let long = "x".repeat(LONGEST_FIELD + 1);
        assert_eq!(read(&format!("A,B\n{long},1\n1,2")).1, [(2, Flaw::FieldTooLong)]);
        assert_eq!(read(&format!("A,B\n\"{long}\",1\n1,2")).1, [(2, Flaw::QuoteNotClosed)]);
    }
}
