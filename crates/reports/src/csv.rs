//! Rows of comma-separated values as in RFC 4180. No text in them is taken for a formula.

use std::borrow::Cow;

/// Characters at the beginning of a text that make a spreadsheet run it as a formula, and the apostrophe itself.
const SPECIAL: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\''];

/// Appends one row with its line end.
pub fn row<T: AsRef<str>>(out: &mut String, cells: impl IntoIterator<Item = T>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        field(out, cell.as_ref());
    }
    out.push_str("\r\n");
}

/// A text that a spreadsheet would run as a formula, or that begins with an apostrophe, gets an apostrophe in front, which a
/// reader has to remove. Figures do not go through here: a minus at their beginning is theirs.
#[must_use]
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.starts_with(SPECIAL) { format!("'{text}").into() } else { text.into() }
}

fn field(out: &mut String, text: &str) {
    if !text.contains([',', '"', '\r', '\n']) {
        return out.push_str(text);
    }
    out.push('"');
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_quotes_has_them() {
        let mut out = String::new();
        row(&mut out, ["", "a b", "1,5", "say \"no\"", "two\nlines", "-2.00"]);
        assert_eq!(out, ",a b,\"1,5\",\"say \"\"no\"\"\",\"two\nlines\",-2.00\r\n");
    }

    #[test]
    fn no_text_is_a_formula() {
        for text in ["=1+1", "+44", "-x", "@a", "\tb", "＝1", "'c"] {
            assert_eq!(safe(text), format!("'{text}"));
        }
        assert_eq!(safe("a=1"), "a=1");
        assert_eq!(safe(""), "");
    }
}
