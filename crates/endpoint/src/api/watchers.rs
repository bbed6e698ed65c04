//! Who waits for news of which log. News are hints: only the last one counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sync::admit::LogEnd;
use sync::wire::limits::MAX_STREAMS;
use tokio::sync::watch;

use crate::api::sessions::Member;

/// The streams of all shops.
#[derive(Clone, Debug, Default)]
pub struct Watchers(Arc<Mutex<Streams>>);

#[derive(Debug, Default)]
struct Streams {
    shops: BTreeMap<String, watch::Sender<Option<LogEnd>>>,
    /// How many each device of a shop has.
    counts: BTreeMap<(String, String), usize>,
}

/// One stream; dropping it ends it.
#[derive(Debug)]
pub struct Stream {
    /// The end of the log, each time it has moved.
    pub ends: watch::Receiver<Option<LogEnd>>,
    member: Member,
    watchers: Watchers,
}

impl Watchers {
    /// Tells that a log has moved. An end that was told, or one before it, is no news: several tell of the same log, and not
    /// in its order.
    pub fn tell(&self, shop: &str, end: LogEnd) {
        if let Some(sender) = self.streams().shops.get(shop) {
            let is_old = |told: &LogEnd| told.epoch == end.epoch && told.lseq >= end.lseq;
            sender.send_if_modified(|last| {
                let is_news = !last.as_ref().is_some_and(is_old);
                if is_news {
                    *last = Some(end);
                }
                is_news
            });
        }
    }

    /// The shops whose news at least one device waits for.
    pub fn shops(&self) -> BTreeSet<String> {
        self.streams().shops.keys().cloned().collect()
    }

    /// A stream for a device; `None` where it has as many as it may.
    pub fn watch(&self, member: Member) -> Option<Stream> {
        let mut streams = self.streams();
        let count = streams.counts.entry((member.shop.clone(), member.device.clone())).or_default();
        if *count >= MAX_STREAMS {
            return None;
        }
        *count += 1;
        let sender = streams.shops.entry(member.shop.clone()).or_insert_with(|| watch::channel(None).0);
        let ends = sender.subscribe();
        Some(Stream { ends, member, watchers: self.clone() })
    }

    /// The number of streams.
    pub fn count(&self) -> usize {
        self.streams().counts.values().sum()
    }

    fn streams(&self) -> MutexGuard<'_, Streams> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let mut streams = self.watchers.streams();
        let key = (self.member.shop.clone(), self.member.device.clone());
        if let Some(count) = streams.counts.get_mut(&key) {
            *count -= 1;
            if *count == 0 {
                streams.counts.remove(&key);
            }
        }
        // The receiver of this stream is dropped after this, so it is still counted.
        if streams.shops.get(&self.member.shop).is_some_and(|sender| sender.receiver_count() <= 1) {
            streams.shops.remove(&self.member.shop);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_two_streams_and_nothing_is_kept_of_those_that_ended() {
        let watchers = Watchers::default();
        let watch = || watchers.watch(Member { shop: "s1".into(), device: "d1".into() });
        let (first, second) = (watch().unwrap(), watch().unwrap());
        assert!(watch().is_none());
        assert!(watchers.watch(Member { shop: "s1".into(), device: "d2".into() }).is_some());
        drop(first);
        drop(watch().unwrap());
        drop(second);
        let streams = watchers.streams();
        assert!(streams.shops.is_empty() && streams.counts.is_empty());
    }
}
