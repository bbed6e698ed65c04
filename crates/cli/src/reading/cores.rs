//! The same work on all cores.

use anyhow::{Result, anyhow};
use std::thread::{available_parallelism, scope};

/// Has every core do it, and gives what each of them made of it. Whoever works shares what is left to do with the
/// others.
///
/// # Errors
/// What stopped one of them: an error, or a mistake of this program, which standard error tells more about.
pub fn on_all<T: Send>(work: impl Fn() -> Result<T> + Sync) -> Result<Vec<T>> {
    let cores = available_parallelism().map_or(1, usize::from);
    let all: Vec<_> = scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(&work)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err(stopped()))).collect()
    });
    all.into_iter().collect()
}

fn stopped() -> anyhow::Error {
    anyhow!("stopped by a mistake in this program: nothing is said about the book")
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used)]
mod tests {
    use super::on_all;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn whoever_panics_is_told_as_an_error_whatever_the_others_did() {
        assert!(on_all(|| Ok(())).is_ok_and(|all| !all.is_empty()));
        let begun = AtomicU32::new(0);
        let first_panics = || match begun.fetch_add(1, Ordering::Relaxed) {
            0 => panic!("on purpose"),
            _ => Ok(()),
        };
        assert!(on_all(first_panics).unwrap_err().to_string().contains("mistake"));
    }
}
