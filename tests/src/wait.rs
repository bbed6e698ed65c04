//! Waiting for a condition by polling until a deadline.

use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// The longest wait for any condition: far more than a working app needs on a busy machine.
pub const TIMEOUT: Duration = Duration::from_secs(45);

/// The pause between two polls.
const PAUSE: Duration = Duration::from_millis(15);

/// Polls until there is an answer or [`TIMEOUT`] ends.
///
/// A failed poll counts as "not yet" (the page may be between two documents); the last failure is part of the message
/// when the time is over.
///
/// # Errors
/// When the timeout ends; the message contains `what`.
pub async fn until<T>(what: &str, poll: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    within(TIMEOUT, what, poll).await
}

/// Polls until there is an answer or `timeout` ends.
pub async fn within<T>(
    timeout: Duration,
    what: &str,
    mut poll: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let started = Instant::now();
    loop {
        let result = poll().await;
        if let Ok(Some(answer)) = result {
            return Ok(answer);
        }
        if started.elapsed() > timeout {
            let why = result.err().map_or_else(String::new, |error| format!(" (last: {error:#})"));
            bail!("waited {} s for {what}{why}", timeout.as_secs());
        }
        tokio::time::sleep(PAUSE).await;
    }
}
