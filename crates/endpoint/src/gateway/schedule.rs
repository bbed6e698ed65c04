//! When an operation is looked at again. All durations are in milliseconds.

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

/// A day.
pub const DAY: u64 = 24 * HOUR;

/// How long one worker has an operation to itself.
pub const LEASE: u64 = 3 * MINUTE;

/// The most that one call of a gateway takes.
pub const CALL: u64 = 30_000;

/// How long after the first request a request is still sent again with the same key. A gateway keeps keys for a day; the rest is room for a
/// request on its way.
pub const SAME_KEY: u64 = 23 * HOUR;

/// How far the gateway's clock may run back between two answers, such as of two of its machines.
pub const RUNS_BACK: u64 = 5 * MINUTE;

/// How long after a counter has asked for a charge it is sent for the first time. Who stood at the counter may be gone then, and may have
/// paid in another way.
pub const ASKED_FOR: u64 = 15 * MINUTE;

/// How long a payment link can be paid. The request that makes it is sent again with the same key for as long, and the gateway takes a day
/// at most.
pub const LINK: u64 = 22 * HOUR;

/// How long a refund may be under way before a person looks after it.
pub const UNDER_WAY: u64 = 45 * DAY;

/// How long a refund that has succeeded is still looked at: banks can send it back.
pub const LATE_FAILURE: u64 = 30 * DAY;

/// How long the lists are still read for a refund that a person looks after.
pub const LOOKED_FOR: u64 = 30 * DAY;

/// How often.
pub const LOOKS_EVERY: u64 = 6 * HOUR;

/// How long to wait after a failure, the first of which is 1: a minute, twice as long each time, at most an hour. `random` is any
/// number: it takes away up to a quarter, so that many do not come together.
#[must_use]
pub fn after_failure(failures: u32, random: u32) -> u64 {
    let doubled = MINUTE.saturating_mul(1 << failures.saturating_sub(1).min(6));
    let wait = doubled.min(HOUR);
    wait - wait / 4 * u64::from(random % 1_000) / 1_000
}

/// How long to wait before a refund under way is looked at for the next time, after `looks` times in a status that is `age` old.
#[must_use]
pub fn under_way(looks: u32, age: u64) -> u64 {
    match looks {
        0 => MINUTE,
        1 => 5 * MINUTE,
        2 => 30 * MINUTE,
        3 => 2 * HOUR,
        _ if age < 14 * DAY => 6 * HOUR,
        _ => DAY,
    }
}

/// How long to wait before a payment link is looked at that is open for `age`: who has it may be paying at the counter.
#[must_use]
pub fn open(age: u64) -> u64 {
    match age {
        0..600_000 => 10_000,
        600_000..7_200_000 => MINUTE,
        _ => 10 * MINUTE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_followed_by_longer_waits() {
        let waits = [1, 2, 3, 4, 5, 6, 7, 100].map(|failures| after_failure(failures, 0) / MINUTE);
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
        let shortest = after_failure(7, 999);
        assert!((45 * MINUTE..46 * MINUTE).contains(&shortest), "{shortest}");
    }

    #[test]
    fn a_round_ends_before_the_lease_does() {
        // A payment, a list of several pages and a request.
        const { assert!(LEASE >= 5 * CALL) };
        const { assert!(SAME_KEY + LEASE + CALL < DAY) };
    }
}
