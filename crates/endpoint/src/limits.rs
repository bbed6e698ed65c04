//! The limits of the server: what a client may take of its time, its connections and its memory.

use std::time::Duration;

/// Limits of the server.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest time for a TLS handshake, and for the head of a request; also the longest idle time of a connection.
    pub head: Duration,
    /// The longest pause within the body of a request.
    pub body: Duration,
    /// The longest time from the head of a request to the head of its response.
    pub request: Duration,
    /// The longest time in which a client takes nothing of a response that waits for it.
    pub write: Duration,
    /// The most concurrent connections.
    pub connections: usize,
    /// When all connections are taken, the one that has waited longest for its client makes room for a new one, if it has
    /// waited at least this long.
    pub patience: Duration,
    /// The time for running responses to finish after shutdown was requested.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(15),
            request: Duration::from_secs(30),
            write: Duration::from_secs(30),
            connections: 512,
            patience: Duration::from_secs(1),
            grace: Duration::from_secs(5),
        }
    }
}

/// The longest address of a request, path and query, in bytes.
pub const ADDRESS: usize = 4096;

/// The largest head of a request, and the most bytes of a response that wait in memory for a client, per connection.
///
/// hyper's own limit of 408 kB let 500 clients that never read take 300 MB.
pub const BUFFER: usize = 64 << 10;

/// The bytes that are read from a file at once, per response.
pub const CHUNK: usize = 16 << 10;
