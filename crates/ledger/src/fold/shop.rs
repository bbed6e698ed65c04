//! Folds the records of the shop.

use crate::entry::record::{Entry, Place, Record, Verdict};
use crate::posting::Movement;
use crate::rules::fold_shop;
use crate::shop::Shop;

impl Shop {
    /// Folds one record of the shop and returns the change of the sums. The caller passes it to
    /// [`Shop::add_to_sums`], as it does with the changes of accounts. Never fails.
    pub fn add(&mut self, record: &Record) -> Vec<Movement> {
        match record.verdict {
            Verdict::Ok => self.take(&record.place, &record.entry),
            Verdict::Refused => Vec::new(),
        }
    }

    pub(super) fn take(&mut self, place: &Place, entry: &Entry) -> Vec<Movement> {
        self.latest = self.latest.max(place.order);
        fold_shop(self, place, entry).dated(entry.on).collect()
    }
}
