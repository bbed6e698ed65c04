//! The id of a document that follows from a row: the same row gives the same id, on every counter.

use journal::Hash;
use ledger::id::Id;

/// The id of the document of a row, from the kind of row and the texts that name it: a UUID of version 8, whose bits the
/// program chooses.
#[must_use]
pub fn row_id(kind: &str, named_by: &[&str]) -> Id {
    let mut text = format!("import 1\n{kind}");
    for part in named_by {
        text.push('\n');
        // A field may hold line ends: its length keeps two rows apart.
        text.push_str(&format!("{} {part}", part.len()));
    }
    let bits = Hash::of(text.as_bytes()).first_half();
    let version = bits & !(0xf << 76) | 8 << 76;
    Id::from_bits(version & !(3 << 62) | 2 << 62)
}

#[cfg(test)]
mod tests {
    use super::row_id;

    #[test]
    fn equal_rows_have_equal_ids_and_others_do_not() {
        let id = row_id("customers", &["1001"]);
        assert_eq!(id, row_id("customers", &["1001"]));
        assert_eq!(id.as_str().as_bytes().get(14), Some(&b'8'), "{id}");
        assert!(matches!(id.as_str().as_bytes().get(19), Some(b'8' | b'9' | b'a' | b'b')), "{id}");
        for other in [&["1002"][..], &["1001", ""], &["10", "01"], &[]] {
            assert_ne!(id, row_id("customers", other));
        }
        assert_ne!(id, row_id("orders", &["1001"]));
    }
}
