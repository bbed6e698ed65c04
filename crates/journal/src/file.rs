//! A line in a file: programs that pass files on may put a byte order mark before the first line, and end lines with a
//! carriage return and a line feed. Neither belongs to the line.

/// What may stand before the first line of a file.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A line of a file without its line end, and the first without a byte order mark; with the number of bytes before it.
#[must_use]
pub fn in_file(bytes: &[u8], is_first: bool) -> (usize, &[u8]) {
    let rest = if is_first { bytes.strip_prefix(MARK).unwrap_or(bytes) } else { bytes };
    let line = rest.strip_suffix(b"\n").unwrap_or(rest);
    (bytes.len() - rest.len(), line.strip_suffix(b"\r").unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::in_file;

    #[test]
    fn the_mark_and_the_line_end_are_not_the_line() {
        for (text, is_first, found) in [
            ("a\n", false, (0, "a")),
            ("a\r\n", false, (0, "a")),
            ("a\r", false, (0, "a")),
            ("a", false, (0, "a")),
            ("\u{feff}a\r\n", true, (3, "a")),
            ("\u{feff}a", false, (0, "\u{feff}a")),
            ("a\r\r\n", false, (0, "a\r")),
            ("", true, (0, "")),
        ] {
            assert_eq!(in_file(text.as_bytes(), is_first), (found.0, found.1.as_bytes()), "{text:?}");
        }
    }
}
