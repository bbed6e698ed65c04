//! Journeys in which Chromium's process of a tab crashed are run once more, and told.
//!
//! That happened twice in some three thousand journeys, in two different ones, and neither again. A journey says why
//! the tab crashed; one that crashes again has failed.

use anyhow::Result;

use super::counts::Counts;
use super::step::Step;

/// What chromedriver answers after a tab has crashed.
const CRASHED: &str = "tab crashed";

/// The journeys that crash tabs on purpose.
const ON_PURPOSE: &str = "crash::";

/// Runs the journeys that `step` makes of names (of none: all), and those once more in which a tab crashed.
pub fn run(step: impl Fn(&[String]) -> Result<Step>) -> Result<Counts> {
    let (counts, text) = step(&[])?.run_and_read();
    let names = of(&text);
    if names.is_empty() {
        return Ok(counts);
    }
    println!("     Chromium's tab crashed in {}: run once more", names.join(", "));
    Ok(counts.without_failures(names.len()) + step(&names)?.run())
}

/// The failed journeys in which a tab crashed, from the output of all.
fn of(text: &str) -> Vec<String> {
    // What a failed test wrote follows its name; the last is followed by the list of all that failed.
    let outputs = text.split("\n---- ").skip(1).filter_map(|part| part.split_once(" stdout ----\n"));
    let crashed = outputs.filter(|(name, output)| {
        let output = output.split("\nfailures:\n").next().unwrap_or_default();
        output.contains(CRASHED) && !name.starts_with(ON_PURPOSE)
    });
    crashed.map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_journeys_whose_own_output_has_the_crash_are_run_again() {
        let text = "failures:\n\n---- queue::one stdout ----\nError: queue\n  tab crashed\n\n---- tabs::two stdout ----\n\
                    no Save button\n\n---- crash::three stdout ----\ntab crashed\n\nfailures:\n    tab crashed\n";
        assert_eq!(super::of(text), ["queue::one"]);
        assert!(super::of("test result: ok. 3 passed").is_empty());
    }
}
