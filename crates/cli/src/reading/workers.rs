//! Runs the same work on all cores.

use anyhow::{Result, anyhow};
use std::thread::{available_parallelism, scope};

/// Runs `work` on one thread for each core and returns all results. The threads share the remaining work.
///
/// # Errors
/// The first error of a thread; for a panic, an error that says so.
pub fn on_all_cores<T: Send>(work: impl Fn() -> Result<T> + Sync) -> Result<Vec<T>> {
    let cores = available_parallelism().map_or(1, usize::from);
    let all: Vec<_> = scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(&work)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err(stopped()))).collect()
    });
    all.into_iter().collect()
}

fn stopped() -> anyhow::Error {
    anyhow!("stopped by a bug in this program: the book was not checked")
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used)]
mod tests {
    use super::on_all_cores;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn a_panic_of_one_thread_is_an_error() {
        assert!(on_all_cores(|| Ok(())).is_ok_and(|all| !all.is_empty()));
        let started = AtomicU32::new(0);
        let first_panics = || match started.fetch_add(1, Ordering::Relaxed) {
            0 => panic!("on purpose"),
            _ => Ok(()),
        };
        assert!(on_all_cores(first_panics).unwrap_err().to_string().contains("bug"));
    }
}
