//! Checks that every journey that `docs/requirements.md` names as a proof exists.

use anyhow::Result;
use std::fs;

use super::finding::Finding;
use crate::place;

const PAGE: &str = "docs/requirements.md";

/// Finds names of journeys that do not exist.
pub fn proofs() -> Result<Vec<Finding>> {
    let page = fs::read_to_string(place::at(PAGE))?;
    let of_file = |file: &str| fs::read_to_string(place::at(&format!("tests/journeys/{file}.rs"))).ok();
    Ok(missing(&page, of_file))
}

fn missing(page: &str, of_file: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let named = page.split('`').skip(1).step_by(2).filter_map(|name| name.split_once("::"));
    let exists =
        |file: &str, test: &str| of_file(file).is_some_and(|text| text.contains(&format!("fn {test}(")));
    named
        .filter(|(file, test)| !exists(file, test))
        .map(|(file, test)| Finding::in_file(PAGE, format!("there is no journey `{file}::{test}`")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::missing;

    #[test]
    fn a_journey_that_does_not_exist_is_found() {
        let page = "| a | `clerk::sells` |\n| b | `clerk::refunds` |\n| c | `other::sells` |, and `cargo xtask tidy`";
        let of_file = |file: &str| (file == "clerk").then(|| "fn sells() {}".to_owned());
        let found: Vec<String> = missing(page, of_file).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("clerk::refunds") && found[1].contains("other::sells"), "{found:?}");
    }
}
