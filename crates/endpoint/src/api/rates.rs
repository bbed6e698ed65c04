//! How many requests a device, and the card processor, may send: a bucket for each kind that refills steadily.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::api::sessions::Member;

/// The kinds of requests that are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Entries of a device, and records that come back.
    Push,
    /// Pages, ends, and beginnings of streams.
    Pull,
    /// Webhooks of the card processor, and whatever calls itself one: all of them together.
    Webhook,
}

impl Kind {
    /// How many may come at once.
    const fn burst(self) -> u64 {
        match self {
            Self::Push => 50,
            Self::Webhook => 100,
            // A first pull of a hundred thousand records is not slowed down.
            Self::Pull => 200,
        }
    }

    /// How many more each second.
    const fn each_second(self) -> u64 {
        match self {
            Self::Push => 10,
            Self::Pull | Self::Webhook => 20,
        }
    }
}

/// The buckets of all devices.
#[derive(Debug, Default)]
pub struct Rates(Mutex<BTreeMap<(Kind, String, String), Bucket>>);

/// Thousandths of a request, and the time to which they were counted, in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: u64,
    at: u64,
}

/// With more buckets than this, those that are full are forgotten: a full bucket is like none.
const MOST: usize = 10_000;

impl Rates {
    /// Counts a request.
    ///
    /// # Errors
    /// The seconds after which the device may send one.
    pub fn take(&self, kind: Kind, member: &Member, now: u64) -> Result<(), u32> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST {
            buckets.retain(|(kind, ..), bucket| bucket.refilled(*kind, now).left < kind.burst() * 1000);
        }
        let key = (kind, member.shop.clone(), member.device.clone());
        let bucket = buckets.entry(key).or_insert(Bucket { left: kind.burst() * 1000, at: now });
        *bucket = bucket.refilled(kind, now);
        match bucket.left.checked_sub(1000) {
            Some(left) => {
                bucket.left = left;
                Ok(())
            }
            None => Err(1),
        }
    }
}

impl Bucket {
    fn refilled(self, kind: Kind, now: u64) -> Self {
        // A clock that was set back refills nothing and takes nothing.
        let more = now.saturating_sub(self.at).saturating_mul(kind.each_second());
        Self { left: self.left.saturating_add(more).min(kind.burst() * 1000), at: now }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(device: &str) -> Member {
        Member { shop: "s1".into(), device: device.into() }
    }

    fn taken(rates: &Rates, device: &str, now: u64) -> usize {
        (0..1000).take_while(|_| rates.take(Kind::Push, &member(device), now).is_ok()).count()
    }

    #[test]
    fn a_device_may_send_a_burst_and_then_ten_a_second() {
        let rates = Rates::default();
        assert_eq!(taken(&rates, "d1", 0), 50);
        assert_eq!(rates.take(Kind::Push, &member("d1"), 0), Err(1));
        assert_eq!(taken(&rates, "d1", 99), 0);
        assert_eq!(taken(&rates, "d1", 100), 1);
        assert_eq!(taken(&rates, "d1", 1_100), 10);
        assert_eq!(taken(&rates, "d1", 1_000_000), 50);
        assert_eq!(taken(&rates, "d1", 5), 0);
        assert_eq!(rates.take(Kind::Pull, &member("d1"), 5), Ok(()));
        assert_eq!(taken(&rates, "d2", 0), 50);
    }

    #[test]
    fn buckets_that_are_full_again_are_forgotten() {
        let rates = Rates::default();
        for device in 0..MOST {
            rates.take(Kind::Push, &member(&device.to_string()), 0).unwrap();
        }
        rates.take(Kind::Push, &member("last"), 60_000).unwrap();
        assert_eq!(rates.0.lock().unwrap().len(), 1);
    }
}
