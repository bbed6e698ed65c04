//! No floating-point numbers in `crates/`, where money is calculated; what a benchmark measures is not money.

use super::finding::Finding;
use super::source::Source;

/// `f32` and `f64` may not appear in `crates/`, except in benchmarks.
pub fn floats(source: &Source) -> Vec<Finding> {
    if !source.path.starts_with("crates/") || source.path.contains("/benches/") {
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
        assert_eq!(found("crates/a/benches/b.rs", "fn a(millis: f64) {}"), 0);
    }
}
