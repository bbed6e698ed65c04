//! Asks whether the date is right when the clock of the device is more than a day after the last entry, or before it.

use super::handle::Session;
use super::note::Note;
use crate::device::{clock, registry};
use crate::engine::{Engine, NewChain};
use crate::store::{Fault, IndexedDb};
use journal::Why;
use leptos::prelude::*;

/// Milliseconds by which a clock may be set back without a question, as by the network's time.
const SLACK: u64 = 5 * 60 * 1_000;
/// Milliseconds after the last entry for which the date is not asked about.
const DAY: u64 = 24 * 60 * 60 * 1_000;

/// Whether the time is so far from that of the last entry, both in milliseconds since 1970, that a member of staff has to confirm it.
const fn is_doubtful(last: u64, now: u64) -> bool {
    last > 0 && (now + SLACK < last || now > last + DAY)
}

impl Session {
    /// Whether nothing may be recorded until a member of staff has confirmed the date.
    pub(super) fn doubts_clock(self, engine: &Engine<IndexedDb>) -> bool {
        let (last, now) = (engine.device().clock.0, clock::now());
        let confirmed = self.inner.try_with_value(|inner| inner.clock_confirmed).unwrap_or_default();
        let is_confirmed = confirmed <= now && now <= confirmed + DAY;
        self.name() != registry::EXAMPLE && !is_confirmed && is_doubtful(last, now)
    }

    /// Asks for the date if it is doubtful; otherwise takes the question back.
    pub(super) fn check_clock(self, engine: &Engine<IndexedDb>) {
        if self.doubts_clock(engine) {
            let today = clock::today();
            self.no_longer(|note| matches!(note, Note::IsToday(other) if *other != today));
            self.no_longer(|note| *note == Note::WrongClock);
            self.tell(Note::IsToday(today));
        } else {
            self.no_longer(|note| matches!(note, Note::IsToday(_) | Note::WrongClock));
        }
    }

    /// A member of staff says that the date of the device is right. If entries are more than a day later, the clock was wrong
    /// when they were recorded: a new chain begins, which does not go on from their time.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    pub async fn confirm_today(self) -> Result<(), Fault> {
        let (engine, name, now) = (self.open_engine()?, self.name(), clock::now());
        // Entries that are less ahead are waited for: the clock of another counter may be an hour fast.
        let is_far_ahead = now + DAY < engine.device().clock.0;
        if is_far_ahead {
            let new = NewChain { forgets_clock: true, ..NewChain::of_store(Why::New) };
            self.begin_chain(&name, &engine, new).await?;
        }
        self.inner.try_update_value(|inner| inner.clock_confirmed = now);
        self.check_clock(&engine);
        Ok(())
    }

    /// A member of staff says that the date of the device is wrong.
    pub fn deny_today(self) {
        self.no_longer(|note| matches!(note, Note::IsToday(_)));
        self.tell(Note::WrongClock);
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, SLACK, is_doubtful};

    #[test]
    fn a_clock_is_doubted_a_day_after_the_last_entry_and_before_it() {
        let last = 1_772_442_000_000;
        assert!(!is_doubtful(0, last), "nothing was recorded");
        assert!(!is_doubtful(last, last) && !is_doubtful(last, last + DAY));
        assert!(is_doubtful(last, last + DAY + 1));
        assert!(!is_doubtful(last, last - SLACK) && is_doubtful(last, last - SLACK - 1));
    }
}
