//! Checks that every test exists that a page names as a proof: `docs/requirements.md` names journeys, and `docs/abuses.md`
//! tests of every kind.

use anyhow::Result;
use std::fs;

use super::finding::Finding;
use crate::place;

/// Names journeys: `file::test`, below `tests/journeys`.
const REQUIREMENTS: &str = "docs/requirements.md";
/// Names tests of every kind: `path.rs::test`, from the root.
const ABUSES: &str = "docs/abuses.md";

/// Finds names of tests that do not exist.
pub fn proofs() -> Result<Vec<Finding>> {
    let read = |path: &str| fs::read_to_string(place::at(path));
    let of_journey = |file: &str| read(&format!("tests/journeys/{file}.rs")).ok();
    let mut found = missing(REQUIREMENTS, &read(REQUIREMENTS)?, of_journey);
    found.extend(missing(ABUSES, &read(ABUSES)?, |path| read(path).ok()));
    Ok(found)
}

/// The names on a page that are of no test; `of_file` gives the text of a file as the page names it.
fn missing(page: &str, text: &str, of_file: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let named = text.split('`').skip(1).step_by(2).filter_map(|name| name.split_once("::"));
    let exists =
        |file: &str, test: &str| of_file(file).is_some_and(|text| text.contains(&format!("fn {test}(")));
    named
        .filter(|(file, test)| !exists(file, test))
        .map(|(file, test)| Finding::in_file(page, format!("there is no test `{file}::{test}`")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{ABUSES, REQUIREMENTS, missing};

    #[test]
    fn a_journey_that_does_not_exist_is_found() {
        let page = "| a | `clerk::sells` |\n| b | `clerk::refunds` |\n| c | `other::sells` |, and `cargo xtask tidy`";
        let of_file = |file: &str| (file == "clerk").then(|| "fn sells() {}".to_owned());
        let found: Vec<String> =
            missing(REQUIREMENTS, page, of_file).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("clerk::refunds") && found[1].contains("other::sells"), "{found:?}");
    }

    #[test]
    fn a_test_is_named_with_its_path() {
        let page = "| B01 | `12,5` | `src/a.rs::refuses`, `a::refuses`, `src/a.rs::refuse` | no test yet |";
        let of_file = |path: &str| (path == "src/a.rs").then(|| "async fn refuses() {}".to_owned());
        let found: Vec<String> = missing(ABUSES, page, of_file).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("docs/abuses.md:1: ") && found[0].contains("`a::refuses`"), "{found:?}");
        assert!(found[1].contains("`src/a.rs::refuse`"), "{found:?}");
    }
}
