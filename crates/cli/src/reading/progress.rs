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
    /// What stands there now.
    told: Option<String>,
}

impl Progress {
    /// Of so many bytes or accounts; 0 when nobody knows.
    pub fn of(doing: &'static str, total: u64) -> Self {
        Self { doing, total, begun: Instant::now(), told: None }
    }

    /// So many are done.
    pub fn tell(&mut self, done: u64) {
        if self.begun.elapsed() >= PATIENCE
            && std::io::stderr().is_terminal()
            && let Some(news) = self.news(done)
        {
            let _ = write!(std::io::stderr(), "\r{news} ");
        }
    }

    /// The line to be shown, unless it stands there already.
    fn news(&mut self, done: u64) -> Option<&str> {
        let share = (done * 100).checked_div(self.total);
        let line = share.map_or(self.doing.into(), |share| format!("{} {share} %", self.doing));
        let stands = self.told.as_ref() == Some(&line);
        (!stands).then(|| self.told.insert(line).as_str())
    }
}

/// Leaves the terminal as if nothing had been told.
impl Drop for Progress {
    fn drop(&mut self) {
        if self.told.is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Progress;

    #[test]
    fn a_line_is_told_when_it_changes() {
        let mut progress = Progress::of("reading", 1_000);
        let told = [430, 431, 439, 440].map(|done| progress.news(done).map(str::to_owned));
        assert_eq!(told, [Some("reading 43 %".into()), None, None, Some("reading 44 %".into())]);
    }

    #[test]
    fn of_what_has_no_end_only_that_it_is_being_done() {
        let mut progress = Progress::of("reading", 0);
        let told = [1, 2].map(|done| progress.news(done).map(str::to_owned));
        assert_eq!(told, [Some("reading".into()), None]);
    }
}
