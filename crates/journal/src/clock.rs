//! The hybrid logical clock: wall time where it can be trusted, a counter where it cannot.

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970, then a counter; `[1772442000123, 0]` on the wire. Never runs back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Clock(pub u64, pub u32);

impl Clock {
    /// The reading for the next entry, with the wall at `millis`. Always later than this one.
    #[must_use]
    pub const fn tick(self, millis: u64) -> Self {
        if millis > self.0 {
            return Self(millis, 0);
        }
        match self.1.checked_add(1) {
            Some(count) => Self(self.0, count),
            None => Self(self.0 + 1, 0),
        }
    }

    /// The clock after hearing of an entry from elsewhere: whatever comes next is later than both.
    #[must_use]
    pub fn heard(self, other: Self) -> Self {
        self.max(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_wall_while_it_runs_forward() {
        assert_eq!(Clock(100, 7).tick(101), Clock(101, 0));
    }

    #[test]
    fn counts_while_the_wall_stands_or_runs_back() {
        let once = Clock(100, 0).tick(100);
        assert_eq!(once, Clock(100, 1));
        assert_eq!(once.tick(3), Clock(100, 2));
        assert_eq!(Clock(100, u32::MAX).tick(3), Clock(101, 0));
    }

    #[test]
    fn what_follows_a_heard_entry_is_later() {
        let heard = Clock(100, 0).heard(Clock(500, 2));
        assert!(heard.tick(200) > Clock(500, 2));
    }
}
