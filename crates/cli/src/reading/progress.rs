//! How far a long command is, for somebody who waits at a terminal.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Nobody needs to be told about less.
const PATIENCE: Duration = Duration::from_millis(700);

/// Tells on standard error, where that is a terminal; silent for scripts.
pub struct Progress {
    /// What is being done.
    doing: &'static str,
    total: u64,
    begun: Instant,
    told: bool,
}

impl Progress {
    /// Of so many bytes or accounts; 0 when nobody knows.
    pub fn of(doing: &'static str, total: u64) -> Self {
        Self { doing, total, begun: Instant::now(), told: false }
    }

    /// So many are done.
    pub fn tell(&mut self, done: u64) {
        if self.begun.elapsed() < PATIENCE || !std::io::stderr().is_terminal() {
            return;
        }
        self.told = true;
        let share = (done * 100).checked_div(self.total).map_or(String::new(), |share| format!(" {share} %"));
        let _ = write!(std::io::stderr(), "\r{}{share} ", self.doing);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.told {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
