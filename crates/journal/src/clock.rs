//! The hybrid logical clock: the wall time, and a counter for when the wall time does not advance.

use crate::limits::MAX_AHEAD;
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970, then a counter; `[1772442000123, 0]` on the wire. It never goes back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Clock(pub u64, pub u32);

impl Clock {
    /// The clock of the next entry, at the wall time `millis`. Always later than this one.
    #[must_use]
    pub const fn tick(self, millis: u64) -> Self {
        if millis > self.0 {
            return Self(millis, 0);
        }
        match self.1.checked_add(1) {
            Some(count) => Self(self.0, count),
            None => Self(self.0.saturating_add(1), 0),
        }
    }

    /// The clock after an entry with another clock was received: the next tick is later than both.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        self.max(other)
    }

    /// Whether this clock is more than a day ahead of the wall time `millis`. The entry is kept in its written order, but no
    /// other device's clock follows it: one wrong clock would make all clocks wrong.
    #[must_use]
    pub const fn is_ahead(self, millis: u64) -> bool {
        self.0 > millis.saturating_add(MAX_AHEAD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_wall_time_while_it_advances() {
        assert_eq!(Clock(100, 7).tick(101), Clock(101, 0));
    }

    #[test]
    fn counts_while_the_wall_time_does_not_advance() {
        let next = Clock(100, 0).tick(100);
        assert_eq!(next, Clock(100, 1));
        assert_eq!(next.tick(3), Clock(100, 2));
        assert_eq!(Clock(100, u32::MAX).tick(3), Clock(101, 0));
    }

    #[test]
    fn a_clock_is_ahead_after_a_day() {
        assert!(!Clock(86_400_100, 9).is_ahead(100));
        assert!(Clock(86_400_101, 0).is_ahead(100));
        assert!(!Clock(u64::MAX, 0).is_ahead(u64::MAX));
        assert_eq!(Clock(u64::MAX, u32::MAX).tick(0), Clock(u64::MAX, 0), "and no tick overflows");
    }

    #[test]
    fn the_tick_after_a_received_entry_is_later() {
        let merged = Clock(100, 0).merged(Clock(500, 2));
        assert!(merged.tick(200) > Clock(500, 2));
    }
}
