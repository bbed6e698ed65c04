//! The day on which an entry was written, in the shop's time zone.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use journal::Envelope;
use ledger::date::Date;
use std::collections::HashMap;

/// Finds the day on which lines were written; looks each time zone up once.
#[derive(Default)]
pub struct Calendar(HashMap<String, Option<TimeZone>>);

impl Calendar {
    /// The day of the line's clock in the line's time zone; `None` for an unknown zone or a time out of range.
    pub fn day(&mut self, line: &Envelope<'_>) -> Option<Date> {
        if !self.0.contains_key(line.zone) {
            self.0.insert(line.zone.to_owned(), TimeZone::get(line.zone).ok());
        }
        let zone = self.0.get(line.zone)?.clone()?;
        let moment = Timestamp::from_millisecond(i64::try_from(line.clock.0).ok()?).ok()?;
        Some(Date(moment.to_zoned(zone).date()))
    }
}
