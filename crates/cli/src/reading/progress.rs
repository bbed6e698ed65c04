//! The progress of a long command, shown at a terminal.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Commands that take less time show no progress.
const DELAY: Duration = Duration::from_millis(700);

/// Shows progress on standard error if that is a terminal.
pub struct Progress {
    /// The name of the work.
    doing: &'static str,
    total: u64,
    started: Instant,
    /// The text that is shown.
    shown: Option<String>,
}

impl Progress {
    /// Progress up to a total of bytes or accounts; 0 when the total is not known.
    pub fn new(doing: &'static str, total: u64) -> Self {
        Self { doing, total, started: Instant::now(), shown: None }
    }

    /// Shows how many are done.
    pub fn update(&mut self, done: u64) {
        if self.started.elapsed() >= DELAY
            && std::io::stderr().is_terminal()
            && let Some(text) = self.new_text(done)
        {
            let _ = write!(std::io::stderr(), "\r{text} ");
        }
    }

    /// The text to show, unless it is shown already.
    fn new_text(&mut self, done: u64) -> Option<&str> {
        let percent = (done * 100).checked_div(self.total);
        let line = percent.map_or(self.doing.into(), |percent| format!("{} {percent} %", self.doing));
        let is_shown = self.shown.as_ref() == Some(&line);
        (!is_shown).then(|| self.shown.insert(line).as_str())
    }
}

/// Removes the text from the terminal.
impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Progress;

    #[test]
    fn the_text_is_shown_when_it_changes() {
        let mut progress = Progress::new("reading", 1_000);
        let texts = [430, 431, 439, 440].map(|done| progress.new_text(done).map(str::to_owned));
        assert_eq!(texts, [Some("reading 43 %".into()), None, None, Some("reading 44 %".into())]);
    }

    #[test]
    fn without_a_total_only_the_name_is_shown() {
        let mut progress = Progress::new("reading", 0);
        let texts = [1, 2].map(|done| progress.new_text(done).map(str::to_owned));
        assert_eq!(texts, [Some("reading".into()), None]);
    }
}
