//! Wrong codes, counted: guessing is slow.

use std::sync::{Mutex, PoisonError};

/// How many wrong codes are answered within [`WINDOW`].
const MOST: usize = 3;

/// In milliseconds.
const WINDOW: u64 = 60_000;

/// The times of the last wrong codes, in milliseconds.
#[derive(Debug, Default)]
pub struct Guesses(Mutex<Vec<u64>>);

impl Guesses {
    /// Whether another code may be tried.
    ///
    /// # Errors
    /// The seconds after which it may.
    pub fn check(&self, now: u64) -> Result<(), u32> {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.retain(|time| *time <= now && now - *time < WINDOW);
        match times.first().filter(|_| times.len() >= MOST) {
            None => Ok(()),
            Some(first) => {
                let millis = (first + WINDOW).saturating_sub(now);
                Err(u32::try_from(millis.div_ceil(1000)).unwrap_or(u32::MAX).max(1))
            }
        }
    }

    /// Notes a wrong code.
    pub fn wrong(&self, now: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_wrong_codes_a_minute_are_answered() {
        let guesses = Guesses::default();
        for now in [0, 10_000, 20_000] {
            assert_eq!(guesses.check(now), Ok(()));
            guesses.wrong(now);
        }
        assert_eq!(guesses.check(20_000), Err(40));
        assert_eq!(guesses.check(59_999), Err(1));
        assert_eq!(guesses.check(60_000), Ok(()));
        guesses.wrong(60_000);
        assert_eq!(guesses.check(60_000), Err(10));
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_lock_for_longer() {
        let guesses = Guesses::default();
        for _ in 0..3 {
            guesses.wrong(1_000_000);
        }
        assert_eq!(guesses.check(5), Ok(()));
    }
}
