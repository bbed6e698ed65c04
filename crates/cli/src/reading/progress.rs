//! The progress of a long command, shown at a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Once;
use std::time::{Duration, Instant};

/// Commands that take less time show no progress.
const DELAY: Duration = Duration::from_millis(700);

/// Shows progress on standard error if that is a terminal.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: Once,
}

impl Progress {
    /// Progress up to a total of bytes or accounts; 0 when the total is not known.
    pub fn new(doing: &'static str, total: u64) -> Self {
        let template = if total == 0 { "{msg} {spinner}" } else { "{msg} {bar:30} {percent} %, {eta} left" };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target((total > 0).then_some(total), ProgressDrawTarget::hidden());
        Self { bar: bar.with_style(style).with_message(doing), started: Instant::now(), shown: Once::new() }
    }

    /// Counts more that is done.
    pub fn add(&self, more: u64) {
        if self.started.elapsed() >= DELAY {
            self.shown.call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
        self.bar.inc(more);
    }
}

/// Removes the text from the terminal.
impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
