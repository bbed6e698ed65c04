//! When an entry was written down, in the shop's own zone.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use journal::Envelope;
use ledger::date::Date;
use std::collections::HashMap;

/// Says on which day lines were written; looks each zone up once.
#[derive(Default)]
pub struct Calendar(HashMap<String, Option<TimeZone>>);

impl Calendar {
    /// The day by the line's clock in the line's zone; `None` when there is no such zone or no such time.
    pub fn day(&mut self, line: &Envelope<'_>) -> Option<Date> {
        if !self.0.contains_key(line.zone) {
            self.0.insert(line.zone.to_owned(), TimeZone::get(line.zone).ok());
        }
        let zone = self.0.get(line.zone)?.clone()?;
        let moment = Timestamp::from_millisecond(i64::try_from(line.clock.0).ok()?).ok()?;
        Some(Date(moment.to_zoned(zone).date()))
    }
}
