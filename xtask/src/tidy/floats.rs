//! No floating-point numbers in `crates/`, where money is calculated.

use super::finding::Finding;
use super::source::Source;

/// `f32` and `f64` may not appear in `crates/`.
pub fn floats(source: &Source) -> Vec<Finding> {
    if !source.path.starts_with("crates/") {
        return Vec::new();
    }
    let found = ["f32", "f64"].into_iter().flat_map(|word| source.words(word));
    found
        .map(|at| Finding::at(source, at, "floating-point numbers are not for money: use whole minor units"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_type_is_found_in_code_but_not_in_texts() {
        let found = |path: &str, text: &str| floats(&Source::new(path, text)).len();
        assert_eq!(found("crates/a/src/b.rs", "fn a(b: f64) -> f32 { \"f64\" } // f64"), 2);
        assert_eq!(found("crates/a/src/b.rs", "let f64_like = af64;"), 0);
        assert_eq!(found("src/a.rs", "fn a(b: f64) {}"), 0);
    }
}
