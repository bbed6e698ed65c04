//! What the book asks of the browser besides its store: time, other tabs, a lock, a promise to keep things.

#[cfg(not(test))]
pub mod beside;
pub mod channel;
pub mod clock;
pub mod file;
pub mod lock;
pub mod locker;
pub mod marks;
pub mod persist;
pub mod pin;
pub mod shelf;
