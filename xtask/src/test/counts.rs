//! How many tests passed and failed, read from what the steps say.

use std::ops::{Add, AddAssign};

/// A sum of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed; a step that passed without saying a number is one.
    pub passed: u64,
    /// Tests that failed; a step that failed without saying a number is one.
    pub failed: u64,
}

impl Counts {
    /// One failure, of a step that could not say more.
    pub fn one_failed() -> Self {
        Self { passed: 0, failed: 1 }
    }

    /// Reads every `test result:` line. `well` is whether the step's process ended well.
    pub fn of(text: &str, well: bool) -> Self {
        let results = text.lines().filter(|line| line.trim_start().starts_with("test result:"));
        let mut sum = results.fold(Self::default(), |sum, line| {
            sum + Self { passed: number_before(line, "passed"), failed: number_before(line, "failed") }
        });
        if well && sum == Self::default() {
            sum.passed = 1;
        }
        // A step can break beside its tests, and must not pass for that.
        if !well && sum.failed == 0 {
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
    fn results_are_summed_and_a_silent_step_is_one() {
        let text = "running 3 tests\ntest result: FAILED. 2 passed; 1 failed; 4 ignored; 0 measured\n\
                    test result: ok. 5 passed; 0 failed; 0 ignored\n";
        for (text, well, passed, failed) in [
            (text, false, 7, 1),
            ("test result: ok. 5 passed; 0 failed", true, 5, 0),
            ("test result: ok. 5 passed; 0 failed\nerror: doctest failed", false, 5, 1),
            ("", true, 1, 0),
            ("error: could not compile", false, 0, 1),
            ("test result: ok. 0 passed; 0 failed", true, 1, 0),
        ] {
            assert_eq!(Counts::of(text, well), Counts { passed, failed }, "{text}");
        }
    }
}
