//! Counts the tests that passed and failed, from the output of the steps.

use std::ops::{Add, AddAssign};

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed; a step that passed without printing a number counts as one.
    pub passed: u64,
    /// Tests that failed; a step that failed without printing a number counts as one.
    pub failed: u64,
}

impl Counts {
    /// One failure, of a step without output.
    pub fn one_failed() -> Self {
        Self { passed: 0, failed: 1 }
    }

    /// The same without some failures, because their tests run once more.
    pub fn without_failures(self, number: usize) -> Self {
        Self { passed: self.passed, failed: self.failed.saturating_sub(number as u64) }
    }

    /// Reads every `test result:` line. `success` is whether the process of the step succeeded.
    pub fn of(text: &str, success: bool) -> Self {
        let results = text.lines().filter(|line| line.trim_start().starts_with("test result:"));
        let mut sum = results.fold(Self::default(), |sum, line| {
            sum + Self { passed: number_before(line, "passed"), failed: number_before(line, "failed") }
        });
        if success && sum == Self::default() {
            sum.passed = 1;
        }
        // A step can fail outside its tests; then it must not count as passed.
        if !success && sum.failed == 0 {
            sum.failed = 1;
        }
        sum
    }
}

/// The number before a word, as in `3 passed; 0 failed`.
fn number_before(line: &str, word: &str) -> u64 {
    let words: Vec<&str> = line.split_whitespace().collect();
    let pairs = words.windows(2).filter_map(|pair| match pair {
        [number, name] if name.trim_matches([';', ',', '.']) == word => number.parse::<u64>().ok(),
        _ => None,
    });
    pairs.sum()
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_added_up_and_a_step_without_numbers_counts_as_one() {
        let text = "running 3 tests\ntest result: FAILED. 2 passed; 1 failed; 4 ignored; 0 measured\n\
                    test result: ok. 5 passed; 0 failed; 0 ignored\n";
        for (text, success, passed, failed) in [
            (text, false, 7, 1),
            ("test result: ok. 5 passed; 0 failed", true, 5, 0),
            ("test result: ok. 5 passed; 0 failed\nerror: doctest failed", false, 5, 1),
            ("", true, 1, 0),
            ("error: could not compile", false, 0, 1),
            ("test result: ok. 0 passed; 0 failed", true, 1, 0),
        ] {
            assert_eq!(Counts::of(text, success), Counts { passed, failed }, "{text}");
        }
    }
}
