//! Which open connection has waited longest for its client.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;
use tokio::time::{Duration, Instant};

/// One connection: when its client last sent or took something, and the signal that closes it.
#[derive(Debug)]
pub struct Activity {
    last: Mutex<Instant>,
    /// Whether the client waits for the server.
    served: AtomicBool,
    close: Notify,
}

impl Activity {
    fn new() -> Self {
        Self { last: Mutex::new(Instant::now()), served: AtomicBool::new(false), close: Notify::new() }
    }

    /// The client sent or took something.
    pub fn seen(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Whether the client now waits for the server: such a connection does not make room.
    pub fn set_served(&self, served: bool) {
        self.served.store(served, Ordering::Relaxed);
        self.seen();
    }

    fn is_served(&self) -> bool {
        self.served.load(Ordering::Relaxed)
    }

    /// Completes when the connection has to make room.
    pub async fn closed(&self) {
        self.close.notified().await;
    }

    fn last(&self) -> Instant {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The open connections.
#[derive(Clone, Debug, Default)]
pub struct Open(Arc<Mutex<Connections>>);

#[derive(Debug, Default)]
struct Connections {
    next: u64,
    open: BTreeMap<u64, Arc<Activity>>,
}

impl Open {
    /// Adds a connection, which stays until the entry is dropped.
    pub fn enter(&self) -> Entry {
        let activity = Arc::new(Activity::new());
        let number = self.with(|connections| {
            connections.next += 1;
            connections.open.insert(connections.next, Arc::clone(&activity));
            connections.next
        });
        Entry { open: self.clone(), number, activity }
    }

    /// Closes the connection that has waited longest for its client, if it has waited at least `patience`.
    /// Says whether there was one.
    pub fn close_longest(&self, patience: Duration) -> bool {
        self.with(|connections| {
            let waiting = connections.open.iter().filter(|(_, each)| !each.is_served());
            let longest = waiting.map(|(number, each)| (each.last(), *number)).min();
            if let Some((last, number)) = longest
                && last.elapsed() >= patience
                // Removed now, so that the next call chooses another one.
                && let Some(activity) = connections.open.remove(&number)
            {
                activity.close.notify_one();
                return true;
            }
            false
        })
    }

    fn with<T>(&self, change: impl FnOnce(&mut Connections) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A connection's place among the open ones.
#[derive(Debug)]
pub struct Entry {
    open: Open,
    number: u64,
    /// Its activity.
    pub activity: Arc<Activity>,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.open.with(|connections| connections.open.remove(&self.number));
    }
}
