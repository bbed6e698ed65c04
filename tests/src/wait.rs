//! Waiting for something to become true, by looking again until a deadline.

use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// How long a journey waits for anything: far more than a healthy app needs on a busy machine.
pub const TIMEOUT: Duration = Duration::from_secs(45);

/// How long to leave the page alone between two looks.
const PAUSE: Duration = Duration::from_millis(15);

/// Looks until there is an answer, for as long as a journey waits.
///
/// A look that fails counts as "not yet" (the page may be between two documents); the last such
/// failure is told when the time is over.
///
/// # Errors
/// When [`TIMEOUT`] is over, with `what` was waited for.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    within(TIMEOUT, what, look).await
}

/// Looks until there is an answer or the timeout is over.
pub async fn within<T>(
    timeout: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let begun = Instant::now();
    loop {
        let seen = look().await;
        if let Ok(Some(answer)) = seen {
            return Ok(answer);
        }
        if begun.elapsed() > timeout {
            let why = seen.err().map_or_else(String::new, |error| format!(" (last: {error:#})"));
            bail!("waited {} s for {what}{why}", timeout.as_secs());
        }
        tokio::time::sleep(PAUSE).await;
    }
}
