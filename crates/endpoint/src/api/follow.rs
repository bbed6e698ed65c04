//! What other endpoints over the same store do: their pushes move logs of which devices wait for news here.

use std::collections::BTreeSet;
use std::sync::Weak;
use std::time::Duration;

use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, timeout_at};

use crate::api::watchers::Watchers;
use crate::shop_log::end_of;
use crate::store::Store;

/// How often the store is asked: news may be lost, above all where a pooler is between.
const ROUND: Duration = Duration::from_secs(1);

/// Tells the devices that wait here of logs that were moved elsewhere, until the store is gone.
pub async fn follow(store: Weak<dyn Store>, watchers: Watchers, mut news: Receiver<String>) {
    let mut next = Instant::now() + ROUND;
    loop {
        let first = timeout_at(next, news.recv()).await;
        let Some(store) = store.upgrade() else { return };
        let watched = watchers.shops();
        let shops: BTreeSet<String> = match first {
            Err(_) => {
                next = Instant::now() + ROUND;
                watched
            }
            Ok(None) => return,
            Ok(Some(first)) => {
                let told = std::iter::once(first).chain(std::iter::from_fn(|| news.try_recv().ok()));
                told.filter(|shop| watched.contains(shop)).collect()
            }
        };
        if shops.is_empty() {
            continue;
        }
        let shops: Vec<String> = shops.into_iter().collect();
        // What cannot be read now is read in the next round.
        let Ok(ends) = store.reading(move |tx| tx.ends(&shops)).await else { continue };
        for (shop, end) in ends {
            if let Ok(end) = end_of(Some(end)) {
                watchers.tell(&shop, end);
            }
        }
    }
}
